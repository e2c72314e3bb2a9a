"""The first poll of a feed: which of its items are news, and which only its past. Pure.

A new feed shows the news of weeks. What is old there is read, kept and noted, so that
the state is right, and nobody is told of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rules.model import Article
from state.model import FeedState
from watcher.model import FeedSpec


def quiet(
    feed: FeedSpec, state: FeedState, articles: Sequence[Article], now: datetime
) -> frozenset[str]:
    """Return the ids of the *articles*, oldest first, of which nobody is told.

    Only a feed that was never understood before has any: what is older than it calls
    fresh or has no date, or with its `backfill` all but the last so many.
    """
    if state.body_hash is not None:
        return frozenset()
    if feed.backfill is not None:
        past = articles[: max(0, len(articles) - feed.backfill)]
        return frozenset(one.id for one in past)
    since = now - feed.fresh
    return frozenset(
        one.id for one in articles if one.published is None or one.published < since
    )
