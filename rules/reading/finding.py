"""A finding: one rule filled from one clause, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass

from rules.document import OrgRef, UnitRef
from rules.language.verbs import Form
from rules.reading.argument import NOTHING, Argument, Who
from rules.reading.clause import Clause
from rules.reading.items import Office
from rules.reading.verbgroup import VerbGroup
from rules.rule import Rule
from rules.spans.roles import leads


@dataclass(frozen=True, slots=True)
class Found:
    """One rule filled from one clause: who, which offices, and where it was read.

    *start* and *end* are items of the clause: the trigger. *organization* is what the
    organisation slot says; offices may name their own. *noun* is what stood in the
    subject when no person did. Of a rule of teams, *unit* is the team and *into* what
    it becomes.
    """

    rule: Rule
    clause: Clause
    start: int
    end: int
    group: VerbGroup
    form: Form | None
    people: tuple[Who, ...]
    offices: tuple[Office, ...]
    organization: OrgRef | None
    predecessors: tuple[Who, ...] = ()
    successors: tuple[Who, ...] = ()
    replaces: str | None = None
    unit: UnitRef | None = None
    into: UnitRef | None = None
    object: Argument = NOTHING
    subject: Argument = NOTHING


def posts(who: Who, group: VerbGroup) -> tuple[Office, ...]:
    """Return the posts beside a name that may be left: those that lead come first.

    A former post only with "has resigned": "formerly its chief, has resigned".
    """
    held = tuple(o for o in who.offices if o.role and (group.perfect or not o.former))
    return tuple(o for o in held if o.role and leads(o.role.key)) or held
