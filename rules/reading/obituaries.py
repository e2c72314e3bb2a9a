"""Whether a death ends a post: not that of somebody who has long left it."""

from __future__ import annotations

from itertools import pairwise

from rules.document import Document
from rules.language.words import words
from rules.reading.event import Event

_OLD = range(80, 116)
_LONG_AGO = 8
_CENTURIES = ("19", "20")
_YEAR = 4
_PRAISE = words(
    "legend legendary great pioneer pioneering hero iconic veteran retired winning "
    "founder beloved trailblazing trailblazer rights film movie oscar-winning"
)
_RANKS = frozenset({"captain", "general", "bishop", "judge", "director"})


def long_left(event: Event, document: Document) -> bool:
    """Whether who died had perhaps left the post: of old age, or famed of old."""
    if event.found.rule.cause != "died":
        return False
    lows = [token.low for s in document.sentences for token in s.tokens]
    if any(low.isdecimal() and int(low[:4]) in _OLD for low in lows):
        return True
    praised = any(_PRAISE & set(low.split("-")) | ({low} & _PRAISE) for low in lows)
    return praised or _years(document, lows) or _merely_ranked(event)


def _years(document: Document, lows: list[str]) -> bool:
    """Whether the article speaks of a year long ago: "the 1973 oil shock"."""
    published = document.article.published
    if published is None:
        return False
    last = published.year - _LONG_AGO
    years = (
        low
        for before, low in pairwise(lows)
        if low.isdecimal() and len(low) == _YEAR and before != "since"
    )
    return any(int(y) <= last for y in years if y.startswith(_CENTURIES))


def _merely_ranked(event: Event) -> bool:
    """Whether the title is a rank or a craft, not surely a post: "director Orr"."""
    posts = [o for o in event.found.offices if o.role]
    keys = {o.role.key for o in posts if o.role}
    housed = any(o.organization for o in posts) and keys <= {"director"}
    return bool(keys) and keys <= _RANKS and not housed
