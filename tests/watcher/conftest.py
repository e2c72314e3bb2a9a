"""A server on loopback that plays prepared bytes and remembers what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from watcher import assembly
from watcher.__main__ import run
from watcher.clock import FixedClock
from watcher.config.load import load

Player = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Player


@dataclass
class Loopback:
    """Plays *answers* in order, the last for ever. *asked* are the requests' heads."""

    answers: list[Answer]
    asked: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    inside: int = 0
    most_inside: int = 0
    port: int = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1", scheme="http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def header(self, name: str, request: int = -1) -> bytes | None:
        for line in self.asked[request].split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.lower() == name.lower().encode():
                return value
        return None

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._play(reader, writer)
        finally:
            self.inside -= 1
            writer.close()

    async def _play(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head)
        length = int(self.header("content-length") or 0)
        self.bodies.append(await reader.readexactly(length))
        at = min(len(self.asked), len(self.answers)) - 1
        answer = self.answers[at]
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
        else:
            await answer(writer)


Starter = Callable[..., AbstractAsyncContextManager[Loopback]]


@pytest.fixture
def loopback() -> Starter:
    """Start a server inside a running loop: `async with loopback(answer, ...)`."""

    @asynccontextmanager
    async def start(
        *answers: Answer,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> AsyncIterator[Loopback]:
        played = Loopback(list(answers))
        running = set()

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            running.add(asyncio.current_task())
            with contextlib.suppress(asyncio.CancelledError):
                await played.serve(reader, writer)

        server = await asyncio.start_server(serve, host, 0, ssl=tls)
        played.port = server.sockets[0].getsockname()[1]
        try:
            yield played
        finally:
            server.close()
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    return start


@pytest.fixture
def reply() -> Callable[..., bytes]:
    """Write one whole HTTP answer: `reply(b"body", status=200, etag='"1"')`."""

    def write(body: bytes = b"", status: int = 200, **headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body)}"]
        lines += [
            f"{name.replace('_', '-')}: {value}" for name, value in headers.items()
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body

    return write


@dataclass
class Newsroom:
    """A whole watcher in a folder of its own, and the server whose news it reads."""

    home: Path
    server: HTTPServer
    capture: pytest.CaptureFixture[str]

    def configure(self, path: str, feed: str = "", rest: str = "") -> None:
        """Write the config: the feed at *path* with the lines *feed*, then *rest*."""
        text = f"""
            [network]
            allow = ["127.0.0.0/8"]
            contact = "desk@example.org"
            [[feeds]]
            url = "{self.server.url_for(path)}"
            {feed}
            {rest}
        """
        (self.home / "watcher.toml").write_text(text, "utf-8")

    def serve(self, path: str, body: str, kind: str = "application/rss+xml") -> None:
        """Answer *path* with *body* from now on."""
        self.server.expect_request(path).respond_with_data(body, content_type=kind)

    def poll(self, at: str, *options: str) -> None:
        """Run one round at the moment *at*; without options, without a pause."""
        if options:
            assert self.watcher("run", "--once", "--now", "--at", at, *options)[0] == 0
            return
        settings = load(self.home / "watcher.toml", {})
        hasty = replace(settings, network=replace(settings.network, per_host_gap=0.0))
        clock = FixedClock(datetime.fromisoformat(at))
        assembly.once(hasty, clock, everything=True)
        self.words = self.capture.readouterr().err

    def watcher(self, *arguments: str) -> tuple[int, str]:
        """Run one command; return its exit code and what it printed."""
        config = str(self.home / "watcher.toml")
        code = run(["--config", config, *arguments])
        said = self.capture.readouterr()
        self.words = said.err
        return code, said.out

    def data(self, *arguments: str) -> list[dict[str, Any]]:
        """Return what a command prints as JSON."""
        found: list[dict[str, Any]] = json.loads(self.watcher(*arguments, "--json")[1])
        return found

    def told(self) -> list[str]:
        """Return the headlines of what was told."""
        log = self.data("log")
        return [one["headline"] for one in log if "headline" in one]

    def asked(self, path: str) -> int:
        """Return how often *path* was asked for."""
        return sum(request.path == path for request, _ in self.server.log)


@pytest.fixture
def newsroom(
    tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> Newsroom:
    return Newsroom(tmp_path, httpserver, capsys)
