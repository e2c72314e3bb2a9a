"""Feeds that say nothing for longer than they ever did: told of once. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from state.model import FeedState

_LEAST = timedelta(days=2)
_UNKNOWN = timedelta(days=30)
_TIMES = 3


def expected_by(state: FeedState) -> datetime | None:
    """Return by when the feed should have changed, going by its longest silence yet.

    That is three times as long, and at least two days; a feed that never changed since
    it was first read has a month. None of a feed that was never understood.
    """
    if state.changed_at is None:
        return None
    usual = state.longest_silence
    patience = max(_LEAST, usual * _TIMES) if usual else _UNKNOWN
    return state.changed_at + patience


def longest(state: FeedState, now: datetime) -> timedelta | None:
    """Return the longest time that the feed was silent, now that it has changed."""
    if state.changed_at is None:
        return state.longest_silence
    silence = max(timedelta(), now - state.changed_at)
    return max(silence, state.longest_silence or timedelta())


def overdue(state: FeedState, now: datetime) -> bool:
    """Whether the feed is silent for too long, and nobody has been told."""
    by = expected_by(state)
    return by is not None and now > by and not state.silence_told
