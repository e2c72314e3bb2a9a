"""Findings of one sentence that speak of one handover are told of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.model import Kind
from rules.reading.finding import Found
from rules.reading.status import Status
from rules.spans.roles import leads

_AFTER = frozenset({"after", "following", "when", "as", "since", "because"})

Judged = tuple[Found, Status]


def linked(judged: Sequence[Judged]) -> list[Judged]:
    """Return the findings with posts and predecessors shared where they are one.

    "Falk took over the team after the departure of Reyes": Reyes led the team, and
    Falk replaces him. "Halden named Prieto CEO, replacing Hale": Hale was CEO.
    """
    out = list(judged)
    for i, (coming, status) in enumerate(out):
        if coming.rule.kind is not Kind.IN or not coming.people:
            continue
        for j, (going, gone) in enumerate(out):
            if j != i and _one_handover(coming, going):
                out[i] = (_replacing(out[i][0], going), status)
                out[j] = (_of_post(going, coming), _by_then(gone, status, going))
    return _shared_posts(out)


def _one_handover(coming: Found, going: Found) -> bool:
    if going.rule.kind is not Kind.OUT or not going.people:
        return False
    if coming.people[0].person in {w.person for w in going.people}:
        return False
    clause = going.clause
    return clause.marker in _AFTER and clause.parent == coming.clause.index


def _replacing(coming: Found, going: Found) -> Found:
    if coming.predecessors:
        return coming
    return replace(coming, replaces=going.people[0].person.name)


def _of_post(going: Found, coming: Found) -> Found:
    led = any(o.role and leads(o.role.key) for o in going.offices)
    return going if led else replace(going, offices=coming.offices)


def _by_then(gone: Status, came: Status, going: Found) -> Status:
    """Date an undated exit by the entry that followed it."""
    if gone.when.known or not came.when.known:
        return gone
    return replace(gone, when=came.when)


def _shared_posts(judged: list[Judged]) -> list[Judged]:
    """Give "named CEO" and "replacing Hale" of one person one post and predecessor."""
    out = list(judged)
    comings = [i for i, (f, _) in enumerate(out) if f.rule.kind is Kind.IN and f.people]
    for i in comings:
        for j in comings:
            one, other = out[i][0], out[j][0]
            if i == j or one.people[0].person != other.people[0].person:
                continue
            offices = one.offices or other.offices
            replaces = one.replaces or _first(other)
            organization = one.organization or other.organization
            out[i] = (
                replace(
                    one,
                    offices=offices,
                    replaces=replaces,
                    organization=organization,
                ),
                out[i][1],
            )
    return out


def _first(found: Found) -> str | None:
    """Return whom the newcomer of *found* replaces."""
    if found.predecessors:
        return found.predecessors[0].person.name
    return found.replaces
