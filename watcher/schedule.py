"""When a feed is due next, and what to remember of it: pure decisions.

`next_due_at` stands in the ledger, so a restart polls nothing early. All times are
aware UTC; the wall clock may jump and is never trusted across a jump.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from state.model import FeedState, Validators
from watcher import silence
from watcher.model import ParsedFeed, Response

LONGEST = timedelta(hours=24)
_HOUR = timedelta(hours=1)
_HOURS_OF_A_WEEK = 7 * 24
_DOUBLINGS = 16
_SPREAD = 0.25


@dataclass(frozen=True, slots=True)
class Wishes:
    """How long the server asks us to stay away: each is a lower bound, None unsaid.

    *retry_after* and *max_age* are in seconds, as the headers give them.
    """

    ttl: timedelta | None = None
    max_age: float | None = None
    retry_after: float | None = None

    def pause(self) -> timedelta:
        """Return the longest wish, at most `LONGEST`; zero when there is none."""
        asked = (_span(self.max_age), _span(self.retry_after), self.ttl)
        return min(LONGEST, max(_known(asked), default=timedelta()))


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether the feed may be polled now; one never polled may, one gone never."""
    if state.gone:
        return False
    return state.next_due_at is None or state.next_due_at <= now


def settled(state: FeedState, interval: timedelta, now: datetime) -> FeedState:
    """Return *state* with its dates fit for a clock that has jumped.

    A clock that went back would keep the feed waiting for a time that has been: the
    pause it was given starts afresh from *now*. No pause outlasts the longest one.
    """
    if state.next_due_at is None:
        return state
    due = min(state.next_due_at, now + max(interval, LONGEST))
    checked = state.checked_at
    if checked is not None and checked > now:
        due = min(due, now + (state.next_due_at - checked))
        checked = now
    return replace(state, next_due_at=due, checked_at=checked)


def succeeded(
    state: FeedState, interval: timedelta, wishes: Wishes, now: datetime
) -> FeedState:
    """Return *state* after an answer that was understood.

    What the feed itself asked for is in *state* and counts after a 304, too.
    """
    own = replace(wishes, ttl=max(_known((wishes.ttl, state.ttl)), default=None))
    latest = now + max(interval, LONGEST)
    return replace(
        state,
        next_due_at=min(latest, _awake(state, now + max(interval, own.pause()))),
        checked_at=now,
        failures=0,
        error=None,
    )


def failed(
    state: FeedState,
    interval: timedelta,
    wishes: Wishes,
    now: datetime,
    chance: float,
) -> FeedState:
    """Return *state* after one more failure; the caller adds the reason.

    The pause doubles with each failure in a row, up to `LONGEST`. *chance* in [0, 1)
    spreads it by up to a quarter, so that feeds which fell together do not come back
    together. The validators stay: they belong to the last body understood.
    """
    failures = state.failures + 1
    doubled = min(LONGEST, interval * 2 ** min(failures - 1, _DOUBLINGS))
    spread = min(LONGEST, doubled * (1 + _SPREAD * chance))
    pause = max(interval, spread, wishes.pause())
    return replace(state, next_due_at=now + pause, checked_at=now, failures=failures)


def fingerprint(response: Response) -> str:
    """Return a name for the body, equal when nothing changed."""
    return hashlib.sha256(response.body).hexdigest()


def unchanged(state: FeedState, response: Response) -> bool:
    """Whether the answer says what was understood before."""
    return response.not_modified or fingerprint(response) == state.body_hash


def renewed(state: FeedState, response: Response) -> FeedState:
    """Return *state* with the validators that an unchanged answer brought, if any."""
    old, new = state.validators, response.validators
    validators = Validators(
        new.etag or old.etag, new.last_modified or old.last_modified
    )
    return replace(state, validators=validators)


def advanced(
    state: FeedState, response: Response, parsed: ParsedFeed, now: datetime
) -> FeedState:
    """Return *state* with the marks and wishes of a new body, unless it was cut off."""
    if parsed.partial:
        return state
    return replace(
        state,
        validators=response.validators,
        body_hash=fingerprint(response),
        ttl=parsed.ttl,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        changed_at=now,
        longest_silence=silence.longest(state, now),
        silence_told=False,
    )


def gone(state: FeedState, now: datetime) -> FeedState:
    """Return *state* of a feed whose server says that it will not come back."""
    return replace(state, gone=True, next_due_at=None, checked_at=now)


def _awake(state: FeedState, due: datetime) -> datetime:
    """Return *due*, or the first hour after it that the feed does not want skipped."""
    later = due
    for _ in range(_HOURS_OF_A_WEEK):
        if not (later.hour in state.skip_hours or later.weekday() in state.skip_days):
            return later
        later = later.replace(minute=0, second=0, microsecond=0) + _HOUR
    # Every hour of the week is to be skipped: that is no wish one can follow.
    return due


def _span(seconds: float | None) -> timedelta | None:
    """Return *seconds* as a span, capped before it can overflow."""
    if seconds is None or not seconds > 0:
        return None
    return timedelta(seconds=min(seconds, LONGEST.total_seconds()))


def _known(spans: Iterable[timedelta | None]) -> list[timedelta]:
    return [span for span in spans if span is not None]
