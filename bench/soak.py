"""The daemon for weeks on a fast clock: does it grow, leak or miss? Prints a table.

    python bench/soak.py [WEEKS]

The real daemon polls three feeds on this machine each simulated hour; a server in a
process of its own has a change of leadership every six hours, fails one request in
twenty, and keeps what the daemon posts: each change, and a digest each day. "due" is
what should have come by then.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from state.ledger import Ledger
from watcher.assembly import assembled
from watcher.clock import FixedClock
from watcher.config.load import load
from watcher.config.settings import Settings
from watcher.daemon import Daemon

# Two weeks before the clock is turned in Europe.
START = datetime(2026, 3, 15, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
STEP = timedelta(minutes=15)
NEWS_EVERY = timedelta(hours=6)
FAILS = 0.05
FEEDS = 3
FIRST = ("Ana", "Bea", "Mia", "Ida", "Eva", "Lea", "Raj", "Omar", "Bo", "Tom", "Ines")
LAST = ("Prieto", "Menon", "Lund", "Hale", "Reyes", "Tarn", "Sato", "Okoye", "Weber")
FIRMS = ("Quarry Bank", "Halden Motors", "Orbis Group", "Fjord Lines")
ROW = "{:>4} {:>7} {:>4} {:>7} {:>4} {:>8} {:>4} {:>6} {:>4}"
CONFIG = """
[network]
allow = ["127.0.0.0/8"]
{watched}
[[channels]]
name = "each"
type = "webhook"
url = "{hook}/each"
[[channels]]
name = "digest"
type = "webhook"
url = "{hook}/digest"
digest = "daily"
digest_at = "02:30"
zone = "Europe/Berlin"
[[channels]]
name = "files"
type = "feedfile"
path = "out"
"""
FEED = """[[feeds]]
url = "{hook}/feed{n}"
name = "Paper {n}"
owner = "Paper {n}"
interval = "1h"
full_text = false
"""


class Stand(BaseHTTPRequestHandler):
    """Hands out the news of the moment, and keeps what it is sent by its key."""

    moment: Any
    got: dict[tuple[str, str], str]
    luck = random.Random(5)  # noqa: S311  made-up failures, not a secret

    def do_GET(self) -> None:
        """Hand out the feed, or what was kept."""
        if self.luck.random() < FAILS:
            self._answer(503, b"")
        elif self.path == "/kept":
            kept = [[path, said] for (path, _), said in self.got.items()]
            self._answer(200, json.dumps(kept).encode())
        else:
            self._answer(200, feed(datetime.fromtimestamp(self.moment.value, UTC)))

    def do_POST(self) -> None:
        """Keep a message, once for each key."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.luck.random() < FAILS:
            self._answer(500, b"")
            return
        key = self.path, self.headers["Idempotency-Key"]
        self.got[key] = json.loads(body)["recorded_at"]
        self._answer(200, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def feed(now: datetime) -> bytes:
    """Return the newest ten items as RSS: a change every six hours."""
    newest = (now - START) // NEWS_EVERY
    items = "".join(item(number) for number in range(newest, max(0, newest - 10), -1))
    return (
        f'<rss version="2.0"><channel><title>P</title>{items}</channel></rss>'.encode()
    )


def item(number: int) -> str:
    """Return one item: somebody new at the head of the firm whose turn it is."""
    who = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
    day = START + number * NEWS_EVERY
    firm = FIRMS[number % len(FIRMS)]
    said = f"{firm} named {who} as its new chief executive on {day:%A}."
    return (
        f"<item><title>News {number}</title><guid>n{number}</guid>"
        f"<pubDate>{format_datetime(day)}</pubDate>"
        f"<description>{said}</description></item>"
    )


def serve(moment: Any, port: Connection) -> None:
    """Serve until killed; sends the port through *port* first."""
    stand = type("Now", (Stand,), {"moment": moment, "got": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), stand) as server:
        port.send(server.server_address[1])
        server.serve_forever()


def settings(home: Path, hook: str) -> Settings:
    """Write a config into *home* and read it as the program does."""
    feeds = "".join(FEED.format(hook=hook, n=n) for n in range(FEEDS))
    file = home / "watcher.toml"
    watched = "".join(f'[[organizations]]\nname = "{firm}"\n' for firm in FIRMS)
    file.write_text(CONFIG.format(hook=hook, watched=watched) + feeds, "utf-8")
    made = load(file, {})
    # The pause between two requests to one host is in seconds of the real clock.
    return replace(made, network=replace(made.network, per_host_gap=0.0))


def resident() -> float:
    """Return the memory of this process in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) for x in lines if x.startswith("VmRSS")) / 1024


def descriptors() -> int:
    """Return how many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def digests_due(until: datetime) -> int:
    """Return how many days have had their hour of the digest, with news before it."""
    day, due = START.astimezone(ZONE).date(), 0
    while day <= until.astimezone(ZONE).date():
        slot = datetime(day.year, day.month, day.day, 2, 30, tzinfo=ZONE)
        due += START + NEWS_EVERY * 2 <= slot.astimezone(UTC) <= until - STEP
        day += timedelta(days=1)
    return due


async def kept(port: int) -> Counter[str]:
    """Ask the stand how many messages it has by each path."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /kept HTTP/1.0\r\n\r\n")
        answer = await reader.read()
        writer.close()
        if b" 200 " in answer.split(b"\r\n", 1)[0]:
            return Counter(p for p, _ in json.loads(answer.split(b"\r\n\r\n", 1)[1]))


async def week(daemon: Daemon, clock: FixedClock, moment: Any) -> None:
    """Let the daemon tick through a week, a quarter of an hour at a time."""
    for _ in range(int(timedelta(weeks=1) / STEP)):
        clock.moment += STEP
        moment.value = clock.moment.timestamp()
        await daemon.tick()


async def soak(weeks: int, home: Path, port: int, moment: Any) -> None:
    """Run the daemon for *weeks* and print a line on each."""
    clock = FixedClock(START)
    made = settings(home, f"http://127.0.0.1:{port}")
    print(ROW.format("week", "RSS MB", "fds", "alerts", "due", "digests", "due",
                     "DB MB", "s"))  # fmt: skip
    with Ledger.open(made.ledger) as ledger:
        async with assembled(made, ledger, clock) as daemon:
            for number in range(1, weeks + 1):
                begun = time.perf_counter()
                await week(daemon, clock, moment)
                spent = f"{time.perf_counter() - begun:.0f}"
                got, now = await kept(port), clock.now()
                size = f"{made.ledger.stat().st_size / 1e6:.1f}"
                print(ROW.format(
                    number, f"{resident():.1f}", descriptors(), got["/each"],
                    (now - START) // NEWS_EVERY, got["/digest"], digests_due(now),
                    size, spent,
                ), flush=True)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Start the stand, soak the daemon, and print what came of it."""
    weeks = int(arguments[0]) if arguments else 2
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(50),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    moment = multiprocessing.Value("d", START.timestamp())
    here, there = multiprocessing.Pipe()
    stand = multiprocessing.Process(target=serve, args=(moment, there), daemon=True)
    stand.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(soak(weeks, Path(home), here.recv(), moment))
    finally:
        stand.terminate()
        stand.join()


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(Path(__file__).parents[1]))
    main(sys.argv[1:])
