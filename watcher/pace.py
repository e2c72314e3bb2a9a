"""How often a feed is polled, learnt from what its polls brought. Pure.

A feed whose window rolls over between two polls is polled twice as often; one that
brings nothing new is left alone a little longer each time, within the bounds.
"""

from __future__ import annotations

from datetime import timedelta

from state.model import FeedState
from watcher.model import FeedSpec

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=1)
_HALF = 0.5
_MOST = 0.9
_FASTER = 0.5
_SLOWER = 1.2


def interval(feed: FeedSpec, state: FeedState) -> timedelta:
    """Return how long to wait between two polls: as configured, or as learnt."""
    learnt = state.pace if feed.adaptive else None
    return learnt or feed.interval


def learnt(feed: FeedSpec, state: FeedState, known: float | None) -> timedelta | None:
    """Return the pace after a poll that was understood, None if none is learnt.

    *known* is which share of the items shown had been shown before: 1.0 of an answer
    that was the same, 0.0 when nothing joins up, None when nobody can say.
    """
    if not feed.adaptive:
        return None
    now = interval(feed, state)
    if known is None:
        return now
    if known < _HALF:
        return max(SHORTEST, now * _FASTER)
    return min(LONGEST, now * _SLOWER) if known >= _MOST else now
