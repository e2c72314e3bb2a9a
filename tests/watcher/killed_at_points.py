"""Record three changes and send them; die by SIGKILL at a point: URL LEDGER POINT WAIT.

POINT is a step of the program ("recorded", "claimed", "sent") or a commit that is about
to be made ("commit 1", "commit 2" and so on); "none" lives. WAIT is the group's, in
seconds. Run as a script by its test.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rules.model import Article, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.alert import Alert
from watcher.channels import CHANNELS, Channel
from watcher.clock import FixedClock
from watcher.config.settings import ChannelSpec
from watcher.deliver import Policy, deliver
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.routing import Route

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROLES = ("ceo", "cfo", "cto")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def news(role: str) -> Reading:
    quote = f"Ana Prieto was named {role} of Halden."
    article = Article(f"a-{role}", "", quote, START, f"http://a.test/{role}")
    claim = Claim(
        kind=Kind.IN,
        person="Ana Prieto",
        organization="Halden",
        unit=None,
        role=role,
        role_key=role,
        evidence=Evidence(article.id, 0, len(quote), quote),
        when=When.day(START.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


@dataclass
class Dying:
    """A channel whose process dies before or after it sends."""

    real: Channel
    point: str

    async def send(self, alert: Alert) -> None:
        if self.point == "claimed":
            die()
        await self.real.send(alert)
        if self.point == "sent":
            die()


def watch_commits(ledger: Ledger, point: str) -> None:
    """Die when SQLite is handed the COMMIT of that number, before it is made."""
    left = int(point.removeprefix("commit "))

    def see(statement: str) -> None:
        nonlocal left
        left -= statement == "COMMIT"
        if left == 0:
            die()

    ledger._db.conn.set_trace_callback(see)


async def send_all(ledger: Ledger, url: str, now: datetime, run: tuple[str, int]):
    point, wait = run
    spec = ChannelSpec("desk", "webhook", {"url": url})
    policy = Policy({"desk": Route(group_wait=timedelta(seconds=wait))})
    async with Client(None, user_agent="test", limits=Limits(gap=0)) as client:
        channels = {"desk": Dying(CHANNELS["webhook"](spec, client), point)}
        await deliver(ledger, channels, FixedClock(now), lambda: 0.5, policy)


def main(url: str, path: Path, point: str, wait: int) -> None:
    with Ledger.open(path) as ledger:
        ledger.release()
        if point.startswith("commit "):
            watch_commits(ledger, point)
        for role in ROLES:
            source = Source("Post", "Post")
            reading = news(role)
            ledger.record(
                reading, feed="f", source=source, now=START, channels=["desk"]
            )
        if point == "recorded":
            die()
        later = START + timedelta(minutes=5)
        asyncio.run(send_all(ledger, url, later, (point, wait)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
