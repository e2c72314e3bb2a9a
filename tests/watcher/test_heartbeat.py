"""The heartbeat beats at once, again and again, and stops when told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from watcher.heartbeat import Heartbeat, Stop

QUICK = timedelta(milliseconds=20)
LONG = timedelta(hours=1)


class Job:
    """Counts its runs, stops the heartbeat after *last*, takes *seconds* each time."""

    def __init__(self, last: int, seconds: float = 0.0) -> None:
        self.stop = Stop()
        self.last = last
        self.seconds = seconds
        self.begun = self.done = self.running = self.most = 0

    async def __call__(self) -> None:
        self.begun += 1
        self.running += 1
        self.most = max(self.most, self.running)
        if self.begun >= self.last:
            self.stop.ask()
        try:
            await asyncio.sleep(self.seconds)
            self.done += 1
        finally:
            self.running -= 1


def beat(job: Job, period: timedelta, patience: float = 5.0) -> None:
    async def run() -> None:
        await Heartbeat(job.__call__, period).run(job.stop, patience)

    asyncio.run(run())


def test_the_first_beat_does_not_wait_for_the_period() -> None:
    job = Job(last=1)
    beat(job, LONG)
    assert job.done == 1


def test_it_beats_again_until_told_to_stop() -> None:
    job = Job(last=3)
    beat(job, QUICK)
    assert job.done >= 3


def test_a_job_that_outlasts_the_period_is_never_run_twice_at_a_time() -> None:
    job = Job(last=3, seconds=0.06)
    beat(job, QUICK)
    assert job.most == 1


def test_the_running_job_finishes_before_the_stop() -> None:
    job = Job(last=1, seconds=0.1)
    beat(job, LONG)
    assert job.done == 1


def test_a_stop_between_two_beats_leaves_none_half_done() -> None:
    async def run() -> None:
        stop, begun, done = Stop(), [], []

        async def job() -> None:
            begun.append(len(begun))
            await asyncio.sleep(0.002)
            asyncio.get_running_loop().call_soon(stop.ask)
            done.append(len(done))

        await Heartbeat(job, timedelta(microseconds=1)).run(stop, 5.0)
        assert begun == done

    for _ in range(20):
        asyncio.run(run())


def test_a_job_that_does_not_finish_is_given_up() -> None:
    job = Job(last=1, seconds=60)
    beat(job, LONG, patience=0.05)
    assert (job.begun, job.done, job.running) == (1, 0, 0)


def test_a_job_that_breaks_ends_the_beating_with_its_own_error() -> None:
    async def broken() -> None:
        raise ValueError("the ledger is gone")

    async def run() -> None:
        await Heartbeat(broken, LONG).run(Stop(), 1.0)

    with pytest.raises(ValueError, match="the ledger is gone"):
        asyncio.run(run())
