"""Firms that bear a person's name, told by the place of a firm beside a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.draft import Draft
from rules.names import HONORIFICS, TITLES
from rules.runs import opens, runs
from rules.words import words

_POSTS = frozenset(
    {
        *("ceo", "cfo", "coo", "cto", "cmo", "chair", "vice chair", "president"),
        *("managing director", "creative director", "vice president", "board member"),
    }
)
_LONGEST = 4
_BEFORE = words("former ex the by with and from said says")
_BESIDE = words("chief boss ceo cfo chairman president executive")


def firms(drafts: Sequence[Draft]) -> frozenset[tuple[str, ...]]:
    """Return the names that stand as a firm: "chief executive of Karl Orbin"."""
    return frozenset(name for draft in drafts for name in _named(draft))


def _named(draft: Draft) -> Iterator[tuple[str, ...]]:
    if draft.titled:
        return
    for first, last in runs(draft):
        titled = draft.low(first) in HONORIFICS | TITLES
        if titled or not 1 < last - first <= _LONGEST:
            continue
        if _led(draft, first, last) or _beside(draft, first, last):
            yield draft.lows[first:last]


def _led(draft: Draft, first: int, last: int) -> bool:
    """Whether a post of firms is held "of" it; "to the president of X's board" not."""
    role = draft.role(first - 2)
    of = draft.low(first - 1) == "of" and draft.low(last) != "'s"
    return of and role is not None and role.key in _POSTS


def _beside(draft: Draft, first: int, last: int) -> bool:
    """Tell "Karl Orbin chief Ana Prieto": a name, a post, another name."""
    span = draft.span(last)
    if span is None or draft.role(last) is None or draft.capital(last):
        return False
    after = draft.capital(span.last) and draft.owner[span.last] is None
    starts = opens(draft, first) or draft.low(first - 1) in _BEFORE
    return after and starts and draft.low(span.last - 1) in _BESIDE
