"""How real a finding is: denied, hypothetical, rumoured, planned or asserted, and when.

Scope is the clause of the trigger and the clauses it hangs on; words elsewhere in the
sentence do not count, but for who is quoted. The strongest cue wins in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.clauses import Clause, Link
from rules.dates import again
from rules.document import DateRef, PersonRef, Sentence
from rules.frames import Found
from rules.items import Item, Sort
from rules.model import Attribution, Currency, Kind, Modality, Polarity, Tense
from rules.rulebook import Voice
from rules.status_words import (
    DENIES,
    DOUBTS,
    HYPOTHETICAL_GOVERNORS,
    IF,
    MODAL,
    NEGATIVE_GOVERNORS,
    OLD,
    PLANS,
    REPORTING,
    RUMOUR_GOVERNORS,
    RUMOURS,
    THINKS,
    UNNAMED,
    WISHES,
)
from rules.verbs import Form
from rules.when import When
from rules.words import words

FRESH = timedelta(days=14)
"""How far back a date may lie for its event to be news."""


@dataclass(frozen=True, slots=True)
class Status:
    """The standing of one finding, with the cue that decided it."""

    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    tense: Tense = Tense.PRESENT
    currency: Currency = Currency.CURRENT
    attribution: Attribution = Attribution.PRESS
    when: When = When()
    cue: str = ""

    @property
    def told(self) -> bool:
        """Whether it is affirmed, meant to be real, and news."""
        real = self.modality in {Modality.ASSERTED, Modality.PLANNED}
        affirmed = self.polarity is Polarity.AFFIRMED
        return affirmed and real and self.currency is Currency.CURRENT


def judge(
    found: Found,
    sentence: Sentence,
    clauses: Sequence[Clause],
    published: datetime | None,
) -> Status:
    """Return the status of *found*."""
    return _Judge(found, sentence, clauses, published).status()


class _Judge:
    def __init__(
        self,
        found: Found,
        sentence: Sentence,
        clauses: Sequence[Clause],
        published: datetime | None,
    ) -> None:
        self._found = found
        self._sentence = sentence
        self._clauses = clauses
        self._published = published
        self._clause = found.clause
        self._group = found.group

    def status(self) -> Status:
        """Weigh the cues, the strongest first."""
        polarity, modality, cue = self._reality()
        when = self._when(future=modality is Modality.PLANNED)
        ahead = self._ahead(when)
        if ahead and modality is Modality.ASSERTED:
            modality = Modality.PLANNED
        tense = self._tense(modality)
        old = "" if ahead else self._old(when)
        return Status(
            polarity,
            modality,
            tense,
            Currency.BACKGROUND if old else Currency.CURRENT,
            self._attribution(),
            when,
            cue or old,
        )

    def _reality(self) -> tuple[Polarity, Modality, str]:
        denied = self._denied()
        if denied:
            return Polarity.DENIED, Modality.ASSERTED, denied
        hypothetical = self._hypothetical()
        if hypothetical:
            return Polarity.AFFIRMED, Modality.HYPOTHETICAL, hypothetical
        rumoured = self._rumoured()
        if rumoured:
            return Polarity.AFFIRMED, Modality.RUMOURED, rumoured
        planned = self._planned()
        if planned:
            return Polarity.AFFIRMED, Modality.PLANNED, planned
        return Polarity.AFFIRMED, Modality.ASSERTED, ""

    # what the finding's clause hangs on

    def _chain(self) -> Iterator[Clause]:
        """Yield the clauses above the finding's, from the nearest outwards."""
        seen = {self._clause.index}
        clause = self._clause
        while clause.parent is not None and clause.parent not in seen:
            seen.add(clause.parent)
            clause = self._clauses[clause.parent]
            yield clause

    def _markers(self) -> Iterator[str]:
        yield self._clause.marker
        for clause in self._chain():
            yield clause.marker

    def _reports(self) -> Iterator[tuple[str, Clause]]:
        """Yield the reporting verb of every clause that this one is said in."""
        clause = self._clause
        for parent in self._chain():
            if clause.link is Link.COMPLEMENT and parent.items:
                yield parent.items[-1].low, parent
            clause = parent

    def _before(self) -> tuple[str, ...]:
        """Return the words of the clause before the verb group."""
        return self._clause.lows[: self._group.first]

    # denied

    def _denied(self) -> str:
        negated = self._group.negated and not self._found.rule.negative
        if negated:
            return "not"
        governor = _first(self._group.governors, NEGATIVE_GOVERNORS)
        if governor:
            return governor
        for low, clause in self._reports():
            if low in DENIES or set(clause.lows[-3:]) & DENIES:
                return low
        return _first(self._before(), DENIES) or _phrase(self._before(), _NO)

    # hypothetical

    def _hypothetical(self) -> str:
        asked = self._asked()
        if asked:
            return asked
        found = _first(self._markers(), IF)
        if found:
            return found
        if self._would():
            return "would"
        if self._purpose():
            return "to"
        modal = _first(self._group.auxiliaries, MODAL)
        governor = _first(self._group.governors, HYPOTHETICAL_GOVERNORS)
        return modal or governor or self._wished()

    def _purpose(self) -> bool:
        """Whether "to oust Hale" is only what something is done for."""
        group = self._group
        if not group.infinitive or group.governors or not group.first:
            return False
        if self._found.rule.voice is not Voice.ACTIVE or group.auxiliaries:
            return False
        before = self._clause.items[group.first - 1]
        return not before.mention and before.low != ","

    def _wished(self) -> str:
        """Return the word before the trigger that only wishes or weighs it."""
        before = self._before()
        subjects = {i.low for i in self._clause.items if i.mention}
        return _first((w for w in before if w not in subjects), WISHES)

    def _would(self) -> bool:
        """Whether "would" is a conditional, not what somebody said would be."""
        if "would" not in self._group.auxiliaries:
            return False
        said = any(low in REPORTING for low, _ in self._reports())
        return not said

    def _asked(self) -> str:
        """Return "?" when the finding's own part of the sentence is a question."""
        tokens = self._sentence.tokens
        place = self._clause.items[self._found.start].first
        for index in range(place, len(tokens)):
            if tokens[index].low in {":", ";", ".", "|"}:
                return ""
            if tokens[index].low == "?":
                return "?"
        return ""

    # rumoured

    def _rumoured(self) -> str:
        governor = _first(self._group.governors, RUMOUR_GOVERNORS)
        if governor:
            return governor
        for low, clause in self._reports():
            if low in THINKS:
                return low
            source = _first(clause.lows, UNNAMED)
            if source:
                return source
        return (
            _first(self._clause.lows, RUMOURS)
            or self._labelled()
            or self._unnamed_source()
        )

    def _labelled(self) -> str:
        """Return the label of "Sources: ..." and "Report: ..."."""
        for clause in (self._clause, *self._chain()):
            if clause.marker == ":" and clause.parent is not None:
                return _first(self._clauses[clause.parent].lows, DOUBTS)
        return ""

    def _unnamed_source(self) -> str:
        """Return who is behind the sentence, when nobody named is."""
        lows = tuple(t.low for t in self._sentence.tokens)
        for index, low in enumerate(lows):
            if low in UNNAMED and _sourcing(lows, index):
                return low
        return ""

    # planned

    def _planned(self) -> str:
        auxiliary = _first(self._group.auxiliaries, PLANS)
        if auxiliary:
            return auxiliary
        governor = _first(self._group.governors, PLANS)
        if governor:
            return governor
        if "would" in self._group.auxiliaries:
            return "would"
        if self._group.infinitive and not _carried(self._group.governors):
            return "to"
        return "will" if self._found.rule.future else ""

    def _tense(self, modality: Modality) -> Tense:
        if modality is Modality.PLANNED:
            return Tense.FUTURE
        if self._found.form in {Form.PAST, Form.PARTICIPLE} and self._group.bare:
            return Tense.PAST
        if set(self._group.auxiliaries) & {"was", "were", "had"}:
            return Tense.PAST
        return Tense.PRESENT

    # dates and currency

    def _when(self, *, future: bool) -> When:
        """Return the finding's date, read in its tense; present tense tells none."""
        best = self._date()
        if best is None:
            return When()
        if future or self._past():
            return again(best, self._published, future=future).when
        return best.when

    def _date(self) -> DateRef | None:
        """Return the date of the clause nearest behind the trigger, else before it."""
        items = self._clause.items
        behind = [i for i in items[self._found.end :] if i.sort is Sort.DATE]
        ahead = [i for i in items[: self._found.start] if i.sort is Sort.DATE]
        skipped = {"until", "before", "after"}
        if self._found.rule.kind is Kind.HOLDS or self._found.rule.kind is Kind.OUT:
            skipped |= {"since"}
        label = self._label()
        for item in (*behind, *reversed(ahead), *label):
            date = item.date
            if date is not None and date.relation not in skipped:
                return date
        return None

    def _label(self) -> tuple[Item, ...]:
        """Return the date of "June 2023: ..." before a colon."""
        if self._clause.marker != ":" or self._clause.parent is None:
            return ()
        items = self._clauses[self._clause.parent].items
        return tuple(i for i in items if i.sort is Sort.DATE)

    def _ahead(self, when: When) -> bool:
        if self._published is None or when.earliest is None:
            return False
        return when.earliest > self._published.date()

    def _old(self, when: When) -> str:
        """Return why this is history, or ""."""
        if self._found.rule.kind is Kind.HOLDS:
            bare = self._found.form is Form.GERUND and self._group.bare
            shown = self._found.rule.voice is not Voice.INVERTED
            return "past" if self._past() or (bare and shown) else ""
        if self._former():
            return "former"
        if self._stale(when):
            return f"dated {when}"
        if self._is_fresh(when) and self._clause.marker != "since":
            return ""
        if "had" in self._group.auxiliaries and not self._said():
            return "had"
        if self._clause.marker in OLD and not self._handing():
            return self._clause.marker
        if self._found.rule.voice is Voice.NOMINAL and not self._announced():
            return "mentioned"
        return self._aside() or self._biography() or self._long_ago()

    def _former(self) -> bool:
        """Whether the person is only called a former holder: "has" makes it news."""
        offices = [o for o in self._found.offices if o.role]
        perfect = self._group.perfect and self._found.rule.cause != "died"
        gone = bool(offices) and all(o.former for o in offices)
        return self._found.rule.kind is Kind.OUT and gone and not perfect

    def _stale(self, when: When) -> bool:
        if self._published is None or when.latest is None:
            return False
        return when.latest < self._published.date() - FRESH

    def _is_fresh(self, when: When) -> bool:
        return when.known and not self._stale(when)

    def _said(self) -> bool:
        return any(low in REPORTING for low, _ in self._reports())

    def _handing(self) -> bool:
        """Whether "after handing over" tells what is happening now."""
        return self._found.form is Form.GERUND and bool(self._found.successors)

    def _announced(self) -> bool:
        """Whether the clause's verb makes the noun an event: "confirmed the exit"."""
        return bool(_first(self._before(), ANNOUNCES))

    def _aside(self) -> str:
        """Return why a reduced or relative clause only presents somebody."""
        clause, group = self._clause, self._group
        passive = self._found.rule.voice is Voice.PASSIVE
        reduced = passive and group.bare
        if reduced and "," in clause.lows[: self._found.start]:
            return "aside"
        if clause.link is Link.RELATIVE and self._past():
            return "relative"
        return ""

    def _past(self) -> bool:
        bare = self._found.form in {Form.PAST, Form.PARTICIPLE} and self._group.bare
        return bare or bool(set(self._group.auxiliaries) & {"was", "were", "had"})

    def _biography(self) -> str:
        return _first(self._before(), OLD_WORDS)

    def _long_ago(self) -> str:
        """Return the word whose clause dates this one: "after she died in April"."""
        if not self._past():
            return ""
        for clause in self._clauses:
            if clause.parent == self._clause.index and clause.marker in OLD:
                if any(self._older(i.date) for i in clause.items if i.date):
                    return clause.marker
        return ""

    def _older(self, date: DateRef) -> bool:
        """Whether the date lies more than some weeks back."""
        when = again(date, self._published, future=False).when
        if self._published is None or when.latest is None:
            return False
        return when.latest < self._published.date() - 4 * FRESH

    def _attribution(self) -> Attribution:
        if self._unnamed_source():
            return Attribution.UNNAMED
        speaker = self._clause.speaker
        if speaker is not None:
            return self._whose(speaker)
        for low, clause in self._reports():
            if low in REPORTING:
                return self._by_subject(clause)
        return self._by_subject(self._tail())

    def _whose(self, speaker: PersonRef) -> Attribution:
        own = any(who.person.name == speaker.name for who in self._found.people)
        return Attribution.PERSON if own else Attribution.ORGANIZATION

    def _by_subject(self, clause: Clause | None) -> Attribution:
        if clause is None:
            return Attribution.PRESS
        for item in clause.items:
            if item.person is not None:
                return self._whose(item.person)
            if item.organization is not None:
                return Attribution.ORGANIZATION
        if set(clause.lows) & {"company", "club", "board", "firm", "university"}:
            return Attribution.ORGANIZATION
        return Attribution.PRESS

    def _tail(self) -> Clause | None:
        return next((c for c in self._clauses if c.marker == "tail"), None)


