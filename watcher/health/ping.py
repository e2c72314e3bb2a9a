"""The dead man's ping: an address that is asked after good rounds, and misses us."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from watcher.errors import FeedError
from watcher.fetch.ports import Getter

_log = structlog.get_logger("watcher.health")


@dataclass(slots=True)
class Ping:
    """Asks for *url*, a secret, at most once in *every* seconds, beside the rounds."""

    web: Getter
    url: str = field(repr=False)
    every: float = 60.0
    steady: Callable[[], float] = time.monotonic
    _last: float | None = None
    _failed: bool = False
    _under_way: asyncio.Task[None] | None = None

    def after_round(self) -> None:
        """Ask if it is time to; returns at once."""
        now = self.steady()
        if self._last is None or now - self._last >= self.every:
            self._last = now
            self._under_way = asyncio.create_task(self._ask())

    async def end(self) -> None:
        """Break off what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()
            await asyncio.wait({self._under_way})

    async def _ask(self) -> None:
        """Ask; the first of several failures is told, and that it works again."""
        try:
            await self.web.get(self.url)
        except FeedError as error:
            if not self._failed:
                _log.warning("ping not answered", reason=error.reason)
            self._failed = True
            return
        if self._failed:
            _log.info("ping answered again")
        self._failed = False
