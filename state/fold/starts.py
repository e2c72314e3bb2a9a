"""Starting tenures entered more than once: the last entry of a spell counts. Pure.

Who keeps a list by hand closes a spell, mends a date or opens a spell again by
entering it anew. An earlier entry of the same spell is then no second spell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter

from rules.when import When
from state.fold.names import person_key
from state.fold.posts import post_key
from state.model import StartingTenure

# Mended dates are near the first ones; who comes back does so later.
_SLIP = timedelta(days=62)


def last_entries(entered: Iterable[StartingTenure]) -> tuple[StartingTenure, ...]:
    """Return *entered*, in the order of entry, without those entered anew since."""
    kept: dict[tuple[str, ...], list[tuple[int, StartingTenure]]] = {}
    for number, new in enumerate(entered):
        spells = kept.setdefault(_seat(new), [])
        spells[:] = [one for one in spells if not _same_spell(one[1], new)]
        spells.append((number, new))
    found = sorted(
        (one for spells in kept.values() for one in spells), key=itemgetter(0)
    )
    return tuple(tenure for _, tenure in found)


def _seat(one: StartingTenure) -> tuple[str, ...]:
    return (post_key(one.post), person_key(one.person), one.capacity)


def _same_spell(old: StartingTenure, new: StartingTenure) -> bool:
    """Whether two entries of one person in one post are of the same time there."""
    return _near(old.since, new.since) or _ends_alike(old, new)


def _ends_alike(old: StartingTenure, new: StartingTenure) -> bool:
    return old.until is not None and old.until == new.until and old.until.known


def _near(one: When, other: When) -> bool:
    if not (one.known and other.known) or one.meets(other):
        return True
    return abs(_middle(one) - _middle(other)) <= _SLIP


def _middle(when: When) -> date:
    low, high = when.earliest or when.latest, when.latest or when.earliest
    assert low is not None  # noqa: S101  the caller has asked
    assert high is not None  # noqa: S101  the caller has asked
    return low + (high - low) / 2
