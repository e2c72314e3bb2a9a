"""Whether a feed rolled over between two polls: what it shows and showed. Pure.

A feed shows its last few items. If none of those that it showed is there any more,
others may have come and gone in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from state.model import FeedState, Gap, Window
from watcher.fetch.urls import canonical
from watcher.model import FeedItem, ParsedFeed

_DIGITS = 12


def marks(items: Iterable[FeedItem]) -> frozenset[str]:
    """Return short names of *items*: one for each guid and each link."""
    pairs = ((item.guid, canonical(item.url)) for item in items)
    return frozenset(_mark(name) for pair in pairs for name in pair if name)


def pieces(parsed: ParsedFeed, window: Window | None) -> dict[str, frozenset[str]]:
    """Return the marks of each piece that the feed shows, by the piece's name."""
    old = window.pieces if window is not None else {}
    known = {name: old[name] for name in parsed.known if name in old}
    return known | {i.piece: marks([i]) for i in parsed.items if i.piece}


def shown(parsed: ParsedFeed, window: Window | None) -> frozenset[str]:
    """Return the marks of all that the feed shows, parsed again or not."""
    return marks(parsed.shown).union(*pieces(parsed, window).values())


def joined(window: Window | None, shown: frozenset[str]) -> float | None:
    """Return which share of what is shown was shown before; None if nobody can say."""
    if window is None or not shown:
        return None
    return len(window.marks & shown) / len(shown)


def gap(
    window: Window | None, state: FeedState, shown: frozenset[str], now: datetime
) -> Gap | None:
    """Return the time for which items may be missing, None if *shown* joins up.

    It begins with the last answer that was understood, a 304 among them.
    """
    if window is None or not shown or window.marks & shown:
        return None
    sound = state.checked_at if state.failures == 0 else None
    since = max(window.seen_at, sound) if sound else window.seen_at
    return Gap(state.url, min(since, now), now)


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
