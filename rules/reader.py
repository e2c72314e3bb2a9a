"""Read one article: gate, tag, fold, frames, status, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from rules.document import Document, Sentence
from rules.gate import UNWATCHED, Gate
from rules.model import Article, Claim, Kind, Mark, Reading, Tier, Verdict, Watchlist
from rules.reading.appositions import fold
from rules.reading.claims import Clerk, Proposal
from rules.reading.clauses import cut
from rules.reading.event import Event
from rules.reading.frames import Frames
from rules.reading.holders import holders
from rules.reading.items import Item, title
from rules.reading.links import linked
from rules.reading.marks import marks
from rules.reading.merge import merged
from rules.reading.nameless import lend, named
from rules.reading.patterns import Patterns
from rules.reading.profiles import Profiles
from rules.reading.retrospect import looks_back, retold
from rules.reading.scene import Scene
from rules.reading.scope import Setting
from rules.reading.status import judge
from rules.reading.subjects import Subjects
from rules.reading.teams import team_claims
from rules.reading.tiers import Tiers
from rules.rulebook import RuleBook
from rules.spans.roles import table
from rules.spans.tagger import Marker, overlong
from rules.spans.units import ANAPHORA
from rules.voices import Tagger
from rules.when import When

_MOST = 400
"""Findings of one article, and titles beside names; more of them is hostile."""


class Reader:
    """Reads articles for one watch list with one rule book; keeps nothing of them."""

    def __init__(
        self, watchlist: Watchlist, book: RuleBook, tagger: Tagger | None = None
    ) -> None:
        self._watchlist = watchlist
        self._book = book
        self._marker = Marker(watchlist, tagger)
        self._gate = Gate(watchlist, book.triggers | table().labels.keys())
        self._sentences = Gate(Watchlist(), book.triggers)

    def read(self, article: Article) -> Reading:
        """Return what *article* claims, and every stage's verdict."""
        gate = self._gate.article(article.content)
        if not gate.passed:
            unwatched = gate.note == UNWATCHED
            return Reading(article, (), (gate,), unwatched=unwatched)
        document = self._marker.tag(article)
        session = _Session(document, self._watchlist, self._book)
        claims = session.claims(self._sentences)
        cut_off = overlong(article)
        before = (gate, cut_off) if cut_off else (gate,)
        return Reading(
            article, claims, (*before, *session.verdicts), tuple(session.marks)
        )


