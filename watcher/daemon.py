"""The daemon: due feeds polled side by side, and deliveries sent.

What is due stands in the ledger; `tick` does what is due now and returns.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from state.errors import LedgerDamagedError, LedgerFullError, StateError
from state.model import Change, Tally
from watcher import notices, pace, schedule
from watcher.announce import announce
from watcher.channels import Channel
from watcher.courier import courier
from watcher.deliver import Policy, deliver
from watcher.heartbeat import finish
from watcher.model import FeedSpec
from watcher.poll import PollOutcome, Tools, note_failure, poll
from watcher.resting import host, let_rest
from watcher.revisit import revisit
from watcher.signals import stopping
from watcher.trouble import Trouble

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
    """Watches *feeds* with *tools* and sends what changes to *channels* by *policy*.

    *steady* are seconds by a clock that nobody sets; without it jumps go unnoticed.
    """

    def __init__(
        self,
        feeds: Sequence[FeedSpec],
        tools: Tools,
        channels: Mapping[str, Channel],
        policy: Policy | None = None,
        *,
        steady: Callable[[], float] | None = None,
    ) -> None:
        self._steady = steady
        self._seen: tuple[datetime, float] | None = None
        self._feeds = tuple(feeds)
        self._tools = tools
        self._channels = channels
        self._policy = policy
        self._trouble = Trouble()

    async def tick(self, *, everything: bool = False) -> Round:
        """Poll the feeds that are due (or *everything*), settle and deliver.

        Raises StateError when the ledger itself cannot be used; when that is known
        beforehand, nothing is fetched.
        """
        tools, sent = self._tools, 0
        tools.ledger.access.check()

        async def drain() -> None:
            nonlocal sent
            done = await deliver(
                tools.ledger, self._channels, tools.clock, tools.chance, self._policy
            )
            sent += done.sent

        async with courier(drain) as call:
            outcomes = await self._poll_all(self._due(everything=everything), call)
            revised = await revisit(self._feeds, tools)
            effective = tools.ledger.settle(tools.clock.now(), tools.channels)
        done = Round(outcomes, (*revised, *effective))
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

    async def beat(self, *, everything: bool = False) -> Round | None:
        """Tick unless the ledger is left alone; return None when it cannot be used.

        Raises LedgerDamagedError.
        """
        trouble = self._trouble
        await self._look_at_clock()
        if trouble.rests(self._tools.clock.now()):
            return None
        try:
            self._tools.ledger.access.check(trouble.room)
            done = await self.tick(everything=everything)
        except LedgerDamagedError:
            raise
        except StateError as error:
            await self._leave_alone(error)
            return None
        self._trouble = Trouble()
        if trouble.failures:
            _log.info("ledger usable again", failures=trouble.failures)
        if trouble.told:
            now = self._tools.clock.now()
            await announce(self._channels, notices.usable_again(trouble.failures, now))
        return done

    async def _look_at_clock(self) -> None:
        """Say once by a channel when the clock was set since the last beat."""
        if self._steady is None:
            return
        now, passed = self._tools.clock.now(), self._steady()
        last, self._seen = self._seen, (now, passed)
        if last is None:
            return
        told = notices.jumped(last[0], now, timedelta(seconds=passed - last[1]))
        if told is not None:
            _log.warning("clock was set", before=str(last[0]), now=str(now))
            await announce(self._channels, told)

    async def _leave_alone(self, error: StateError) -> None:
        """Give a ledger that is busy or out of room some time, and say so.

        Only the first failure in a row is an error; the next ones tell nothing new.
        """
        tell = _log.info if self._trouble.failures else _log.error
        full = isinstance(error, LedgerFullError)
        self._trouble = self._trouble.worse(self._tools.clock.now(), full=full)
        again = str(self._trouble.next_try)
        tell("ledger not usable now", error=str(error), next_try=again)
        if self._trouble.untold(full=full):
            self._trouble = replace(self._trouble, told=True)
            now = self._tools.clock.now()
            await announce(self._channels, notices.unusable(str(error), now, full=full))

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
        sound = schedule.settled(state, pace.interval(feed, state), now)
        if sound != state:
            ledger.save_feed_state(sound)
        return not sound.gone if everything else schedule.is_due(sound, now)

    async def _poll_all(
        self, feeds: Sequence[FeedSpec], call: Callable[[], None]
    ) -> tuple[PollOutcome, ...]:
        """Poll side by side; *call* for the courier whenever one brought a change.

        The feeds of one host take turns, so that a slow one holds up no other host.
        Once the ledger cannot be used, no further feed is begun.
        """
        free, stuck = asyncio.Semaphore(AT_ONCE), asyncio.Event()
        turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        resting: set[str] = set()

        async def job(feed: FeedSpec) -> PollOutcome | None:
            async with turns[host(feed)], free:
                halted = stuck.is_set() or self._tools.halt.is_set()
                if halted or host(feed) in resting:
                    return None
                try:
                    outcome = await self._poll_one(feed)
                    if let_rest(self._tools.ledger, self._feeds, outcome):
                        resting.add(host(feed))
                except StateError:
                    stuck.set()
                    raise
            if outcome.changes:
                call()
            return outcome

        jobs = map(job, feeds)
        results = await asyncio.gather(*jobs, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return tuple(one for one in results if isinstance(one, PollOutcome))

    async def _poll_one(self, feed: FeedSpec) -> PollOutcome:
        """Poll one feed; its faults are its own outcome."""
        try:
            return await poll(feed, self._tools)
        except StateError:
            raise
        except Exception as error:
            # One feed's fault must not stop the others, even a fault of ours.
            _log.exception("fault while polling", feed=feed.name)
            return note_failure(feed, self._tools, error)
