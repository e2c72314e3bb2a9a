"""What a finding hangs on: its clause, the clauses above, who reports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.document import Sentence
from rules.language.verbs import Form
from rules.language.words import words
from rules.reading.clause import Clause, Link
from rules.reading.finding import Found
from rules.reading.lookahead import REPORTS
from rules.reading.status_words import MODAL, REPORTING, UNNAMED
from rules.reading.verbgroup import VerbGroup

_SAYING = words(
    "said say says told familiar according briefed report reports reported claim "
    "suggest suggested suggests indicate"
)
_ASIDE = frozenset({"after", "following", "over", "amid", "despite"})
_NEAR = 4
_SHARED = frozenset({"will", "'ll", "shall", "would"}) | MODAL


@dataclass(frozen=True, slots=True)
class Setting:
    """One finding in its sentence. *published* is the article's clock."""

    found: Found
    sentence: Sentence
    clauses: Sequence[Clause]
    published: datetime | None

    @property
    def clause(self) -> Clause:
        """Return the clause of the trigger."""
        return self.found.clause

    @property
    def group(self) -> VerbGroup:
        """Return the verb group, with the modal that it shares with another verb."""
        return _completed(self.found, self.clauses)

    @property
    def before(self) -> tuple[str, ...]:
        """Return the words of the clause before the verb group."""
        return self.clause.lows[: self.found.group.first]

    @property
    def before_tokens(self) -> tuple[str, ...]:
        """Return the words of the sentence before the trigger, names' own too."""
        place = self.clause.items[self.found.start].first
        return tuple(token.low for token in self.sentence.tokens[:place])

    @property
    def past(self) -> bool:
        """Whether the verb is in a past tense: "left", "was fired", "had gone"."""
        group = self.found.group
        bare = self.found.form in {Form.PAST, Form.PARTICIPLE} and group.bare
        return bare or bool(set(group.auxiliaries) & {"was", "were", "had"})

    @property
    def said(self) -> bool:
        """Whether somebody is said to have said it."""
        return any(low in REPORTING for low, _ in self.reports())

    def chain(self) -> Iterator[Clause]:
        """Yield the clauses above the finding's, from the nearest outwards."""
        seen = {self.clause.index}
        clause = self.clause
        while clause.parent is not None and clause.parent not in seen:
            seen.add(clause.parent)
            clause = self.clauses[clause.parent]
            yield clause

    def markers(self) -> Iterator[str]:
        """Yield the words that open this clause and those above."""
        yield self.clause.marker
        for clause in self.chain():
            yield clause.marker

    def reports(self) -> Iterator[tuple[str, Clause]]:
        """Yield the reporting verb of every clause that this one is said in."""
        clause = self.clause
        for parent in self.chain():
            if clause.link is Link.COMPLEMENT and parent.items:
                yield first(reversed(parent.lows), REPORTS), parent
            clause = parent

    def unnamed_source(self) -> str:
        """Return who is behind the sentence, when nobody named is."""
        lows = tuple(t.low for t in self.sentence.tokens)
        for index, low in enumerate(lows):
            aside = _ASIDE.intersection(lows[max(0, index - _NEAR) : index])
            if low in UNNAMED and not aside and _sourcing(lows, index):
                return low
        return ""


def _completed(found: Found, clauses: Sequence[Clause]) -> VerbGroup:
    """Return the group with the modal it shares: "will retire and be succeeded"."""
    clause, group = found.clause, found.group
    bare = found.form is Form.BASE and group.bare
    if not clause.shared or clause.parent is None or clause.link is not Link.COORDINATE:
        return group
    if not bare and group.auxiliaries[:1] != ("be",):
        return group
    above = clauses[clause.parent].lows
    modals = [low for low in above if low in _SHARED]
    infinitive = group.infinitive or ("to" in above and not modals)
    return replace(
        group, auxiliaries=(*modals[:1], *group.auxiliaries), infinitive=infinitive
    )


def _sourcing(lows: Sequence[str], index: int) -> bool:
    """Whether the word names whose word it is: "people familiar with the matter"."""
    near = set(lows[max(0, index - 4) : index + 6])
    match lows[index]:
        case "people" | "person":
            said = lows[index + 1 : index + 2]
            told = bool(near & {"familiar", "briefed", "knowledge"})
            return told or bool(_SAYING.intersection(said))
        case "media" if lows[index - 1 : index] == ("state",):
            return False
        case "report" | "reports" | "media" | "rumours" | "rumors":
            said = lows[index + 1] if index + 1 < len(lows) else ""
            return "according" in near or said in _SAYING
        case _:
            return bool(near & _SAYING) or ":" in lows[index + 1 : index + 2]


def first(words: Iterable[str], known: frozenset[str]) -> str:
    """Return the first of *words* that is *known*, or ""."""
    return next((word for word in words if word in known), "")
