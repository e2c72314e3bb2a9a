"""Plans whose day has come. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from state.fold.posts import post_key
from state.model import (
    Change,
    ChangeKind,
    ChangeStatus,
    EndState,
    MessageType,
    Quote,
    Tenure,
)
from state.news.telling import Direction, Side, Telling, change_id


def settled(
    tenures: Iterable[Tenure],
    now: datetime,
    noted: frozenset[tuple[str, Direction]],
    quotes: Mapping[str, tuple[Quote, ...]],
) -> tuple[Telling, ...]:
    """Return one quiet note per post in which an announced day has come by *now*.

    *noted* are the sides noted before; *quotes*, by tenure id, say who announced it.
    """
    posts: dict[str, list[tuple[Tenure, Side]]] = {}
    for tenure in tenures:
        for side in _due(tenure, now.date()):
            if (side.tenure_id, side.direction) not in noted:
                posts.setdefault(post_key(tenure.post), []).append((tenure, side))
    return tuple(_note(posts[key], now, quotes) for key in sorted(posts))


def _due(tenure: Tenure, on: date) -> list[Side]:
    start, end = tenure.start.latest, tenure.end.latest
    due = []
    if tenure.start_planned and start is not None and start <= on:
        due.append(Side(tenure.id, Direction.BEGAN, tenure.person))
    planned_end = tenure.end_state is EndState.PLANNED
    if planned_end and end is not None and end <= on:
        due.append(Side(tenure.id, Direction.ENDED, tenure.person))
    return due


def _note(
    due: list[tuple[Tenure, Side]],
    now: datetime,
    quotes: Mapping[str, tuple[Quote, ...]],
) -> Telling:
    began = [t for t, side in due if side.direction is Direction.BEGAN]
    ended = [t for t, side in due if side.direction is Direction.ENDED]
    first = (began or ended)[0]
    effective = first.start if began else first.end
    sides = tuple(side for _, side in due)
    found = [quote for t in (*began, *ended) for quote in quotes.get(t.id, ())]
    change = Change(
        id=change_id(first.post, sides, str(effective)),
        type=MessageType.CHANGE,
        kind=ChangeKind.EFFECTIVE,
        post=first.post,
        before=tuple(t.person for t in ended),
        after=tuple(t.person for t in began),
        effective=effective,
        belief=first.belief,
        quotes=tuple(dict.fromkeys(found))[:4],
        recorded_at=now,
        status=ChangeStatus.NOTED,
        capacity=first.capacity,
    )
    return Telling(change, sides)
