"""The frame reader: rules matched on the clauses of one sentence, slots filled.

What comes out is a finding: words of the text in the slots of one rule. Whether it is
denied, planned or old is judged in `status.py`, what it means as claims in `claims.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from rules.model import Kind
from rules.reading.beside import Arguments
from rules.reading.clause import Clause
from rules.reading.filler import Filler
from rules.reading.finding import Found
from rules.reading.subjects import Subjects
from rules.rule import Trigger, Voice
from rules.rulebook import RuleBook

_MOST = 20
"""Triggers of one clause that are tried; hostile text has more."""


class Frames:
    """Reads one sentence's clauses with a rule book."""

    def __init__(self, book: RuleBook, subjects: Subjects) -> None:
        self._book = book
        self._subjects = subjects
        self._arguments = Arguments.of(subjects)

    def read(self) -> Iterator[Found]:
        """Yield what the rules find, clause by clause."""
        for clause in self._subjects.clauses:
            for start, end, triggers in islice(self._places(clause), _MOST):
                yield from self._one(clause, start, end, triggers)

    def _places(self, clause: Clause) -> Iterator[tuple[int, int, tuple[Trigger, ...]]]:
        """Yield where triggers stand in the clause, the longest at each place."""
        index = 0
        while index < len(clause.items):
            match = self._book.at(clause.lows, index)
            if match is None:
                index += 1
                continue
            yield index, *match
            index = match[0]

    def _one(
        self, clause: Clause, start: int, end: int, triggers: tuple[Trigger, ...]
    ) -> Iterator[Found]:
        """Yield what the wording's best rule finds: one that names people first."""
        fits: list[Found] = []
        for trigger in sorted(triggers, key=lambda t: not t.rule.future):
            filler = Filler(self._arguments, clause, (start, end))
            found = filler.fill(trigger)
            if found is not None:
                fits.append(found)
        best = next((f for f in fits if f.people), fits[0] if fits else None)
        if best is None:
            yield from self._listed(clause, (start, end), triggers)
            return
        yield best
        if best.rule.kind is Kind.IN and best.people:
            self._subjects.came(clause, best.people)
            yield from self._paired(best)

    def _listed(
        self, clause: Clause, place: tuple[int, int], triggers: tuple[Trigger, ...]
    ) -> Iterator[Found]:
        """Yield each of "appointments include Ana Prieto as president and ..."."""
        nouns = (t for t in triggers if t.rule.voice is Voice.NOMINAL)
        noun = next((t for t in nouns if t.rule.kind is Kind.IN), None)
        if noun is None:
            return
        found = Filler(self._arguments, clause, place).found(noun.rule, noun.form)
        for who, offices in self._arguments.beside.listed(clause, place[1]):
            yield replace(found, people=(who,), offices=offices)

    def _paired(self, found: Found) -> Iterator[Found]:
        """Yield the rest of "named Ana Prieto president and Lee Ito treasurer"."""
        if not found.offices or found.rule.voice is not Voice.ACTIVE:
            return
        known = {who.person.name for who in found.people}
        for who, offices in self._arguments.beside.pairs(found.clause, found.end):
            if who.person.name not in known:
                yield replace(found, people=(who,), offices=offices)
