"""The people of one finding: who goes, who comes, and which posts each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.arguments import Who
from rules.frames import Found
from rules.items import Office
from rules.model import Kind
from rules.roles import leads


@dataclass(frozen=True, slots=True)
class Side:
    """One person's side of a finding."""

    kind: Kind
    who: Who
    offices: tuple[Office, ...]
    replaces: str | None = None
    cause: str | None = None


def sides(found: Found) -> Iterator[Side]:
    """Yield every person's side: a succession has one who goes and one who comes."""
    yield from _own_sides(found)
    for who in found.predecessors:
        if who not in found.people:
            offices = found.offices or _held(who)
            yield Side(Kind.OUT, who, offices, None, found.rule.cause)
    for who in found.successors:
        offices = found.offices or tuple(o for w in found.people for o in posts(w))
        yield Side(Kind.IN, who, offices, _name(found.people))


def _own_sides(found: Found) -> Iterator[Side]:
    kind = found.rule.kind
    replaces = _name(found.predecessors) or found.replaces
    for who in found.people:
        offices = _offices(found, who)
        if kind is Kind.IN:
            yield Side(kind, who, offices or _left(found), replaces)
        else:
            yield Side(kind, who, offices, None, found.rule.cause)


def _offices(found: Found, who: Who) -> tuple[Office, ...]:
    """Return the offices of one person, of several who leave together too."""
    alone = len(found.people) == 1
    if found.rule.kind is Kind.OUT and not (found.offices and alone):
        return posts(who) or found.offices
    return found.offices


def _left(found: Found) -> tuple[Office, ...]:
    """Return the posts of those whom somebody succeeds."""
    return tuple(o for who in found.predecessors for o in _held(who))


def posts(who: Who) -> tuple[Office, ...]:
    """Return the posts beside a name: those that lead something before all others."""
    held = tuple(o for o in who.offices if o.role)
    return tuple(o for o in held if o.role and leads(o.role.key)) or held


def _held(who: Who) -> tuple[Office, ...]:
    return tuple(o for o in posts(who) if not o.former)


def _name(people: tuple[Who, ...]) -> str | None:
    return people[0].person.name if people else None
