"""The service: a daemon that beats, told to the supervisor, built anew on a reload.

A reload happens between two ticks, so it cuts off no poll and no delivery; the ledger
and what waits in it stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from rules.errors import RulesError
from state.errors import StateError
from watcher.config.settings import Settings
from watcher.config.toml_lines import line_of, lines
from watcher.daemon import PATIENCE, Daemon, Round
from watcher.errors import ConfigError, WatcherError
from watcher.health.check import stamp_of
from watcher.health.ping import Ping
from watcher.health.vitals import Vitals
from watcher.heartbeat import PERIOD, Heartbeat
from watcher.signals import reloading, stopping
from watcher.supervisor import Supervisor

Build = Callable[[Settings], AbstractAsyncContextManager[Daemon]]
_log = structlog.get_logger("watcher.service")


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told how the service is doing; whoever is left out is not."""

    supervisor: Supervisor
    vitals: Vitals = field(default_factory=Vitals)
    ping: Ping | None = None


class Service:
    """Runs what *build* makes of *settings*, and of what *load* reads on SIGHUP."""

    def __init__(
        self,
        settings: Settings,
        load: Callable[[], Settings],
        build: Build,
        told: Told,
    ) -> None:
        self._settings = settings
        self._load = load
        self._build = build
        self._told = told
        self._supervisor = told.supervisor
        self._built = AsyncExitStack()
        self._reload = self._stopping = False

    async def run(
        self, *, everything: bool = False, period: timedelta = PERIOD
    ) -> None:
        """Tick each *period* until a signal says stop; *everything* polls all at first.

        Raises LedgerDamagedError, and what building the first daemon raises.
        """
        self._everything = everything
        self._daemon = await self._built.enter_async_context(
            self._build(self._settings)
        )
        heart = Heartbeat(self._beat, period, self._pulse)

        def reload() -> None:
            self._reload = True
            heart.wake()

        try:
            with stopping(self._halt) as stop, reloading(reload):
                self._say_ready()
                await heart.run(stop, PATIENCE)
        finally:
            self._supervisor.stopping()
            await self._built.aclose()

    async def _beat(self) -> None:
        """Tick, and again when the config was read anew before or meanwhile."""
        await self._reload_if_asked()
        await self._tick()
        while await self._reload_if_asked():
            await self._tick()

    async def _tick(self) -> None:
        """Tick; a ledger that is busy or out of room is tried again later."""
        done = await self._daemon.beat(everything=self._everything)
        if done is None:
            self._told.vitals.trouble = "the ledger cannot be used now"
            return
        self._everything = False
        self._note(done)

    def _note(self, done: Round) -> None:
        """Tell of a good round."""
        vitals = self._told.vitals
        vitals.tally, vitals.failing = self._daemon.standing()
        brought = done.counts()
        vitals.polled(done.words(), brought["articles"], brought["changes"])
        if self._told.ping is not None:
            self._told.ping.after_round()

    def _pulse(self) -> None:
        self._supervisor.alive()
        self._told.vitals.beat()
        try:
            stamp_of(self._settings.ledger).touch()
        except OSError as error:
            _log.warning("heartbeat not stamped", error=str(error))

    def _halt(self) -> None:
        self._stopping = True
        self._supervisor.stopping()
        self._daemon.halt()

    async def _reload_if_asked(self) -> bool:
        """Read the config anew if a signal asked for it; return whether it did."""
        if not self._reload or self._stopping:
            return False
        self._reload = False
        self._supervisor.reloading()
        try:
            await self._take_over(self._load())
        except (WatcherError, StateError, RulesError, OSError) as error:
            _log.error("config not taken over, the old one stays", error=str(error))
        self._say_ready()
        return True

    async def _take_over(self, new: Settings) -> None:
        """Build with the *new* config first, so that a bad one changes nothing."""
        _refuse_moved_ledger(self._settings, new)
        built = AsyncExitStack()
        daemon = await built.enter_async_context(self._build(new))
        old, self._built = self._built, built
        self._daemon, self._settings = daemon, new
        if self._stopping:
            daemon.halt()
        await old.aclose()
        _log.info("config taken over", file=str(new.file))

    def _say_ready(self) -> None:
        feeds = len(self._settings.feeds)
        _log.info("watching", feeds=feeds)
        self._supervisor.ready(f"watching {feeds} feeds")


def _refuse_moved_ledger(old: Settings, new: Settings) -> None:
    if old.ledger != new.ledger:
        line = line_of(("ledger",), lines(new.file.read_text("utf-8")))
        reason = "cannot change while running; restart the watcher"
        raise ConfigError(new.file, reason, line=line, key="ledger")
