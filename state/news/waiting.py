"""Changes that nobody is told of before a second voice says so. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from rules.model import Kind
from state.fold.belief import belief_of
from state.fold.testimony import Testimony
from state.model import (
    Belief,
    Change,
    ChangeStatus,
    EndState,
    MessageType,
    Tenure,
)
from state.news.corrections import stands
from state.news.telling import Direction, Side, Telling, quotes
from state.policy import TellingPolicy

_KINDS = {
    Direction.IN: frozenset({Kind.IN, Kind.HOLDS}),
    Direction.OUT: frozenset({Kind.OUT, Kind.VACANT}),
}
_MOST_QUOTES = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits as the candidate *change*, to be told as *told_id*."""

    change: Change
    told_id: str
    sides: tuple[Side, ...]


def must_wait(telling: Telling, policy: TellingPolicy) -> bool:
    """Whether it is news of which the ledger is not sure enough to tell it."""
    change = telling.change
    news = change.type is MessageType.CHANGE and change.status is ChangeStatus.TOLD
    return news and bool(telling.sides) and change.belief not in policy.at_once


def waiting(telling: Telling) -> Waiting:
    """Return the change as it waits for review under an id of its own."""
    change = telling.change
    name = hashlib.sha256(f"{change.id}\x1fwaits".encode()).hexdigest()[:16]
    candidate = replace(change, id=name, status=ChangeStatus.CANDIDATE)
    return Waiting(candidate, change.id, telling.sides)


def heard_again(
    one: Waiting,
    tenures: Iterable[Tenure],
    said: Iterable[Testimony],
    policy: TellingPolicy,
    now: datetime,
) -> Telling | None:
    """Return the change as it is told now that enough voices say so, if they do.

    *tenures* are those that stand now, *said* the evidence that counts.
    """
    known = tuple(tenures)
    if not all(stands(side, known) and not _over(side, known) for side in one.sides):
        return None
    causes = _causes(one.sides[0], known, said)
    belief = belief_of(causes) if causes else Belief.REPORTED
    if belief not in policy.at_once:
        return None
    told = (*one.change.quotes, *quotes(causes))
    change = replace(
        one.change,
        id=one.told_id,
        status=ChangeStatus.TOLD,
        belief=belief,
        quotes=tuple(dict.fromkeys(told))[:_MOST_QUOTES],
        recorded_at=now,
    )
    return Telling(change, one.sides)


def _over(side: Side, tenures: tuple[Tenure, ...]) -> bool:
    """Whether who came has gone again since: then it is news no more."""
    came = side.direction is Direction.IN
    return came and any(
        t.id == side.tenure_id and t.end_state is EndState.ENDED for t in tenures
    )


def _causes(
    side: Side, tenures: tuple[Tenure, ...], said: Iterable[Testimony]
) -> list[Testimony]:
    ids = {claim for t in tenures if t.id == side.tenure_id for claim in t.claim_ids}
    kinds = _KINDS.get(side.direction, frozenset(Kind))
    return [t for t in said if t.id in ids and t.claim.kind in kinds]
