"""Run the demo: the real daemon polls two years of news, and time runs fast.

It can be killed at any moment: started again, it goes on from what its ledger says.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from rich.console import Console
from rich.text import Text

from state.ledger import Ledger
from watcher import log, schedule, seeds
from watcher.assembly import assembled
from watcher.daemon import Daemon
from watcher.demo import story
from watcher.demo.clock import SteppingClock
from watcher.demo.closing import show_ledger
from watcher.demo.directory import DemoDirectory, DemoError
from watcher.demo.server import Newsstand
from watcher.lock import Lock

_PACE = 0.12


@dataclass(frozen=True, slots=True)
class Performance:
    """One run: what is shown, where, to whom, and how long each instant is held (s)."""

    outlets: tuple[story.Outlet, ...]
    directory: DemoDirectory
    console: Console
    pace: float

    @property
    def instants(self) -> tuple[datetime, ...]:
        """The simulated moments of polling."""
        return story.instants(self.outlets)

    def say(self, words: str, style: str = "") -> None:
        """Print one line as it is, however wide the terminal."""
        self.console.print(Text(words, style), soft_wrap=True)


def run(directory: Path, console: Console, pace: float | None = None) -> None:
    """Play the news to a daemon in *directory* and print what it tells.

    *pace* is the pause after each instant in seconds; None takes one at which a person
    can read along on a terminal. Raises DemoError, AlreadyRunningError, StateError.
    """
    if pace is None:
        pace = _PACE if console.is_terminal else 0.0
    outlets = story.load(seeds.path("demo/feeds"))
    demo = Performance(outlets, DemoDirectory(directory), console, pace)
    with Lock(demo.directory.ledger), _logged_to(demo.directory.log):
        since = _left_off(demo)
        asyncio.run(_play(demo, since))


@contextmanager
def _logged_to(file: Path) -> Iterator[None]:
    """Keep the daemon's log out of the way of its alerts."""
    before = structlog.get_config()
    with file.open("a", encoding="utf-8") as stream:
        log.set_up(stream)
        try:
            yield
        finally:
            structlog.configure(**before)


def _left_off(demo: Performance) -> datetime | None:
    """Return the instant at which an earlier run was cut off, None to begin."""
    if not demo.directory.ledger.exists():
        return None
    since, complete = _progress(demo)
    if complete:
        demo.say("The earlier run was complete: starting over with a fresh ledger.")
        demo.directory.forget()
        return None
    if since is not None:
        demo.say(f"The earlier run was cut off: going on from {since:%Y-%m-%d %H:%M}.")
    return since


def _progress(demo: Performance) -> tuple[datetime | None, bool]:
    """Return the last instant polled, and whether nothing was left to do there."""
    last = demo.instants[-1]
    site = f"http://127.0.0.1:{demo.directory.port()}"
    with Ledger.open(demo.directory.ledger) as ledger:
        feeds = [ledger.feed_state(site + outlet.path) for outlet in demo.outlets]
        waiting = bool(ledger.pending(last))
    since = max((at for feed in feeds if (at := feed.checked_at)), default=None)
    left = waiting or any(schedule.is_due(feed, last) for feed in feeds)
    return since, since == last and not left


async def _play(demo: Performance, since: datetime | None) -> None:
    clock = SteppingClock(demo.instants, since)
    async with _newsstand(demo, clock, resumes=since is not None) as port:
        settings = demo.directory.settings(port)
        demo.say(f"{len(demo.outlets)} feeds on 127.0.0.1:{port}, polled each hour.\n")
        with Ledger.open(settings.ledger) as ledger:
            async with assembled(settings, ledger, clock) as daemon:
                going = True
                while going:
                    await _hold(demo, daemon, clock.now())
                    going = clock.advance()
            show_ledger(demo.console, ledger, clock.now().date())


@asynccontextmanager
async def _newsstand(
    demo: Performance, clock: SteppingClock, *, resumes: bool
) -> AsyncIterator[int]:
    """Serve the news; a run that goes on needs the addresses that it began with."""
    port = demo.directory.port() if resumes else 0
    stand = Newsstand(demo.outlets, clock)
    try:
        await stand.start(port)
    except OSError as error:
        where = demo.directory.path
        reason = f"{where}: cannot serve its feeds on port {port}: {error.strerror}"
        raise DemoError(reason) from error
    try:
        yield stand.port
    finally:
        stand.stop()


async def _hold(demo: Performance, daemon: Daemon, instant: datetime) -> None:
    """Let the daemon do what is due, and say what is in the news at *instant*.

    The news is said before: so that silence can be seen, too.
    """
    news = story.arriving(demo.outlets, instant)
    for outlet, wording, edited in news:
        title = f"{wording.title} (edited)" if edited else wording.title
        demo.say(f"{instant:%Y-%m-%d %H:%M}  {outlet.name:19}  {title}", "dim")
    done = await daemon.tick()
    for failed in done.failed:
        demo.say(f"{failed.feed.name}: {failed.error}", "red")
    await asyncio.sleep(demo.pace if news else 0)
