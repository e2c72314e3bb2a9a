"""The nouns between the state and a message: news, sides, tellings. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rules.model import Kind
from state.fold.belief import voices
from state.fold.posts import post_key
from state.fold.testimony import Testimony
from state.model import Change, ChangeStatus, MessageType, Post, Quote, Tenure

_MOST_QUOTES = 4
_COMING = frozenset({"in", "began"})
_FIRST = (Kind.IN, Kind.HOLDS, Kind.OUT, Kind.VACANT)


class Direction(StrEnum):
    """Which end of a tenure a change tells of; a plan's day may come later."""

    IN = "in"
    OUT = "out"
    BEGAN = "began"
    ENDED = "ended"
    AWAY = "away"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Side:
    """One end of one tenure: told once ever."""

    tenure_id: str
    direction: Direction
    person: str


@dataclass(frozen=True, slots=True)
class News:
    """What one article adds: its usable testimonies, its clock, and when it came."""

    testimonies: tuple[Testimony, ...]
    clock: date
    recorded_at: datetime
    status: ChangeStatus = ChangeStatus.TOLD


@dataclass(frozen=True, slots=True)
class Telling:
    """A change with the sides that it tells, so that none is told twice."""

    change: Change
    sides: tuple[Side, ...]


def change_id(
    post: Post,
    sides: Iterable[Side],
    about: str,
    *,
    type_: MessageType = MessageType.CHANGE,
    status: ChangeStatus = ChangeStatus.TOLD,
) -> str:
    """Return the fingerprint of a change: alike whenever it is worked out again."""
    told = sorted(f"{s.tenure_id}:{s.direction}:{s.person}" for s in sides)
    parts = [post_key(post), type_, about, *told]
    if status is ChangeStatus.CANDIDATE:
        parts.append(status)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def quotes(causes: Iterable[Testimony]) -> tuple[Quote, ...]:
    """Return the verbatim sentences behind a change, each once, the first four."""
    found: dict[str, Quote] = {}
    for said in causes:
        text = said.claim.evidence.quote
        found.setdefault(text, Quote(text, said.url, said.source.name))
    return tuple(found.values())[:_MOST_QUOTES]


def telling_order(testimony: Testimony) -> tuple[int, int]:
    """Put who came before who is there before who went, as the text has them."""
    claim = testimony.claim
    return (_FIRST.index(claim.kind), claim.evidence.start)


def rules_of(causes: Iterable[Testimony]) -> tuple[str, ...]:
    """Return the rules that read the causes, each once."""
    return tuple(dict.fromkeys(vote for t in causes for vote in t.claim.votes))


def witnesses(
    telling: Telling, tenures: Iterable[Tenure], testimonies: Iterable[Testimony]
) -> int:
    """Count the independent owners behind a telling: a coming is said by an IN.

    Those whose sentence is quoted count as well; a telling has one at least.
    """
    claims = {tenure.id: tenure.claim_ids for tenure in tenures}
    said = {
        (claim, Kind.IN if side.direction in _COMING else Kind.OUT)
        for side in telling.sides
        for claim in claims.get(side.tenure_id, ())
    }
    quoted = {quote.text for quote in telling.change.quotes}
    return max(
        1,
        voices(
            t
            for t in testimonies
            if (t.id, t.claim.kind) in said or t.claim.evidence.quote in quoted
        ),
    )
