"""Words that describe a person or a firm and stand glued to the name."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rules.language.words import words
from rules.spans.draft import Draft
from rules.spans.names import SUFFIXES, is_given
from rules.spans.runs import Run, opens

_ADJECTIVES = ("ful", "less", "ous", "liner", "ible", "ical", "ist")
_OTHERS = "er ers or ian ians ant ent ed ing ic ive ists model star woman"
_DESCRIBES = (*_ADJECTIVES, *_OTHERS.split())
_PARTICIPLES = words("nominated winning selling based born educated trained led listed")
_SHORTEST = 5
_THREE = 3


def participle(low: str) -> bool:
    """Whether a word made of two only describes: "Emmy-nominated"."""
    return low.rpartition("-")[2] in _PARTICIPLES and "-" in low


def adjective(low: str) -> bool:
    """Whether a word at a sentence's beginning is rather an adjective: "Tearful"."""
    if is_given(low) or len(low) < _SHORTEST:
        return False
    return participle(low) or low.endswith((*_ADJECTIVES, "ed"))


def standing(named: Sequence[tuple[Draft, Run]]) -> frozenset[tuple[str, ...]]:
    """Return the names of two words or more that stand by themselves somewhere."""
    return frozenset(
        draft.lows[first:last] for draft, (first, last) in named if last - first > 1
    )


def bare(
    draft: Draft, first: int, last: int, alone: Container[tuple[str, ...]]
) -> tuple[int, int]:
    """Return the run without what is glued to the name in it.

    Names in *alone* stand by themselves elsewhere: "Norvik Ana Prieto" has one of them.
    """
    if last - first >= _THREE:
        if draft.lows[first + 1 : last] in alone and _starts_apart(draft, first):
            return first + 1, last
        if draft.lows[first : last - 1] in alone and _ends_apart(draft, last):
            return first, last - 1
    if opens(draft, first) and _describes(draft, first, last):
        return first + 1, last
    return first, last


def _starts_apart(draft: Draft, first: int) -> bool:
    return is_given(draft.low(first + 1)) and not is_given(draft.low(first))


def _ends_apart(draft: Draft, last: int) -> bool:
    low = draft.low(last - 1)
    return not (is_given(low) or low in SUFFIXES) and draft.low(last) != "'s"


def _describes(draft: Draft, first: int, last: int) -> bool:
    """Tell "Hardliner Orr", "Supermodel Ana Prieto" from a name."""
    low = draft.low(first)
    if is_given(low) or len(low) < _SHORTEST or last - first == 1:
        return False
    if last - first == _THREE - 1:
        return low.endswith(_ADJECTIVES) or participle(low)
    return is_given(draft.low(first + 1)) and low.endswith(_DESCRIBES)
