"""What makes an event doubtful by itself, wherever its post is bound."""

from __future__ import annotations

from collections.abc import Iterator

from rules.language.words import words
from rules.model import Capacity
from rules.reading.event import Event
from rules.rule import Standing

_SQUAD = words(
    "squad bench final test match weekend rankings xi odi line-up lineup starting "
    "innings injured injury"
)
_MATCH = words(
    "against qualifier debut wicketkeeper ankle hamstring injury injured fixture "
    "opener clash tie v vs"
)
_RACES = words("tour giro vuelta rally masters race regatta")
_DEPOSED = words("depose deposes deposed")
_COURT = words("lawsuit court testimony lawyers attorney attorneys case filing trial")


def doubts(event: Event, organization: str | None) -> Iterator[tuple[str, float]]:
    """Yield every doubt and its weight, of an event bound to *organization*."""
    if event.found.rule.standing is Standing.EXPERIMENTAL and not _for_now(event):
        yield f"rule {event.found.rule.id} is on trial", 0.6
    if event.borrowed:
        yield "", 0.8
    if _in_front(event, organization):
        yield "perhaps only in front in a race", 0.6
    if _heard(event):
        yield "perhaps only heard as a witness", 0.6
    if _for_a_match(event):
        yield "perhaps only for a match", 0.6


def _for_now(event: Event) -> bool:
    """Whether the post is an interim one, or its holder is called the next."""
    roles = [o.role for o in event.found.offices if o.role]
    passing = {Capacity.INTERIM, Capacity.ACTING}
    return any(role.capacity in passing or role.incoming for role in roles)


def _heard(event: Event) -> bool:
    """Whether "deposed" may tell of a witness before a court's officers."""
    if event.found.clause.lows[event.found.start] not in _DEPOSED:
        return False
    return not _COURT.isdisjoint(token.low for token in event.sentence.tokens)


def _in_front(event: Event, organization: str | None) -> bool:
    """Whether somebody may only lead a race: "at the head of the Tour of Halden"."""
    first = (organization or "").lower().partition(" ")[0]
    roles = {o.role.key for o in event.found.offices if o.role}
    return first in _RACES and roles <= {"head"}


def _for_a_match(event: Event) -> bool:
    """Whether somebody may stand in for another in a team of players, or leads it."""
    lows = {token.low for token in event.sentence.tokens}
    named = (o for who in event.found.people for o in who.offices)
    roles = {o.role.key for o in (*event.found.offices, *named) if o.role}
    if roles and all("captain" in role for role in roles) and lows & _MATCH:
        return True
    roles -= {"captain"}
    return bool(event.found.predecessors) and bool(lows & _SQUAD) and not roles
