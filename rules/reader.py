"""Read one article: gate, tag, fold, frames, status, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.appositions import fold
from rules.arguments import Arguments
from rules.claims import Clerk, Draft
from rules.clauses import cut
from rules.document import Document, Sentence
from rules.frames import Found, Frames
from rules.gate import Gate
from rules.holders import holders
from rules.items import Item
from rules.links import linked
from rules.merge import merged
from rules.model import Article, Claim, Reading, Verdict, Watchlist
from rules.profiles import Profiles
from rules.roles import table
from rules.rulebook import RuleBook
from rules.scene import Scene
from rules.status import Status, judge
from rules.tagger import Tagger, overlong

_MOST = 400
"""Findings of one article; what a hostile text has more is not read."""


class Reader:
    """Reads articles for one watch list with one rule book; keeps nothing of them."""

    def __init__(self, watchlist: Watchlist, book: RuleBook) -> None:
        self._watchlist = watchlist
        self._book = book
        self._tagger = Tagger(watchlist)
        self._gate = Gate(watchlist, book.triggers | table().labels.keys())
        self._sentences = Gate(Watchlist(), book.triggers)

    def read(self, article: Article) -> Reading:
        """Return what *article* claims, and every stage's verdict."""
        gate = self._gate.article(article.content)
        if not gate.passed:
            return Reading(article, (), (gate,))
        document = self._tagger.tag(article)
        session = _Session(document, self._watchlist, self._book)
        claims = session.claims(self._sentences)
        cut_off = overlong(article)
        before = (gate, cut_off) if cut_off else (gate,)
        return Reading(article, claims, (*before, *session.verdicts))


class _Session:
    """The reading of one article."""

    def __init__(
        self, document: Document, watchlist: Watchlist, book: RuleBook
    ) -> None:
        self._document = document
        self._book = book
        self._scene = Scene()
        self._profiles = Profiles(document.focus)
        self._clerk = Clerk(document, watchlist, self._profiles)
        self.verdicts: list[Verdict] = []

    def claims(self, gate: Gate) -> tuple[Claim, ...]:
        """Return the merged claims of the article."""
        folded = [(s, fold(s)) for s in self._document.sentences]
        for _, items in folded:
            self._profiles.meet(items)
        drafts: list[Draft] = []
        for sentence, items in folded:
            if len(drafts) >= _MOST:
                self._say(
                    "budget", sentence, f"more than {_MOST} findings", passed=False
                )
                break
            drafts.extend(self._sentence(gate, sentence, items))
            self._scene.enter(items)
        return merged(self._tiered(drafts))

    def _sentence(
        self, gate: Gate, sentence: Sentence, items: list[Item]
    ) -> Iterator[Draft]:
        yield from holders(self._clerk, sentence, items)
        text = self._document.article.content[sentence.start : sentence.end]
        verdict = gate.sentence(text)
        if not verdict.passed:
            return
        self._say("sentence", sentence, verdict.note, passed=True)
        clauses = cut(sentence, items)
        arguments = Arguments(clauses, self._scene)
        found = list(Frames(self._book, arguments).read())
        if not found:
            self._say("frames", sentence, "no rule fits", passed=False)
        published = self._document.article.published
        judged = [(f, judge(f, sentence, clauses, published)) for f in found]
        for one, status in linked(judged, clauses):
            self._explain(one, status, sentence)
            yield from self._clerk.draw(one, status, sentence)

    def _explain(self, found: Found, status: Status, sentence: Sentence) -> None:
        who = ", ".join(w.person.name for w in found.people) or "nobody named"
        cue = f" ({status.cue})" if status.cue else ""
        note = (
            f"{found.rule.id}: {found.rule.kind} {who}: {status.polarity}, "
            f"{status.modality}, {status.currency}{cue}"
        )
        self._say("frames", sentence, note, passed=bool(found.people))

    def _tiered(self, drafts: Iterable[Draft]) -> Iterator[Claim]:
        for draft in drafts:
            claim, why = self._clerk.tiered(draft)
            what = f"{claim.kind} {claim.person or 'nobody'}, {claim.role or 'no role'}"
            place = (claim.evidence.start, claim.evidence.end)
            note = f"{what}, {claim.organization}: {claim.tier}: {why}"
            self.verdicts.append(
                Verdict("claim", claim.tier != "context", note, *place)
            )
            yield claim

    def _say(self, stage: str, sentence: Sentence, note: str, *, passed: bool) -> None:
        self.verdicts.append(Verdict(stage, passed, note, sentence.start, sentence.end))
