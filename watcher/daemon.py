"""The daemon: due feeds polled side by side, and deliveries sent.

What is due stands in the ledger; `tick` does what is due now and returns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from state.errors import StateError
from state.model import Change, Tally
from watcher import schedule
from watcher.channels import Channel
from watcher.courier import courier
from watcher.deliver import Policy, deliver
from watcher.heartbeat import finish
from watcher.model import FeedSpec
from watcher.poll import PollOutcome, Tools, note_failure, poll
from watcher.signals import stopping

AT_ONCE = 16
PATIENCE = 8.0  # seconds for the current work after a signal; supervisors give 10
_log = structlog.get_logger("watcher.daemon")


@dataclass(frozen=True, slots=True)
class Round:
    """What one tick did."""

    outcomes: tuple[PollOutcome, ...] = ()
    effective: tuple[Change, ...] = ()

    @property
    def failed(self) -> tuple[PollOutcome, ...]:
        """The feeds that could not be polled, but for those that have ended."""
        failed = (one for one in self.outcomes if one.error is not None)
        return tuple(one for one in failed if not one.gone)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change that the tick brought, those that took effect last."""
        polled = (change for one in self.outcomes for change in one.changes)
        return (*polled, *self.effective)

    def words(self) -> Iterator[str]:
        """Yield how each poll went: ok, failed or gone."""
        for one in self.outcomes:
            yield "gone" if one.gone else "failed" if one.error is not None else "ok"

    def counts(self) -> dict[str, int]:
        """Return the round in figures, for a log."""
        return {
            "feeds": len(self.outcomes),
            "failed": len(self.failed),
            "articles": sum(one.articles for one in self.outcomes),
            "changes": len(self.changes),
        }


class Daemon:
    """Watches *feeds* with *tools* and sends what changes to *channels* by *policy*."""

    def __init__(
        self,
        feeds: Sequence[FeedSpec],
        tools: Tools,
        channels: Mapping[str, Channel],
        policy: Policy | None = None,
    ) -> None:
        self._feeds = tuple(feeds)
        self._tools = tools
        self._channels = channels
        self._policy = policy

    async def tick(self, *, everything: bool = False) -> Round:
        """Poll the feeds that are due (or *everything*), settle and deliver.

        Raises StateError when the ledger itself cannot be used.
        """
        tools, sent = self._tools, 0

        async def drain() -> None:
            nonlocal sent
            done = await deliver(
                tools.ledger, self._channels, tools.clock, tools.chance, self._policy
            )
            sent += done.sent

        async with courier(drain) as call:
            outcomes = await self._poll_all(self._due(everything=everything), call)
            effective = tools.ledger.settle(tools.clock.now(), tools.channels)
        done = Round(outcomes, effective)
        if outcomes or done.changes or sent:
            _log.info("round", sent=sent, **done.counts())
        return done

    async def once(self, *, everything: bool = False) -> Round:
        """Run one tick; a signal to stop lets the current work finish first."""
        task = asyncio.create_task(self.tick(everything=everything))
        with stopping(self.halt) as stop:
            asked = asyncio.create_task(stop.asked.wait())
            await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            if not task.done():
                await finish(task, stop, PATIENCE)
        return Round() if task.cancelled() else task.result()

    def standing(self) -> tuple[Tally, int]:
        """Return how deliveries stand, and how many feeds failed when last polled."""
        ledger = self._tools.ledger
        states = (ledger.feed_state(feed.url) for feed in self._feeds)
        return ledger.tally(), sum(state.failures > 0 for state in states)

    def halt(self) -> None:
        """Begin nothing more; what is under way goes on."""
        self._tools.halt.set()

    def _due(self, *, everything: bool) -> list[FeedSpec]:
        return [feed for feed in self._feeds if self._is_due(feed, everything)]

    def _is_due(self, feed: FeedSpec, everything: bool) -> bool:  # noqa: FBT001  passed on
        """Whether *feed* is due; a state that a jumping clock broke is mended first."""
        ledger, now = self._tools.ledger, self._tools.clock.now()
        state = ledger.feed_state(feed.url)
        sound = schedule.settled(state, feed.interval, now)
        if sound != state:
            ledger.save_feed_state(sound)
        return not sound.gone if everything else schedule.is_due(sound, now)

    async def _poll_all(
        self, feeds: Sequence[FeedSpec], call: Callable[[], None]
    ) -> tuple[PollOutcome, ...]:
        """Poll side by side; *call* for the courier whenever one brought a change."""
        free = asyncio.Semaphore(AT_ONCE)

        async def job(feed: FeedSpec) -> PollOutcome | None:
            outcome = await self._poll_one(feed, free)
            if outcome is not None and outcome.changes:
                call()
            return outcome

        jobs = map(job, feeds)
        results = await asyncio.gather(*jobs, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return tuple(one for one in results if isinstance(one, PollOutcome))

    async def _poll_one(
        self, feed: FeedSpec, free: asyncio.Semaphore
    ) -> PollOutcome | None:
        """Poll one feed when there is room; its faults are its own outcome."""
        async with free:
            if self._tools.halt.is_set():
                return None
            try:
                return await poll(feed, self._tools)
            except StateError:
                raise
            except Exception as error:
                # One feed's fault must not stop the others, even a fault of ours.
                _log.exception("fault while polling", feed=feed.name)
                return note_failure(feed, self._tools, error)
