"""The heartbeat: one job, again and again, on a clock that may jump.

APScheduler runs it: one job in UTC, never twice at a time, in memory alone. What is
due is in the ledger; this only asks often enough.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

PERIOD = timedelta(seconds=15)
# A job that runs for longer hangs: no feed and no channel may take that long.
LONGEST_JOB = timedelta(minutes=10)


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


class Stop:
    """A wish to stop: asked once, after the current work; asked twice, at once."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.at_once = asyncio.Event()

    def ask(self) -> None:
        """Wish to stop, or say it again."""
        if self.asked.is_set():
            self.at_once.set()
        self.asked.set()


async def finish(task: asyncio.Task[Any], stop: Stop, patience: float) -> None:
    """Wait *patience* seconds for *task*, less when the stop is at once; then cancel.

    Raises nothing: what the task raised stays in it.
    """
    hurry = asyncio.create_task(stop.at_once.wait())
    await asyncio.wait(
        {task, hurry}, timeout=patience, return_when=asyncio.FIRST_COMPLETED
    )
    hurry.cancel()
    task.cancel()
    await asyncio.wait({task})


class Heartbeat:
    """Runs *job* at once and then each *period* until told to stop.

    *pulse* is called at least once a period, unless the loop or the job hangs.
    """

    def __init__(
        self,
        job: Callable[[], Coroutine[Any, Any, object]],
        period: timedelta = PERIOD,
        pulse: Callable[[], None] = lambda: None,
    ) -> None:
        self._job = job
        self._period = period
        self._pulse = pulse
        self._woken = asyncio.Event()
        self._running: asyncio.Task[object] | None = None
        self._last_beat = 0.0
        self._broken = asyncio.Event()
        self._ending = False

    def wake(self) -> None:
        """Beat now instead of at the end of the period, unless the job runs."""
        self._woken.set()

    async def run(self, stop: Stop, patience: float) -> None:
        """Beat until asked to stop, then give a running job *patience* seconds.

        Raises what the job raises, which ends the beating.
        """
        scheduler = AsyncIOScheduler(timezone=UTC)
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        beat = scheduler.add_job(self._beat, _Steady(self._period), **options)
        scheduler.start()
        try:
            await self._watch(beat, stop)
            await self._end(stop, patience)
        finally:
            scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        """Run the job out of the scheduler's reach, whose shutdown cancels its own."""
        if self._ending:
            return
        self._last_beat = asyncio.get_running_loop().time()
        self._pulse()
        self._running = asyncio.create_task(self._job())
        await asyncio.wait({self._running})
        if not self._running.cancelled() and self._running.exception():
            self._broken.set()

    async def _watch(self, beat: Any, stop: Stop) -> None:
        """Wait for the end; beat by hand when a clock that went back stops the beat."""
        seconds = self._period.total_seconds()
        while not stop.asked.is_set() and not self._broken.is_set():
            await self._nap(stop, seconds)
            if self._woken.is_set() or self._overdue(2 * seconds):
                self._woken.clear()
                beat.modify(next_run_time=datetime.now(UTC))
            if not self._hangs():
                self._pulse()

    async def _nap(self, stop: Stop, seconds: float) -> None:
        """Wait *seconds*, or until something is wished for or broken."""
        events = (stop.asked, self._broken, self._woken)
        ends = {asyncio.create_task(one.wait()) for one in events}
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()

    def _hangs(self) -> bool:
        """Whether the job has been running for longer than any sound one."""
        if self._running is None or self._running.done():
            return False
        return self._since_beat() > LONGEST_JOB.total_seconds()

    def _overdue(self, seconds: float) -> bool:
        if self._running is None or not self._running.done():
            return False
        return self._since_beat() > seconds

    def _since_beat(self) -> float:
        return asyncio.get_running_loop().time() - self._last_beat

    async def _end(self, stop: Stop, patience: float) -> None:
        self._ending = True
        if self._running is None:
            return
        await finish(self._running, stop, patience)
        if not self._running.cancelled():
            self._running.result()
