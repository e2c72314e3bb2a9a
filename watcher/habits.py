"""What polls teach of a feed: where it is, what was seen of it, its silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from state.ledger import Ledger
from state.model import Covered, FeedState
from watcher import moved, silence
from watcher.clock import Clock
from watcher.fetch.urls import redact
from watcher.model import FeedSpec, Response

_log = structlog.get_logger("watcher.poll")


class Keeper(Protocol):
    """What the habits are kept with: the tools of a poll."""

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        ...

    @property
    def clock(self) -> Clock:
        """The clock."""
        ...


def found_at(feed: FeedSpec, state: FeedState, response: Response) -> FeedState:
    """Return *state* with where the feed was found; say when it has moved for good."""
    later = moved.followed(state, response)
    if later.address != state.address:
        _log.warning(
            "feed moved",
            feed=feed.name,
            to=redact(later.address or feed.url),
            advice="it is polled there from now on; put the address into the config",
        )
    return later


def cover(feed: FeedSpec, tools: Keeper, state: FeedState, *, gap: bool) -> None:
    """Keep that all items since the last good poll were seen, or that some may lack."""
    now, last = tools.clock.now(), state.checked_at
    if last is not None and last < now and not state.failures:
        tools.ledger.coverage.cover(feed.url, Covered(last, now, gap))
    elif state.failures and state.changed_at is not None and state.changed_at < now:
        # What came while it was down stands in the window that joins up.
        tools.ledger.coverage.cover(feed.url, Covered(state.changed_at, now, gap))


def complained(feed: FeedSpec, state: FeedState, now: datetime) -> FeedState:
    """Return *state*, and say once when the feed is silent beyond its habit."""
    if not silence.overdue(state, now):
        return state
    _log.error(
        "feed silent",
        feed=feed.name,
        last_change=str(state.changed_at),
        expected_by=str(silence.expected_by(state)),
        advice="it answers and brings nothing new: see whether it has moved or ended",
    )
    return replace(state, silence_told=True)