class _Session:
    """The reading of one article."""

    def __init__(
        self, document: Document, watchlist: Watchlist, book: RuleBook
    ) -> None:
        self._document = document
        self._watchlist = watchlist
        self._book = book
        self._profiles = Profiles(document.focus)
        self._back = looks_back(document)
        self._second: list[Event] = []
        self.verdicts: list[Verdict] = []
        self.marks: list[Mark] = []

    def claims(self, gate: Gate) -> tuple[Claim, ...]:
        """Return the merged claims of the article."""
        folded = {s.index: fold(s) for s in self._document.sentences}
        for sentence in self._document.sentences:
            items = folded[sentence.index]
            self._profiles.meet(i for i in items if not title(sentence, i))
        events = self._events(gate, folded)
        of_teams = [e for e in events if e.found.rule.kind is Kind.VACANT]
        events = [e for e in events if e.found.rule.kind is not Kind.VACANT]
        self._note(events)
        lend(events, self._profiles)
        events = list(named(events, folded, self._profiles))
        for event in (*events, *self._second, *of_teams):
            self._explain(event)
        decided = self._decided(tuple(self._drafts(events, folded)))
        ends = team_claims(of_teams, self._document, self._watchlist)
        return merged((*decided, *ends))

    def _events(self, gate: Gate, folded: dict[int, list[Item]]) -> list[Event]:
        """Return what the rules find, in order of the text, up to a cap."""
        scene = Scene()
        events: list[Event] = []
        for sentence in self._document.sentences:
            items = folded[sentence.index]
            if len(events) >= _MOST:
                note = f"more than {_MOST} findings"
                self._say("budget", sentence, note, passed=False)
                break
            if self._matters(gate, sentence):
                events.extend(self._found(sentence, items, scene))
                self._second.extend(self._matched(sentence, items))
            scene.enter(items, _came(e for e in events if e.sentence is sentence))
        return events

    def _matters(self, gate: Gate, sentence: Sentence) -> bool:
        text = self._document.article.content[sentence.start : sentence.end]
        verdict = gate.sentence(text)
        if verdict.passed:
            self._say("sentence", sentence, verdict.note, passed=True)
            self.marks.extend(marks(sentence))
        return verdict.passed

    def _found(
        self, sentence: Sentence, items: Sequence[Item], scene: Scene
    ) -> Iterator[Event]:
        clauses = cut(sentence, items)
        found = list(Frames(self._book, Subjects(clauses, scene)).read())
        if not found:
            self._say("frames", sentence, "no rule fits", passed=False)
        published = self._document.article.published
        judged = [(f, judge(Setting(f, sentence, clauses, published))) for f in found]
        for one, status in linked(judged):
            yield Event(one, retold(status) if self._back else status, sentence)

    def _matched(self, sentence: Sentence, items: Sequence[Item]) -> Iterator[Event]:
        """Yield what the second reader says of the sentence, judged by itself."""
        published = self._document.article.published
        for found in Patterns(self._book, items).read():
            status = judge(Setting(found, sentence, (found.clause,), published))
            if not status.real:
                continue  # what it is not sure of it leaves to the frames
            if status.told:
                status = replace(status, when=When())  # any date of the sentence's
            yield Event(found, retold(status) if self._back else status, sentence)

    def _note(self, events: Iterable[Event]) -> None:
        """Note the posts that people come into, hold or leave: they fill gaps."""
        for event in events:
            found = event.found
            note = self._profiles.note
            if event.status.told and found.rule.kind is not Kind.OUT:
                coming = found.rule.kind is Kind.IN
                note = self._profiles.came if coming else self._profiles.hold
            for who in found.people if event.status.real else ():
                for office in found.offices:
                    note(who.person.name, office)
                    if event.status.told and found.rule.kind is Kind.OUT:
                        left = office.within(found.organization)
                        self._profiles.left(who.person.name, left)

    def _drafts(
        self, events: Iterable[Event], folded: dict[int, list[Item]]
    ) -> Iterator[Proposal]:
        focus = self._document.focus
        sure = focus is not None and (focus.watched or self._watchlist.open)
        clerk = Clerk(self._document, folded, self._profiles, sure=sure)
        beside = (
            draft
            for sentence in self._document.sentences
            for draft in holders(clerk, sentence, folded[sentence.index])
        )
        yield from islice(beside, _MOST)
        for event in (*events, *self._second):
            yield from clerk.draw(event)

    def _decided(self, drafts: Sequence[Proposal]) -> Iterator[Claim]:
        for told, why in Tiers(self._watchlist, drafts).decided():
            claim = _unplaced(told) if told.unit in ANAPHORA else told
            what = f"{claim.kind} {claim.person}, {claim.role or 'no role'}"
            note = f"{what}, {claim.organization}: {claim.tier}: {why}"
            start, end = claim.evidence.start, claim.evidence.end
            passed = claim.tier is not Tier.CONTEXT
            self.verdicts.append(Verdict("claim", passed, note, start, end))
            yield claim

    def _explain(self, event: Event) -> None:
        found, status = event.found, event.status
        team = found.unit.name if found.unit else ""
        who = ", ".join(w.person.name for w in found.people) or team or "nobody named"
        cue = f" ({status.cue})" if status.cue else ""
        real = f"{status.polarity}, {status.modality}, {status.currency}{cue}"
        note = f"{found.rule.id}: {found.rule.kind} {who}: {real}"
        stage = "patterns" if found.rule.patterns else "frames"
        named_one = bool(found.people or found.unit)
        self._say(stage, event.sentence, note, passed=named_one)

    def _say(self, stage: str, sentence: Sentence, note: str, *, passed: bool) -> None:
        self.verdicts.append(Verdict(stage, passed, note, sentence.start, sentence.end))


def _came(events: Iterable[Event]) -> frozenset[str]:
    """Return who comes into a post by these events."""
    return frozenset(
        who.person.name
        for event in events
        if event.found.rule.kind is Kind.IN and event.status.told
        for who in event.found.people
    )


def _unplaced(claim: Claim) -> Claim:
    """Return a claim on "the team" of which nobody says which it is: of no post."""
    return replace(claim, organization=None, tier=Tier.CONTEXT)
