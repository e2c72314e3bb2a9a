"""Poll fifty feeds of which one means harm; then poll ten thousand times.

    python bench/hostile.py [ROUNDS] [POLLS]

First table: how long until the other 49 feeds were polled and recorded, with a hostile
one among them and with a good one in its place, in turns, medians of ROUNDS (3); and
the most memory that the program and its children held together. Second: memory and
open files over POLLS (10,000) polls of 200 feeds that always bring something new. Real
sockets, the real client, cage, reader and ledger.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_network
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import structlog

from rules.model import WatchedOrganization, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from watcher.clock import FixedClock
from watcher.daemon import AT_ONCE
from watcher.fetch.cage import Cage
from watcher.fetch.guard import Guard
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.model import FeedSpec
from watcher.poll import Tools, poll

START = datetime(2026, 3, 2, tzinfo=UTC)
ITEMS = 30
OTHERS = 49
LATENCY = 0.05
SECONDS = 15.0
ROW = "{:<28} {:>10} {:>10} {:>8} {:>10}"
LONG = "{:>8} {:>10} {:>8}"
TEXT = "It rained on the coast for the third day, and ferries stayed in port. " * 15


def feed(number: int, round_: int) -> bytes:
    """Return a feed of thirty items, one of them new in each round."""
    items = "".join(
        f"<item><title>Item {n} of {number}</title><guid>{number}-{n}</guid>"
        f"<description>{TEXT}</description></item>"
        for n in range(round_ + ITEMS, round_, -1)
    )
    return f"<rss><channel><title>F</title>{items}</channel></rss>".encode()


BOMB = gzip.compress(bytes(200_000_000), 9, mtime=0)
ATTRIBUTES = b"<rss " + b"".join(b"a%d='1' " % n for n in range(40_000)) + b"></rss>"
ENTITIES = (
    b"<!DOCTYPE rss [<!ENTITY a0 'ha'>"
    + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9)
    )
    + b"]><rss><channel><title>&a8;</title></channel></rss>"
)
NESTED = b"<rss><channel>" + b"<item>" * 500_000
AUTHOR = b"<rss><channel><item><author>x@" + b"a." * 500_000 + b"</author></item>"


async def _plain(writer: asyncio.StreamWriter, body: bytes, packing: str = "") -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{packing}\r\n"
    writer.write(head.encode() + body)


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"<item>" * 10_000)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.2)


async def _headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-A: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


HARM: dict[str, Callable[[asyncio.StreamWriter], Any]] = {
    "a good one": lambda w: _plain(w, feed(999, 0)),
    "gzip bomb of 200 MB": lambda w: _plain(w, BOMB, "Content-Encoding: gzip\r\n"),
    "endless body": _endless,
    "a byte now and then": _drip,
    "endless headers": _headers,
    "silence": lambda _: asyncio.sleep(3600),
    "40,000 attributes": lambda w: _plain(w, ATTRIBUTES),
    "entities of entities": lambda w: _plain(w, ENTITIES),
    "items in items in items": lambda w: _plain(w, NESTED),
    "an author of a megabyte": lambda w: _plain(w, AUTHOR),
}


def serve(port: Connection) -> None:
    """Serve `/good/N`, `/news/N` (one more item each time) and `/harm/NAME`."""
    asked: Counter[str] = Counter()

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
            _, kind, name = path.split("/")
            await asyncio.sleep(LATENCY)
            asked[name] += kind == "news"
            if kind in {"good", "news"}:
                await _plain(writer, feed(int(name), asked[name]))
            else:
                await list(HARM.values())[int(name)](writer)
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0")  # noqa: S104  127/8
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def spec(number: int, port: int, path: str) -> FeedSpec:
    """Return a feed on an address of its own."""
    host = f"127.1.{number // 250}.{number % 250 + 1}"
    url = f"http://{host}:{port}/{path}"
    return FeedSpec(url, f"feed {number}", host, full_text=False)


@asynccontextmanager
async def tools(home: Path) -> AsyncIterator[Tools]:
    """Give everything real, over a new ledger in *home*."""
    guard = Guard([ip_network("127.0.0.0/8")])
    limits = Limits(seconds=SECONDS, gap=0.0)
    watch = Watchlist((WatchedOrganization("Halden"),))
    reader = Reader(watch, RuleBook.bundled())
    with Ledger.open(home / "watcher.db") as ledger, Cage() as cage:
        async with Client(guard, user_agent="bench", limits=limits) as http:
            clock = FixedClock(START)
            yield Tools(http, cage, reader, ledger, clock, (), lambda: 0.5)


async def others(made: Tools, port: int, harm: int) -> tuple[float, float]:
    """Poll all at once; return when the last of the others ended, and the memory."""
    free, ends, most = asyncio.Semaphore(AT_ONCE), [0.0], [0.0]
    begun = time.perf_counter()

    async def one(number: int, path: str) -> None:
        async with free:
            await poll(spec(number, port, path), made)
        if number:
            ends.append(time.perf_counter() - begun)

    async def look() -> None:
        while True:
            most[0] = max(most[0], resident())
            await asyncio.sleep(0.05)

    watching = asyncio.create_task(look())
    paths = {0: f"harm/{harm}", **{n: f"good/{n}" for n in range(1, OTHERS + 1)}}
    await asyncio.gather(*(one(n, path) for n, path in paths.items()))
    watching.cancel()
    return max(ends), most[0]


def resident() -> float:
    """Return the memory that this process and its cage hold, in MB."""
    children = [str(child.pid) for child in multiprocessing.active_children()]
    me = str(os.getpid())
    below = Path(f"/proc/{me}/task/{me}/children").read_text("utf-8").split()
    return sum(_resident(pid) for pid in {me, *below} - set(children))


def _resident(pid: str) -> float:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


async def _round(port: int, harm: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as home:
        async with tools(Path(home)) as made:
            # The cage's children are there before anything is measured.
            await asyncio.gather(*(poll(spec(n, port, "good/0"), made) for n in (1, 2)))
            return await others(made, port, harm)


async def harm(port: int, rounds: int) -> None:
    """Print the first table."""
    names = list(HARM)
    found: dict[int, list[tuple[float, float]]] = {n: [] for n in range(len(names))}
    usual: dict[int, list[float]] = {n: [] for n in range(len(names))}
    for _ in range(rounds):
        for place in range(1, len(names)):
            usual[place].append((await _round(port, 0))[0])
            found[place].append(await _round(port, place))
    print(ROW.format("among the fifty", "49 others", "with none", "ratio", "most MB"))
    for place in range(1, len(names)):
        took, plain = median(t for t, _ in found[place]), median(usual[place])
        most = max(mb for _, mb in found[place])
        print(ROW.format(names[place], f"{took:.2f} s", f"{plain:.2f} s",
                         f"{took / plain:.2f}", f"{most:.0f}"))  # fmt: skip


async def many(port: int, polls: int, feeds: int = 200) -> None:
    """Print the second table."""
    print(LONG.format("polls", "MB", "files"))
    with tempfile.TemporaryDirectory() as home:
        async with tools(Path(home)) as made:
            free = asyncio.Semaphore(AT_ONCE)

            async def one(number: int) -> None:
                async with free:
                    await poll(spec(number, port, f"news/{number}"), made)

            for round_ in range(polls // feeds):
                await asyncio.gather(*map(one, range(feeds)))
                if round_ % 5 == 4:
                    files = len(list(Path(f"/proc/{os.getpid()}/fd").iterdir()))
                    done = (round_ + 1) * feeds
                    print(LONG.format(done, f"{resident():.1f}", files), flush=True)


def main(rounds: int = 3, polls: int = 10_000) -> None:
    """Start the server and print both tables."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        port = here.recv()
        asyncio.run(harm(port, rounds))
        asyncio.run(many(port, polls))
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
