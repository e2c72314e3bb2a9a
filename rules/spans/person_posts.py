"""Proof that a name is a person's by the post that it stands with."""

from __future__ import annotations

from rules.language.words import words
from rules.spans.draft import Draft

_EVENTS = words(
    "appointment departure resignation retirement return death dismissal sacking "
    "nomination election promotion hiring firing ouster ousting removal retiring "
    "arrival reappointment inauguration"
)
_INTO = words(
    "returned returns joins joined becomes became takes took steps stepped quits quit "
    "will has succeeds replaces replaced resigned resigns retires retired moves moved "
    "starts started serves served was is"
)
_IS = words("is be : was becomes named")
_STOPS = words(", . ; : ( ) who which that and")
_REACH = 7


def in_post(draft: Draft, first: int, last: int) -> bool:
    """Whether the words around [first, last) give it a post, as only people have."""
    return (
        _as_post(draft, last)
        or _of_event(draft, first)
        or _named(draft, first)
        or _whose(draft, last)
        or _into(draft, first, last)
    )


def _as_post(draft: Draft, last: int) -> bool:
    """Tell "Ona Reyl as [the new] chief executive"."""
    return draft.low(last) == "as" and _role_within(draft, last + 1, 5)


def _of_event(draft: Draft, first: int) -> bool:
    """Tell "the departure of Ona Reyl"."""
    return draft.low(first - 1) == "of" and draft.low(first - 2) in _EVENTS


def _named(draft: Draft, first: int) -> bool:
    """Tell "the new director is Ona Reyl" and "his name is Ona Reyl"."""
    before = draft.low(first - 1)
    if before not in _IS:
        return False
    if draft.low(first - 2) == "name":
        return True
    for index in range(first - 2, max(-1, first - 2 - _REACH), -1):
        if draft.role(index) is not None:
            return True
        if draft.low(index) in _STOPS:
            return False
    return False


def _whose(draft: Draft, last: int) -> bool:
    """Tell "Ona Reyl, who"."""
    comma = draft.low(last) == ","
    return draft.low(last + comma) in {"who", "whose"}


def _into(draft: Draft, first: int, last: int) -> bool:
    """Tell "Ona Reyl returned [to being] minister" at the beginning of a sentence."""
    begins = first == 0 or draft.low(first - 1) in _STOPS
    verb = draft.low(last) in _INTO
    return begins and verb and _role_within(draft, last + 1, 5)


def _role_within(draft: Draft, start: int, reach: int) -> bool:
    for index in range(start, start + reach):
        if draft.role(index) is not None:
            return True
        if draft.low(index) in _STOPS or draft.low(index) == "":
            return False
    return False
