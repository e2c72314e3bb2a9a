"""Starting tenures entered more than once: the last entry of a spell counts. Pure.

Who keeps a list by hand closes a spell, mends a date or opens a spell again by
entering it anew. An earlier entry of the same spell is then no second spell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rules.when import When
from state.fold.names import person_key
from state.fold.posts import post_key
from state.model import StartingTenure

# Mended dates are near the first ones; who comes back does so later.
_SLIP = timedelta(days=62)


def last_entries(entered: Iterable[StartingTenure]) -> tuple[StartingTenure, ...]:
    """Return *entered*, in the order of entry, without those entered anew since."""
    kept: list[StartingTenure] = []
    for new in entered:
        kept = [old for old in kept if not _same_spell(old, new)]
        kept.append(new)
    return tuple(kept)


def _same_spell(old: StartingTenure, new: StartingTenure) -> bool:
    same = (post_key(old.post), person_key(old.person), old.capacity) == (
        post_key(new.post),
        person_key(new.person),
        new.capacity,
    )
    return same and (_near(old.since, new.since) or _ends_alike(old, new))


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
