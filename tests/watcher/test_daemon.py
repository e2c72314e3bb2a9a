"""The daemon polls what is due, survives what fails, and stops when told."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Article, Reading
from state.errors import LedgerError
from state.ledger import Ledger
from state.model import FeedState, Validators
from watcher.clock import FixedClock
from watcher.daemon import AT_ONCE, Daemon, Round
from watcher.errors import FeedError
from watcher.model import FeedSpec, Response
from watcher.poll import Tools

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
NEW = Validators()
RSS = b"""<rss version="2.0"><channel><title>T</title><item><title>Rain</title>
<guid>1</guid><description>It rains.</description></item></channel></rss>"""


def spec(name: str) -> FeedSpec:
    return FeedSpec(f"http://{name}.example/", name, name, full_text=False)


@dataclass
class Web:
    """Serves one feed everywhere, but does *act* first; counts who is in at once."""

    act: Callable[[str], Any] = lambda _url: None
    pause: float = 0.0
    asked: list[str] = field(default_factory=list)
    inside: int = 0
    most: int = 0

    async def get(
        self, url: str, validators: Validators = NEW, *, accept: str = ""
    ) -> Response:
        self.asked.append(url)
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            self.act(url)
            await asyncio.sleep(self.pause)
        finally:
            self.inside -= 1
        return Response(url, 200, RSS, "application/rss+xml")


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
    """A daemon over a real ledger and a scripted web."""

    ledger: Ledger
    web: Web
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))

    def tools(self) -> Tools:
        chance: Callable[[], float] = lambda: 0.0  # noqa: E731  a constant
        return Tools(self.web, Open(), Plain(), self.ledger, self.clock, (), chance)

    def daemon(self, *names: str) -> Daemon:
        return Daemon([spec(name) for name in names], self.tools(), {})

    def tick(self, *names: str, everything: bool = False) -> Round:
        return asyncio.run(self.daemon(*names).tick(everything=everything))

    def state(self, name: str) -> FeedState:
        return self.ledger.feed_state(spec(name).url)


@pytest.fixture
def house(tmp_path: Path) -> Any:
    with Ledger.open(tmp_path / "watcher.db") as ledger:
        yield House(ledger, Web())


def test_only_feeds_that_are_due_are_polled(house: House) -> None:
    house.tick("ash")
    house.clock.moment += timedelta(minutes=5)
    house.tick("ash", "birch")
    assert house.web.asked == ["http://ash.example/", "http://birch.example/"]


def test_everything_means_everything(house: House) -> None:
    house.tick("ash")
    house.tick("ash", everything=True)
    assert len(house.web.asked) == 2


def test_restarts_poll_nothing_early(house: House) -> None:
    for _ in range(10):
        house.tick("ash")
        house.clock.moment += timedelta(minutes=1)
    assert len(house.web.asked) == 1


def test_a_clock_that_went_back_costs_one_interval_and_no_more(house: House) -> None:
    house.tick("ash")
    house.clock.moment -= timedelta(hours=2)
    house.tick("ash")
    assert len(house.web.asked) == 1
    house.clock.moment += timedelta(minutes=15)
    house.tick("ash")
    assert len(house.web.asked) == 2


def test_a_clock_that_leapt_ahead_brings_one_poll_not_many(house: House) -> None:
    house.tick("ash")
    house.clock.moment += timedelta(days=365)
    house.tick("ash")
    house.tick("ash")
    assert len(house.web.asked) == 2


def test_a_host_that_wants_to_be_left_alone_is_by_all_of_its_feeds(
    house: House,
) -> None:
    def act(url: str) -> None:
        if url.endswith("/a"):
            raise FeedError(url, "answered 429", retry_after=7200.0)

    house.web.act = act
    both = [replace(spec("ash"), url=f"http://ash.example/{n}") for n in "abc"]
    other = spec("birch")

    def tick() -> None:
        tools = house.tools()
        asyncio.run(Daemon([*both, other], tools, {}).tick())

    def asked() -> int:
        return sum("ash" in url for url in house.web.asked)

    tick()
    first = asked()
    assert first == 1
    house.clock.moment += timedelta(minutes=119)
    tick()
    assert asked() == first
    house.clock.moment += timedelta(minutes=1)
    tick()
    assert asked() > first
    assert sum("birch" in url for url in house.web.asked) == 2


def test_a_feed_that_fails_stops_no_other(house: House) -> None:
    def act(url: str) -> None:
        if "ash" in url:
            raise FeedError(url, "answered 500")

    house.web.act = act
    done = house.tick("ash", "birch")
    assert [one.error for one in done.outcomes] == ["answered 500", None]
    assert [one.feed.name for one in done.failed] == ["ash"]


def test_a_fault_of_our_own_is_one_feeds_outcome_and_backs_off(house: House) -> None:
    def act(url: str) -> None:
        if "ash" in url:
            raise KeyError("a bug")

    house.web.act = act
    done = house.tick("ash", "birch")
    assert [one.error is None for one in done.outcomes] == [False, True]
    assert house.state("ash").failures == 1
    assert house.state("ash").next_due_at == NOON + timedelta(minutes=15)


def test_a_ledger_that_cannot_be_written_is_not_a_feeds_fault(house: House) -> None:
    def act(url: str) -> None:
        raise LedgerError("watcher.db", "no room")

    house.web.act = act
    with pytest.raises(LedgerError):
        house.tick("ash", "birch")


def test_a_thousand_feeds_due_at_once_are_all_polled_a_few_at_a_time(
    house: House,
) -> None:
    names = [f"feed{number}" for number in range(200)]
    done = house.tick(*names)
    assert len(done.outcomes) == 200
    assert 1 < house.web.most <= AT_ONCE


def test_a_signal_lets_the_current_poll_finish_and_begins_no_other(
    house: House,
) -> None:
    def act(_url: str) -> None:
        if len(house.web.asked) == 1:
            os.kill(os.getpid(), signal.SIGTERM)

    house.web.act = act
    house.web.pause = 0.05
    names = [f"feed{number}" for number in range(40)]
    done = asyncio.run(house.daemon(*names).once())
    assert len(done.outcomes) == len(house.web.asked) == AT_ONCE
    assert all(one.error is None for one in done.outcomes)


def test_a_second_signal_stops_at_once(house: House) -> None:
    def act(_url: str) -> None:
        for delay in (0.02, 0.04):
            asyncio.get_running_loop().call_later(
                delay, os.kill, os.getpid(), signal.SIGTERM
            )

    house.web.act = act
    house.web.pause = 3600
    assert asyncio.run(house.daemon("ash").once()) == Round()