ANNOUNCES = words(
    "announced announces announce confirmed confirms confirm revealed reveals "
    "tendered submitted accepted accepts accept"
)
OLD_WORDS = OLD - words("while when as") | {"previously", "once", "earlier"}
_NO = (("no", "plans"), ("no", "intention"), ("played", "down"), ("plays", "down"))
_SAYING = words(
    "said say says told familiar according briefed report reports reported claim"
)


def _first(words: Iterator[str] | Sequence[str], known: frozenset[str]) -> str:
    return next((word for word in words if word in known), "")


def _phrase(lows: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> str:
    for phrase in phrases:
        for index in range(len(lows) - len(phrase) + 1):
            if tuple(lows[index : index + len(phrase)]) == phrase:
                return " ".join(phrase)
    return ""


def _carried(governors: Sequence[str]) -> bool:
    """Whether what the infinitive hangs on has happened: "was forced to resign"."""
    return bool(set(governors) & {"forced", "helped", "brought"})


def _sourcing(lows: Sequence[str], index: int) -> bool:
    """Whether the word names whose word it is: "people familiar with the matter"."""
    near = set(lows[max(0, index - 4) : index + 6])
    match lows[index]:
        case "people" | "person":
            return bool(near & {"familiar", "briefed", "knowledge"})
        case "report" | "reports" | "media" | "rumours" | "rumors":
            return "according" in near
        case _:
            return bool(near & _SAYING) or ":" in lows[index + 1 : index + 2]
