"""Bare names to watch, made into a watch list: who is a person, what is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rules.model import WatchedOrganization, WatchedPerson, Watchlist
from rules.spans.names import HONORIFICS, TITLES, is_given
from rules.spans.shapes import TAILS

_LONGEST = 4


def watchlist(names: Iterable[str]) -> Watchlist:
    """Return a watch list of *names*, each as a person or as an organisation."""
    unique = tuple(dict.fromkeys(names))
    return Watchlist(
        tuple(WatchedOrganization(name) for name in unique if not is_person(name)),
        tuple(WatchedPerson(name) for name in unique if is_person(name)),
    )


def is_person(name: str) -> bool:
    """Whether *name* looks like a person's: a given name or a title, then a surname.

    A firm that bears its founder's whole name is taken for the founder.
    """
    words = [word.casefold() for word in name.split()]
    if not 1 < len(words) <= _LONGEST or "&" in words:
        return False
    if words[-1] in TAILS:
        return False
    return words[0] in HONORIFICS | TITLES or is_given(words[0])
