"""Who else a clause names: possessors, companions, further people with posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.language.verbs import verblike
from rules.language.words import DETERMINERS, PREPOSITIONS, words
from rules.reading.argument import NOTHING, Argument, Who, of_item
from rules.reading.clause import Clause
from rules.reading.items import Office
from rules.reading.objects import Objects
from rules.reading.subjects import Subjects

_JOINERS = frozenset({"and", "&", ","})
_BE = words("is are was were will be")


class Beside:
    """Finds the people beside the subject and the object of a trigger."""

    def __init__(self, subjects: Subjects, objects: Objects) -> None:
        self._subjects = subjects
        self._objects = objects

    def possessor(self, clause: Clause, trigger: int) -> Argument:
        """Return whose departure it is: "Hale's", "his", "the club's"."""
        index = trigger - 1
        while index >= 0 and self._adjective(clause, index):
            index -= 1
        if index < 0:
            return NOTHING
        item = clause.items[index]
        if item.low in {"his", "her", "their"} and not item.mention:
            return self._own(clause, index)
        if item.low == "'s" and index > 0:
            return of_item(clause.items[index - 1])
        return NOTHING

    def _adjective(self, clause: Clause, index: int) -> bool:
        item = clause.items[index]
        stop = PREPOSITIONS | DETERMINERS | {"his", "her", "'s", ",", "and"}
        return not item.mention and item.low not in stop and not verblike(item.low)

    def _own(self, clause: Clause, index: int) -> Argument:
        """Bind "his departure": to the clause's own subject when it is a person."""
        subject = self._subjects.subject_of(clause) if index else NOTHING
        item = clause.items[index]
        if len(subject.people) == 1 or (subject.people and item.low == "their"):
            return subject
        if item.low == "their" or subject.offices:
            return NOTHING
        return self._subjects.antecedent(item)

    def predecessor(self, clause: Clause, trigger: int, end: int) -> Argument:
        """Return whose place it is: "takes [his] place"."""
        for index in (*range(trigger, end), *_successor(clause, end)):
            if clause.lows[index] in {"his", "her"}:
                stop = trigger if index < end else index
                own = {i.person.name for i in clause.items[:stop] if i.person}
                return self._subjects.antecedent(clause.items[index], own)
        return NOTHING

    def predicate(self, clause: Clause, end: int) -> Argument:
        """Return the person behind "is": "Succeeding her is Raj Menon"."""
        for index in range(end, len(clause.items)):
            if clause.lows[index] in _BE:
                found = self._objects.object(clause, index + 1)
                if found.people:
                    return found
        return NOTHING

    def pairs(
        self, clause: Clause, end: int
    ) -> Iterator[tuple[Who, tuple[Office, ...]]]:
        """Yield further people with posts: "and [Lee Ito] to [finance chief]"."""
        for index in range(end + 1, len(clause.items) - 1):
            item, joiner = clause.items[index], clause.lows[index - 1]
            if item.person is None or joiner not in _JOINERS:
                continue
            linked = clause.lows[index + 1] in {"to", "as"}
            offices = self._objects.office(clause, index + 1 + linked)
            if offices:
                yield Who(item.person, item.offices), offices

    def listed(
        self, clause: Clause, end: int
    ) -> Iterator[tuple[Who, tuple[Office, ...]]]:
        """Yield the list of "appointments include [Lee Ito as chair] and [...]"."""
        below = (
            (other, 0)
            for other in self._subjects.clauses
            if other.marker == ":" and other.parent == clause.index
        )
        for part, first in ((clause, end), *below):
            for index in range(first, len(part.items) - 1):
                item = part.items[index]
                if item.person is not None and part.lows[index + 1] in {"as", "to"}:
                    offices = self._objects.office(part, index + 2)
                    if offices:
                        yield Who(item.person, item.offices), offices

    def also(self, clause: Clause) -> tuple[Who, ...]:
        """Return who does so too: "and so is Lee Ito"."""
        return tuple(
            who
            for other in self._subjects.clauses
            if other.marker == "so" and other.index > clause.index
            if other.lows[:1] and other.lows[0] in _BE | {"has", "did", "does"}
            for who in self._objects.object(other, 1).people
        )

    def companions(self, clause: Clause, end: int) -> tuple[Who, ...]:
        """Return who goes along: "alongside CTO Mira Lund"."""
        for index in range(end, len(clause.items)):
            low, before = clause.lows[index], clause.lows[index - 1]
            along = low == "with" and before in {"along", "together"}
            if low == "alongside" or along:
                return self._objects.behind(clause, index, low).people
        return ()


def _successor(clause: Clause, end: int) -> Iterator[int]:
    """Yield where "as [his] successor" stands behind a trigger."""
    for index in range(end, len(clause.items) - 1):
        if clause.lows[index + 1] in {"successor", "replacement"}:
            yield index


@dataclass(frozen=True, slots=True)
class Arguments:
    """All that finds the arguments of triggers in one sentence."""

    subjects: Subjects
    objects: Objects
    beside: Beside

    @classmethod
    def of(cls, subjects: Subjects) -> Arguments:
        """Return the finders for the clauses that *subjects* knows."""
        objects = Objects(subjects)
        return cls(subjects, objects, Beside(subjects, objects))
