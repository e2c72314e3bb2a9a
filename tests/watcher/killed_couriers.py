"""Record changes, and kill one sender after another at POINT: URL LEDGER MANY POINT.

POINT is random, claimed (before sending) or sent (before marking).

Run as a script by its test; it has one thread, so that it may fork.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from rules.model import Article, Capacity, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.alert import Alert
from watcher.channels import CHANNELS, Channel
from watcher.clock import FixedClock
from watcher.config.settings import ChannelSpec
from watcher.deliver import deliver
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONGEST = 0.12


def news(number: int) -> Reading:
    letters = "".join(chr(97 + int(digit)) for digit in str(number))
    person, firm = f"Ana {letters.title()}", f"Halden {letters.title()}"
    quote = f"{person} was named chief executive of {firm}."
    article = Article(f"a{number}", "", quote, START, f"http://a.test/{number}")
    evidence = Evidence(article.id, 0, len(quote), quote)
    claim = Claim(
        kind=Kind.IN,
        person=person,
        organization=firm,
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=evidence,
        capacity=Capacity.SUBSTANTIVE,
        when=When.day(START.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


@dataclass
class Dying:
    """A channel whose process dies with it, before or after it sends."""

    real: Channel
    point: str

    async def send(self, alert: Alert) -> None:
        if self.point == "claimed":
            os._exit(9)
        await self.real.send(alert)
        if self.point == "sent":
            os._exit(9)


async def send_all(ledger: Ledger, url: str, now: datetime, point: str) -> None:
    spec = ChannelSpec("desk", "webhook", {"url": url})
    async with Client(None, user_agent="test", limits=Limits(gap=0)) as client:
        channels = {"desk": Dying(CHANNELS["webhook"](spec, client), point)}
        await deliver(ledger, channels, FixedClock(now), random.random)


def sender(path: Path, url: str, now: datetime, point: str) -> None:
    with Ledger.open(path) as ledger:
        ledger.release()
        asyncio.run(send_all(ledger, url, now, point))


def record(path: Path, number: int, now: datetime) -> None:
    with Ledger.open(path) as ledger:
        source = Source("Post", "Post")
        told = ledger.record(
            news(number), feed="f", source=source, now=now, channels=["desk"]
        )
    sys.stdout.write("".join(f"{change.id}\n" for change in told))
    sys.stdout.flush()


def main(url: str, path: Path, many: int, point: str) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    luck = random.Random(many)  # noqa: S311  moments, not secrets
    for number in range(many):
        now = START + timedelta(seconds=number)
        record(path, number, now)
        child = os.fork()
        if child == 0:
            sender(path, url, now, point)
            os._exit(0)
        if point == "random":
            time.sleep(luck.random() * LONGEST)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    sender(path, url, START + timedelta(days=1), "none")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
