"""The demo's newsstand: a small HTTP server on loopback. No part of the daemon."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from watcher.clock import Clock
from watcher.demo.forms import FORMS, page
from watcher.demo.story import Outlet, Piece, Wording

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document as served: its text, type and the moment of its last change."""

    text: str
    content_type: str
    changed: datetime | None

    @property
    def validators(self) -> dict[str, str]:
        """The headers by which a client can ask whether it has changed."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:16]
        found = {"ETag": f'"{digest}"'}
        if self.changed is not None:
            found["Last-Modified"] = format_datetime(self.changed, usegmt=True)
        return found


class Newsstand:
    """Serves the *outlets* as they stand at the *clock*'s present."""

    def __init__(self, outlets: Iterable[Outlet], clock: Clock) -> None:
        self._clock = clock
        self._server: asyncio.Server | None = None
        self._feeds: dict[str, Outlet] = {}
        self._pages: dict[str, tuple[Outlet, Piece]] = {}
        for outlet in outlets:
            self._feeds[outlet.path] = outlet
            self._pages |= {piece.path: (outlet, piece) for piece in outlet.pieces}

    async def start(self, port: int = 0) -> None:
        """Serve on *port* (0: any free one); raises OSError when it is taken."""
        self._server = await asyncio.start_server(self._serve, HOST, port)

    @property
    def port(self) -> int:
        """The port that it serves on; 0 before the start."""
        if self._server is None:
            return 0
        return int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Serve no more."""
        if self._server is not None:
            self._server.close()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self.answer(head.decode("latin-1")))
            await writer.drain()
        writer.close()

    def answer(self, head: str) -> bytes:
        """Return the whole answer to a request with this *head*."""
        request, *lines = head.split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        asked = {name.lower(): value for name, _, value in pairs}
        site = f"http://{asked.get('host', HOST)}"
        path = request.partition(" ")[2].partition(" ")[0]
        sheet = self._sheet(path, site)
        if sheet is None:
            return _reply("404 Not Found", {}, b"not here\n")
        if asked.get("if-none-match") == sheet.validators["ETag"]:
            return _reply("304 Not Modified", sheet.validators, b"")
        headers = {"Content-Type": sheet.content_type, **sheet.validators}
        return _reply("200 OK", headers, sheet.text.encode())

    def _sheet(self, path: str, site: str) -> Sheet | None:
        now = self._clock.now()
        if path in self._feeds:
            return _feed(self._feeds[path], now, site)
        if path in self._pages:
            outlet, piece = self._pages[path]
            wording = piece.at(now)
            return _article(outlet, wording) if wording else None
        return None


def _feed(outlet: Outlet, now: datetime, site: str) -> Sheet:
    shown = outlet.showing(now)
    content_type, write = FORMS[outlet.kind]
    changed = max((wording.at for _, wording in shown), default=None)
    return Sheet(write(outlet, shown, site), content_type, changed)


def _article(outlet: Outlet, wording: Wording) -> Sheet:
    return Sheet(page(outlet, wording), "text/html; charset=utf-8", wording.at)


def _reply(status: str, headers: Mapping[str, str], body: bytes) -> bytes:
    every = {**headers, "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"HTTP/1.1 {status}", *(f"{n}: {v}" for n, v in every.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
