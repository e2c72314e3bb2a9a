"""Hosts that want to be left alone: one feed was told so, all of the host's wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from state.ledger import Ledger
from watcher.model import FeedSpec
from watcher.poll import PollOutcome


def host(feed: FeedSpec) -> str:
    """Return the host that a feed is asked at."""
    return urlsplit(feed.url).hostname or feed.url


def let_rest(ledger: Ledger, feeds: Iterable[FeedSpec], told: PollOutcome) -> bool:
    """Keep that no feed of the host is due before it said; whether it said anything."""
    if told.rest is None:
        return False
    others = (feed for feed in feeds if host(feed) == host(told.feed))
    for state in (ledger.feed_state(feed.url) for feed in others):
        if not state.gone and (state.next_due_at or told.rest) <= told.rest:
            ledger.save_feed_state(replace(state, next_due_at=told.rest))
    return True
