"""A ledger in trouble: said once, left alone for a while, taken up again by itself."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from rules.model import Article, Reading
from state.errors import LedgerBusyError
from state.ledger import Ledger
from state.model import Validators
from watcher.clock import FixedClock
from watcher.config.settings import Settings
from watcher.daemon import AT_ONCE, PATIENCE, Daemon
from watcher.heartbeat import Heartbeat
from watcher.model import FeedSpec, Response
from watcher.poll import Tools
from watcher.service import Service, Told
from watcher.signals import stopping
from watcher.supervisor import Supervisor
from watcher.trouble import Trouble

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
RSS = b"""<rss version="2.0"><channel><title>T</title><item><title>Rain</title>
<guid>1</guid><description>It rains.</description></item></channel></rss>"""
FEEDS = [FeedSpec(f"http://{n}.example/", n, n, full_text=False) for n in "abc"]
BEAT = timedelta(seconds=0.02)


@dataclass
class Web:
    """Serves one feed everywhere, after *act*."""

    act: Callable[[], object] = lambda: None
    asked: list[str] = field(default_factory=list)

    async def get(
        self, url: str, validators: Validators | None = None, *, accept: str = ""
    ) -> Response:
        self.asked.append(url)
        self.act()
        return Response(url, 200, RSS, "application/rss+xml")


class Open:
    """A cage without bars."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        return fn(*args)


class Plain:
    """A reader to whom nothing means anything."""

    def read(self, article: Article) -> Reading:
        return Reading(article)


def daemon(ledger: Ledger, web: Web, clock: FixedClock) -> Daemon:
    tools = Tools(web, Open(), Plain(), ledger, clock, (), lambda: 0.0)
    return Daemon(FEEDS, tools, {})


async def beating(one: Daemon) -> None:
    """Let the daemon beat until a signal says stop, as the service does."""
    with stopping(one.halt) as asked:
        await Heartbeat(one.beat, BEAT).run(asked, PATIENCE)


async def serving_all(one: Daemon, path: Path) -> None:
    """Let a service beat that polls everything at the start."""
    told = Told(Supervisor.from_environ({}))
    home = Settings(path.with_suffix(".toml"), path)

    @asynccontextmanager
    async def build(_: Settings) -> AsyncIterator[Daemon]:
        yield one

    service = Service(home, lambda: home, build, told)
    await service.run(everything=True, period=BEAT)


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.01)


def test_while_another_program_writes_nothing_is_fetched_and_it_is_said_once(
    tmp_path: Path,
) -> None:
    web, clock, path = Web(), FixedClock(NOON), tmp_path / "w.db"

    def told() -> list[tuple[str, str]]:
        events = [(one["event"], one["log_level"]) for one in said]
        return [one for one in events if "ledger" in one[0]]

    async def lived() -> None:
        for failures in (1, 2):
            await until(lambda n=failures: len(told()) == n)
            clock.moment += timedelta(hours=1)
        assert web.asked == []
        other.execute("ROLLBACK")
        await until(lambda: len(told()) == 3)
        stop()

    async def both() -> None:
        await asyncio.gather(beating(daemon(ledger, web, clock)), lived())

    with (
        Ledger.open(path, patience=0.01) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        capture_logs() as said,
    ):
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(both())
    assert told() == [
        ("ledger not usable now", "error"),
        ("ledger not usable now", "info"),
        ("ledger usable again", "info"),
    ]
    assert "another program is writing" in said[1]["error"]
    assert len(web.asked) == len(FEEDS)


def test_a_round_that_finds_the_ledger_taken_begins_no_further_feed(
    tmp_path: Path,
) -> None:
    path, web = tmp_path / "w.db", Web()
    names = map(str, range(60))
    many = [FeedSpec(f"http://{n}.example/", n, n, full_text=False) for n in names]
    with (
        Ledger.open(path, patience=0.01) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        web.act = lambda: other.in_transaction or other.execute("BEGIN IMMEDIATE")
        tools = Tools(web, Open(), Plain(), ledger, FixedClock(NOON), (), lambda: 0.0)
        with pytest.raises(LedgerBusyError):
            asyncio.run(Daemon(many, tools, {}).tick())
    assert len(web.asked) <= AT_ONCE


def test_only_a_full_disk_is_waited_for_until_there_is_room() -> None:
    assert Trouble().worse(NOON, full=True).room > 0
    assert Trouble().worse(NOON, full=True).worse(NOON).room == 0


def test_what_was_asked_for_at_the_start_is_done_once_the_ledger_is_free(
    tmp_path: Path,
) -> None:
    web, clock, path = Web(), FixedClock(NOON), tmp_path / "w.db"

    async def lived() -> None:
        await until(lambda: said[-1]["event"] == "ledger not usable now")
        other.execute("ROLLBACK")
        clock.moment += timedelta(minutes=1)
        await until(lambda: len(web.asked) > len(FEEDS))
        stop()

    async def both() -> None:
        watcher = daemon(ledger, web, clock)
        await watcher.tick()
        other.execute("BEGIN IMMEDIATE")
        await asyncio.gather(serving_all(watcher, path), lived())

    with (
        capture_logs() as said,
        Ledger.open(path, patience=0.01) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        asyncio.run(both())
    assert len(web.asked) == 2 * len(FEEDS)


def test_pauses_grow_and_end() -> None:
    trouble, pauses = Trouble(), []
    for _ in range(8):
        trouble = trouble.worse(NOON)
        assert trouble.next_try is not None
        pauses.append((trouble.next_try - NOON).total_seconds())
    assert pauses == [15, 30, 60, 120, 240, 300, 300, 300]


@given(st.integers(0, 10**6), st.timedeltas(timedelta(-999), timedelta(999)))
def test_whatever_the_clock_does_five_minutes_are_the_longest_rest(
    failures: int, leap: timedelta
) -> None:
    trouble = Trouble(failures).worse(NOON)
    now = NOON + leap
    assert not (trouble.rests(now) and trouble.rests(now + timedelta(minutes=5)))
    assert not Trouble().rests(now)
