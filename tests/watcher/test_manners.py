"""Feeds polled over real sockets into a real ledger: who is asked, when, how often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from rules.model import Article, Reading
from state.ledger import Ledger
from state.model import FeedState
from watcher.clock import FixedClock
from watcher.daemon import Daemon, Round
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.model import FeedSpec
from watcher.poll import Tools

SATURDAY_NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Starter = Callable[..., AbstractAsyncContextManager[Any]]
Reply = Callable[..., bytes]


class Open:
    """A cage without bars."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        return fn(*args)


class Plain:
    """A reader to whom nothing means anything."""

    def read(self, article: Article) -> Reading:
        return Reading(article)


@dataclass
class House:
    """A watcher that can be started again and again over one ledger."""

    path: Path
    clock: FixedClock

    async def tick(self, url: str, *, everything: bool = False) -> Round:
        """Start, tick once, and stop."""
        feed = FeedSpec(url, "Ash", "ash", full_text=False)
        with Ledger.open(self.path) as ledger:
            async with Client(
                None, user_agent="test", limits=Limits(gap=0), clock=self.clock
            ) as http:
                tools = Tools(
                    http, Open(), Plain(), ledger, self.clock, (), lambda: 0.0
                )
                return await Daemon([feed], tools, {}).tick(everything=everything)

    def gaps(self, url: str) -> list[tuple[datetime, datetime]]:
        with Ledger.open(self.path) as ledger:
            return [(gap.since, gap.until) for gap in ledger.coverage.gaps(url)]

    def state(self, url: str) -> FeedState:
        with Ledger.open(self.path) as ledger:
            return ledger.feed_state(url)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "watcher.db", FixedClock(SATURDAY_NOON))


def rolling(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Rain {number}</title><guid>{number}</guid></item>"
        for number in numbers
    )
    head = "<rss version='2.0'><channel><title>Ash</title>"
    return f"{head}{items}</channel></rss>".encode()


def rss(head: str = "") -> bytes:
    return (
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>Ash</title>{head}<item><title>Rain</title><guid>1</guid>"
        "<description>It rains.</description></item></channel></rss>"
    ).encode()


def test_a_feed_that_is_gone_is_asked_once_more_never_and_told_of_once(
    house: House, loopback: Starter, reply: Reply
) -> None:
    async def story() -> None:
        async with loopback(reply(b"", 410)) as server:
            rounds = []
            with capture_logs() as lines:
                for number in range(5):
                    rounds.append(await house.tick(server.url(), everything=number > 2))
                    house.clock.moment += timedelta(days=3)
            assert len(server.asked) == 1
            assert [line["event"] for line in lines].count("feed ended") == 1
            assert not any(one.failed for one in rounds)
            assert house.state(server.url()).gone

    asyncio.run(story())


OFTEN = "<sy:updateFrequency>4</sy:updateFrequency>"


@pytest.mark.parametrize(
    ("head", "pause"),
    [
        ("<ttl>240</ttl>", 4 * HOUR),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 24 * HOUR),
        (f"<sy:updatePeriod>daily</sy:updatePeriod>{OFTEN}", 6 * HOUR),
        ("<skipDays><day>Saturday</day></skipDays>", 12 * HOUR),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", 2 * HOUR),
    ],
)
def test_what_a_feed_asks_for_outlasts_a_304_and_a_restart(
    house: House, loopback: Starter, reply: Reply, head: str, pause: timedelta
) -> None:
    async def story() -> None:
        async with loopback(reply(rss(head), etag='"1"'), reply(b"", 304)) as server:
            for asked in (1, 2):
                house.clock.moment = SATURDAY_NOON
                await house.tick(server.url(), everything=asked > 1)
                house.clock.moment += pause - timedelta(seconds=1)
                await house.tick(server.url())
                assert len(server.asked) == asked
            assert server.header("if-none-match") == b'"1"'
            house.clock.moment += timedelta(seconds=1)
            await house.tick(server.url())
            assert len(server.asked) == 3

    asyncio.run(story())


def test_a_date_to_come_back_at_is_measured_by_the_watchers_own_clock(
    house: House, loopback: Starter, reply: Reply
) -> None:
    back = format_datetime(SATURDAY_NOON + 5 * HOUR, usegmt=True)

    async def story() -> None:
        async with loopback(reply(b"", 503, retry_after=back)) as server:
            await house.tick(server.url())
            assert house.state(server.url()).next_due_at == SATURDAY_NOON + 5 * HOUR

    asyncio.run(story())


def test_a_hundred_restarts_in_an_hour_make_no_request_before_its_time(
    house: House, loopback: Starter, reply: Reply
) -> None:
    async def story() -> None:
        async with loopback(reply(rss("<ttl>60</ttl>"))) as server:
            for _ in range(100):
                await house.tick(server.url())
                house.clock.moment += timedelta(seconds=35)
            assert len(server.asked) == 1

    asyncio.run(story())


def test_a_feed_that_rolled_over_between_two_polls_has_a_gap(
    house: House, loopback: Starter, reply: Reply
) -> None:
    bodies = [rolling(3, 2, 1), rolling(5, 4, 3), rolling(9, 8, 7), rolling(9, 8, 7, 6)]

    async def story() -> None:
        async with loopback(*map(reply, bodies)) as server:
            for _ in bodies:
                await house.tick(server.url())
                house.clock.moment += HOUR
            second, third = SATURDAY_NOON + HOUR, SATURDAY_NOON + 2 * HOUR
            assert house.gaps(server.url()) == [(second, third)]

    asyncio.run(story())


def test_a_gap_begins_with_the_last_answer_even_if_that_was_a_304(
    house: House, loopback: Starter, reply: Reply
) -> None:
    answers = [reply(rolling(1), etag='"1"'), reply(b"", 304), reply(rolling(2))]

    async def story() -> None:
        async with loopback(*answers) as server:
            for _ in range(3):
                await house.tick(server.url())
                house.clock.moment += HOUR
            assert house.gaps(server.url()) == [
                (SATURDAY_NOON + HOUR, SATURDAY_NOON + 2 * HOUR)
            ]

    asyncio.run(story())


@pytest.mark.parametrize(
    "between",
    [
        b"<rss version='2.0'><channel><title>Ash</title></channel></rss>",
        rolling(8)[:-30],
    ],
    ids=["empty", "cut off"],
)
def test_a_feed_that_was_empty_or_cut_off_for_once_has_no_gap(
    house: House, loopback: Starter, reply: Reply, between: bytes
) -> None:
    async def story() -> None:
        bodies = map(reply, (rolling(1), between, rolling(2, 1)))
        async with loopback(*bodies) as server:
            for _ in range(3):
                await house.tick(server.url())
                house.clock.moment += HOUR
            assert house.gaps(server.url()) == []

    asyncio.run(story())


def test_a_feed_that_stays_down_complains_once_and_tells_once_that_it_is_back(
    house: House, loopback: Starter, reply: Reply
) -> None:
    async def story() -> None:
        down = [reply(b"", 500)] * 4
        async with loopback(*down, reply(rss())) as server:
            with capture_logs() as lines:
                for _ in range(6):
                    await house.tick(server.url(), everything=True)
                    house.clock.moment += HOUR
            loud = [line["event"] for line in lines if line["log_level"] == "error"]
            assert loud == ["feed failed"]
            assert [line["event"] for line in lines].count("feed recovered") == 1

    asyncio.run(story())
