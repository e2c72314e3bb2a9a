"""The heartbeat: one job, again and again, on a clock that may jump.

APScheduler runs it: one job in UTC, never twice at a time, in memory alone. What is
due is in the ledger; this only asks often enough.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

PERIOD = timedelta(seconds=15)


class _Steady(BaseTrigger):  # type: ignore[misc]  # it publishes no types
    """Fires one period from now, whatever the clock did meanwhile.

    An interval trigger counts from the last run instead: after a jump forward it
    lists every missed time first (a year of them stops the scheduler).
    """

    def __init__(self, period: timedelta) -> None:
        self._period = period

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return *now* for the first time, then one period later than *now*."""
        return now if previous is None else now + self._period


class Heartbeat:
    """Runs *job* at once and then each *period* until told to stop."""

    def __init__(
        self, job: Callable[[], Coroutine[Any, Any, object]], period: timedelta = PERIOD
    ) -> None:
        self._job = job
        self._period = period
        self._running: asyncio.Task[object] | None = None
        self._last_beat = 0.0

    async def run(self, stop: asyncio.Event, patience: float) -> None:
        """Beat until *stop* is set, then give a running job *patience* seconds.

        Raises what the job raises, which ends the beating.
        """
        self._stop = stop
        scheduler = AsyncIOScheduler(timezone=UTC)
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        beat = scheduler.add_job(self._beat, _Steady(self._period), **options)
        scheduler.start()
        try:
            await self._watch(beat, stop)
            if self._running is not None:
                await finish(self._running, patience)
        finally:
            scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        """Run the job out of the scheduler's reach, whose shutdown cancels its own."""
        self._last_beat = asyncio.get_running_loop().time()
        self._running = asyncio.create_task(self._job())
        self._running.add_done_callback(self._notice)
        await asyncio.wait({self._running})

    def _notice(self, job: asyncio.Task[object]) -> None:
        if not job.cancelled() and job.exception() is not None:
            self._stop.set()

    async def _watch(self, beat: Any, stop: asyncio.Event) -> None:
        """Wait for *stop*; beat by hand when a clock that went back stops the beat."""
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._period.total_seconds())
            if self._overdue():
                beat.modify(next_run_time=datetime.now(UTC))

    def _overdue(self) -> bool:
        if self._running is None or not self._running.done():
            return False
        waited = asyncio.get_running_loop().time() - self._last_beat
        return waited > 2 * self._period.total_seconds()


async def finish(task: asyncio.Task[Any], patience: float) -> None:
    """Wait *patience* seconds for *task*, then cancel it; raises what it raised."""
    try:
        await asyncio.wait_for(task, patience)
    except TimeoutError:
        return
