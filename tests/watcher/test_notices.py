"""Trouble with the ledger, the disk or the clock is told by a channel, once."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from state.ledger import Ledger
from watcher.alert import Alert
from watcher.clock import FixedClock, steady
from watcher.daemon import Daemon
from watcher.errors import DeliveryError
from watcher.notices import jumped
from watcher.poll import Tools

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A channel that keeps what it gets, or refuses it."""

    name: str = "desk"
    down: bool = False
    got: list[str] = field(default_factory=list)

    async def send(self, alert: Alert) -> None:
        if self.down:
            raise DeliveryError(self.name, "is down")
        self.got.append(alert.headline)


@dataclass
class Seconds:
    """A clock that nobody sets."""

    passed: float = 0.0

    def __call__(self) -> float:
        return self.passed


def daemon(ledger: Ledger, clock: FixedClock, *desks: Desk, **more: Any) -> Daemon:
    nobody: Any = None
    tools = Tools(nobody, nobody, nobody, ledger, clock, (), lambda: 0.0)
    return Daemon((), tools, {desk.name: desk for desk in desks}, **more)


def test_a_ledger_that_stays_unusable_is_told_of_once_and_so_is_its_end(
    tmp_path: Path,
) -> None:
    desk, clock, path = Desk(), FixedClock(NOON), tmp_path / "w.db"
    with (
        Ledger.open(path, patience=0.01) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        one = daemon(ledger, clock, desk)
        other.execute("BEGIN IMMEDIATE")
        for _ in range(9):
            asyncio.run(one.beat())
            clock.moment += timedelta(minutes=6)
        assert [line[:37] for line in desk.got] == [
            "watcher: the ledger cannot be used"
        ]
        other.execute("ROLLBACK")
        asyncio.run(one.beat())
        asyncio.run(one.beat())
    assert desk.got[1:] == ["watcher: the ledger can be used again"]


def test_a_ledger_that_is_busy_for_a_moment_is_nobodys_business(tmp_path: Path) -> None:
    desk, clock, path = Desk(), FixedClock(NOON), tmp_path / "w.db"
    with (
        Ledger.open(path, patience=0.01) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        one = daemon(ledger, clock, desk)
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(one.beat())
        other.execute("ROLLBACK")
        clock.moment += HOUR
        asyncio.run(one.beat())
    assert desk.got == []


@pytest.mark.parametrize(
    ("leap", "words"),
    [
        (timedelta(hours=3), "forward by 3.0 hours"),
        (timedelta(days=-2), "back by 48.0 hours"),
        (timedelta(minutes=50), ""),
        (timedelta(minutes=-50), ""),
    ],
)
def test_a_clock_that_was_set_by_more_than_an_hour_is_told_of(
    leap: timedelta, words: str
) -> None:
    told = jumped(NOON, NOON + HOUR + leap, HOUR)
    assert (words in told.headline) if told else not words


def test_a_jump_is_told_of_once_by_the_first_channel_that_takes_it(
    tmp_path: Path,
) -> None:
    down, desk = Desk("down", down=True), Desk()
    clock, passed = FixedClock(NOON), Seconds()
    with Ledger.open(tmp_path / "w.db") as ledger:
        one = daemon(ledger, clock, down, desk, steady=passed)
        for leap in (0, 0, 5, 0):
            asyncio.run(one.beat())
            passed.passed += 15
            clock.moment += timedelta(seconds=15, hours=leap)
        asyncio.run(one.beat())
    assert desk.got == ["watcher: the clock went forward by 5.0 hours"]


def test_the_steady_clock_runs_on() -> None:
    assert steady() <= steady()
