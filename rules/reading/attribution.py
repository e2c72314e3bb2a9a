"""Tell whose word it is: the organisation's, the person's, the press's, nobody's."""

from __future__ import annotations

from rules.document import PersonRef
from rules.model import Attribution
from rules.reading.clause import Clause
from rules.reading.scope import Setting
from rules.reading.status_words import REPORTING

_BODIES = frozenset({"company", "club", "board", "firm", "university"})


def attribution(scope: Setting) -> Attribution:
    """Return whose word the finding is given on."""
    if scope.unnamed_source():
        return Attribution.UNNAMED
    speaker = scope.clause.speaker
    if speaker is not None:
        return _whose(scope, speaker)
    for low, clause in scope.reports():
        if low in REPORTING:
            return _by_subject(scope, clause)
    return _by_subject(scope, _tail(scope))


def _whose(scope: Setting, speaker: PersonRef) -> Attribution:
    own = any(who.person.name == speaker.name for who in scope.found.people)
    return Attribution.PERSON if own else Attribution.ORGANIZATION


def _by_subject(scope: Setting, clause: Clause | None) -> Attribution:
    if clause is None:
        return Attribution.PRESS
    for item in clause.items:
        if item.person is not None:
            return _whose(scope, item.person)
        if item.organization is not None:
            return Attribution.ORGANIZATION
    if set(clause.lows) & _BODIES:
        return Attribution.ORGANIZATION
    return Attribution.PRESS


def _tail(scope: Setting) -> Clause | None:
    return next((c for c in scope.clauses if c.marker == "tail"), None)
