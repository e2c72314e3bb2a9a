"""Firms that bear a person's name, told by the place of a firm beside a post."""

from __future__ import annotations

from collections.abc import Sequence

from rules.language.words import words
from rules.spans.draft import Draft
from rules.spans.names import HONORIFICS, TITLES
from rules.spans.runs import Run, opens

_POSTS = frozenset(
    {
        *("ceo", "cfo", "coo", "cto", "cmo", "chair", "vice chair", "president"),
        *("managing director", "creative director", "vice president", "board member"),
    }
)
_LONGEST = 4
_BEFORE = words("former ex the by with and from said says")
_BESIDE = words("chief boss ceo cfo chairman president executive")


def firms(named: Sequence[tuple[Draft, Run]]) -> frozenset[tuple[str, ...]]:
    """Return the names that stand as a firm: "chief executive of Karl Orbin"."""
    return frozenset(
        draft.lows[first:last]
        for draft, (first, last) in named
        if 1 < last - first <= _LONGEST and _firm(draft, first, last)
    )


def _firm(draft: Draft, first: int, last: int) -> bool:
    if draft.low(first) in HONORIFICS | TITLES:
        return False
    return _led(draft, first, last) or _beside(draft, first, last)


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
