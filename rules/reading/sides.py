"""The people of one finding: who goes, who comes, and which posts each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.model import Capacity, Kind
from rules.reading.argument import Who
from rules.reading.finding import Found, posts
from rules.reading.items import Office
from rules.spans.roles import leads

_JOINING = frozenset({"joins"})


@dataclass(frozen=True, slots=True)
class Party:
    """One person's side of a finding; *partner* is who comes or goes instead.

    *inferred* is a departure that is not told: whoever joins another house leaves one.
    """

    kind: Kind
    who: Who
    offices: tuple[Office, ...]
    replaces: str | None = None
    cause: str | None = None
    partner: str | None = None
    inferred: bool = False


def sides(found: Found) -> Iterator[Party]:
    """Yield every person's side: a succession has one who goes and one who comes."""
    yield from _own_sides(found)
    for who in found.predecessors:
        if who not in found.people:
            offices = tuple(_for_good(o) for o in found.offices) or _held(who)
            coming = _name(found.people)
            yield Party(Kind.OUT, who, offices, None, found.rule.cause, coming)
    for who in found.successors:
        offices = found.offices or tuple(o for w in found.people for o in _held(w))
        going = _name(found.people)
        yield Party(Kind.IN, who, offices, going, None, going)


def _own_sides(found: Found) -> Iterator[Party]:
    kind = found.rule.kind
    replaces = _name(found.predecessors) or found.replaces
    for who in found.people:
        offices = _offices(found, who)
        if kind is Kind.IN:
            yield Party(kind, who, offices or _left(found), replaces, None, replaces)
            for office in _given_up(found, who):
                yield Party(Kind.OUT, who, (office,), cause="moved", inferred=True)
        else:
            coming = _name(found.successors)
            yield Party(kind, who, offices, None, _cause(found), coming)


def _given_up(found: Found, who: Who) -> tuple[Office, ...]:
    """Return the posts elsewhere of one who joins: "Halden's chief joins Orbis"."""
    joined = found.organization
    if found.rule.id not in _JOINING or joined is None or _board(found):
        return ()
    return tuple(
        office
        for office in _held(who)
        if office.organization and office.organization.name != joined.name
        if office.role and leads(office.role.key) and not office.role.incoming
    )


def _board(found: Found) -> bool:
    """Whether it is only a seat on a board: nobody leaves a post for one."""
    keys = {o.role.key for o in found.offices if o.role}
    return bool(keys & {"board member", "chair", "trustee", "ambassador"})


def _cause(found: Found) -> str | None:
    """Return why a tenure ends: whoever leaves "to join" somebody has moved."""
    after = found.clause.lows[found.end :]
    if any(after[i : i + 2] == ("to", "join") for i in range(len(after))):
        return "moved"
    return found.rule.cause


def _offices(found: Found, who: Who) -> tuple[Office, ...]:
    """Return the offices of one person, of several who leave together too."""
    alone = len(found.people) == 1
    if found.rule.kind is Kind.OUT and not (found.offices and alone):
        return posts(who, found.group) or found.offices
    return found.offices


def _for_good(office: Office) -> Office:
    """Return the office as the one before held it, whom an interim follows."""
    if office.role is None:
        return office
    role = replace(office.role, capacity=Capacity.SUBSTANTIVE, incoming=False)
    return replace(office, role=role)


def _left(found: Found) -> tuple[Office, ...]:
    """Return the posts of those whom somebody succeeds."""
    return tuple(o for who in found.predecessors for o in _held(who))


def _held(who: Who) -> tuple[Office, ...]:
    return tuple(o for o in who.offices if o.role and not o.former)


def _name(people: tuple[Who, ...]) -> str | None:
    return people[0].person.name if people else None
