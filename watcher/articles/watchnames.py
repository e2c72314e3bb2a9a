"""Bare names to watch, made into a watch list: who is a person, what is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rules.model import WatchedOrganization, WatchedPerson, WatchedUnit, Watchlist
from rules.spans.names import HONORIFICS, TITLES, is_given
from rules.spans.places import is_place
from rules.spans.shapes import HEADS, TAILS

_LONGEST = 4
_PLACES = frozenset({"district", "county", "city", "town", "borough", "province"})


def watchlist(names: Iterable[str]) -> Watchlist:
    """Return a watch list of *names*, each as a person or as an organisation.

    "Halden: tuning" is the tuning unit of Halden.
    """
    unique = tuple(dict.fromkeys(names))
    people = tuple(name for name in unique if is_person(name))
    houses: dict[str, list[str]] = {}
    for name in unique:
        if name not in people:
            house, _, unit = name.partition(":")
            houses.setdefault(house.strip(), []).extend(filter(None, [unit.strip()]))
    return Watchlist(
        tuple(
            WatchedOrganization(name, units=tuple(map(WatchedUnit, units)))
            for name, units in houses.items()
        ),
        tuple(map(WatchedPerson, people)),
    )


def is_person(name: str) -> bool:
    """Whether *name* looks like a person's: a given name or a title, then a surname.

    A firm that bears its founder's whole name is taken for the founder.
    """
    words = [word.casefold() for word in name.split()]
    if not 1 < len(words) <= _LONGEST or {"&", "of"} & set(words) or ":" in name:
        return False
    if words[-1] in TAILS | HEADS | _PLACES or words[0] in HEADS:
        return False
    if words[-1].endswith("s") and is_place((words[0],)):
        return False  # a club of its town: the Austin Comets
    return words[0] in HONORIFICS | TITLES or is_given(words[0])
