"""A server on loopback that plays prepared bytes and remembers what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import pytest

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
