"""A coming here and a going there of one person are one change: a move. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from state.fold.names import alike
from state.fold.posts import post_key
from state.model import ChangeKind, MessageType
from state.news.telling import Telling, change_id

_MOST_QUOTES = 4
_COMINGS = frozenset({ChangeKind.APPOINTMENT, ChangeKind.SUCCESSION})


def joined(tellings: Iterable[Telling]) -> list[Telling]:
    """Return *tellings* with each move as one: where to, and which post is given up.

    All of them are of one organisation and one article.
    """
    found = list(tellings)
    for going in [t for t in found if _only_goes(t)]:
        home = next((t for t in found if _comes(t, going)), None)
        if home is not None:
            found[found.index(home)] = _move(home, going)
            found.remove(going)
    return found


def _only_goes(telling: Telling) -> bool:
    change = telling.change
    one = len(change.before) == 1 and not change.after
    return one and change.type is MessageType.CHANGE and not change.between


def _comes(telling: Telling, going: Telling) -> bool:
    """Whether *telling* says where the one person of *going* went."""
    change, other = telling.change, going.change
    planned = change.kind is ChangeKind.PLANNED
    return (
        len(change.after) == 1
        and change.moved_from is None
        and (change.kind in _COMINGS or planned)
        and planned == (other.kind is ChangeKind.PLANNED)
        and change.status is other.status
        and alike(change.after[0], other.before[0])
    )


def _move(home: Telling, going: Telling) -> Telling:
    change, left = home.change, going.change
    sides = (*home.sides, *going.sides)
    plain = change.kind is ChangeKind.APPOINTMENT
    quotes = tuple(dict.fromkeys((*change.quotes, *left.quotes)))
    moved = replace(
        change,
        id=change_id(change.post, sides, post_key(left.post), status=change.status),
        kind=ChangeKind.MOVE if plain else change.kind,
        quotes=quotes[:_MOST_QUOTES],
        rules=tuple(dict.fromkeys((*change.rules, *left.rules))),
        moved_from=left.post,
    )
    return Telling(moved, sides)
