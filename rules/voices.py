"""A third voice, for those who want one: who may vote on names and on claims. Pure.

Two plug-in points, both off unless the user turns them on. A `Tagger` says where a
text names people and organisations; a `Judge` answers one question on what the two
readers left open. A judge may promote or veto a candidate; what it says of a sentence
that nobody read is a candidate at most, and only when person and quote stand in the
text word for word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from rules.model import Claim, Evidence, Kind, Reading, Tier, Verdict
from rules.spans.roles import understand

VOTE = "judge"
"""The name under which a judge's vote stands among a claim's votes."""

_CLAIMS = 6
_SENTENCES = 3
_AROUND = 300


class NameSort(StrEnum):
    """What a name is of."""

    PERSON = "person"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: `text[start:end]`."""

    start: int
    end: int
    sort: NameSort


class Tagger(Protocol):
    """Says where a text names people and organisations: a user's own model."""

    def tag(self, text: str) -> Sequence[Named]:
        """Return the names in *text*; those that overlap our own are not used."""
        ...


class Answer(StrEnum):
    """What a judge makes of a claim; UNDECIDED changes nothing."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing left open: a candidate, or (*claim* None) a sentence nobody read.

    *context* is the title and the words around the sentence.
    """

    context: str
    sentence: str
    start: int
    claim: Claim | None = None

    @property
    def key(self) -> str:
        """Name the question by its text, so that an answer can be kept."""
        claim = self.claim
        about = "" if claim is None else f"{claim.kind}|{claim.person}|{claim.role_key}"
        text = "\x1f".join((self.context, self.sentence, about))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judge's answer; the rest is what it says of a sentence that nobody read."""

    answer: Answer = Answer.UNDECIDED
    kind: Kind | None = None
    person: str = ""
    role: str = ""
    organization: str = ""


class Judge(Protocol):
    """Answers questions, one at a time. Never raises: what fails is undecided."""

    async def ask(self, question: Question) -> Opinion:
        """Return what it makes of *question*."""
        ...


def questions(reading: Reading) -> tuple[Question, ...]:
    """Return what is left open: candidates first, then sentences that no rule read."""
    told = [c for c in reading.claims if c.tier is Tier.CANDIDATE and c.person]
    asked = [_question(reading, c.evidence.start, c.evidence.end, c) for c in told]
    places = list(_unread(reading))[:_SENTENCES]
    return (*asked[:_CLAIMS], *(_question(reading, *place) for place in places))


def _unread(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences that passed the gate and that no rule fits."""
    claimed = {claim.evidence.start for claim in reading.claims}
    for verdict in reading.verdicts:
        if verdict.stage != "frames" or verdict.passed or verdict.start is None:
            continue
        if verdict.end is not None and verdict.start not in claimed:
            yield verdict.start, verdict.end


def _question(
    reading: Reading, start: int, end: int, claim: Claim | None = None
) -> Question:
    content, title = reading.article.content, reading.article.title
    around = content[max(0, start - _AROUND) : end + _AROUND]
    return Question(f"{title}\n{around}", content[start:end], start, claim)


def settled(reading: Reading, answered: Iterable[tuple[Question, Opinion]]) -> Reading:
    """Return *reading* as the opinions leave it, with a verdict for each."""
    claims = {claim.id: claim for claim in reading.claims}
    verdicts = list(reading.verdicts)
    for question, opinion in answered:
        claim, note = _settled(reading, question, opinion)
        if claim is not None:
            claims[claim.id] = claim
        passed = opinion.answer is Answer.YES
        end = question.start + len(question.sentence)
        verdicts.append(Verdict(VOTE, passed, note, question.start, end))
    return replace(reading, claims=tuple(claims.values()), verdicts=tuple(verdicts))


def _settled(
    reading: Reading, question: Question, opinion: Opinion
) -> tuple[Claim | None, str]:
    claim = question.claim
    if claim is None:
        found = _found(reading, question, opinion)
        return found, f"{opinion.answer}: {found.person if found else 'nothing new'}"
    match opinion.answer:
        case Answer.YES if claim.organization and claim.role_key:
            promoted = replace(claim, tier=Tier.ALERT, votes=(*claim.votes, VOTE))
            return promoted, f"yes: {claim.person} is told"
        case Answer.NO:
            vetoed = replace(claim, tier=Tier.CONTEXT, votes=(*claim.votes, VOTE))
            return vetoed, f"no: {claim.person} is not told"
        case _:
            return None, f"{opinion.answer}: {claim.person} stays a candidate"


def _found(reading: Reading, question: Question, opinion: Opinion) -> Claim | None:
    """Return the candidate that *opinion* finds, if all of it stands in the text."""
    if opinion.answer is not Answer.YES or opinion.kind not in {Kind.IN, Kind.OUT}:
        return None
    stated = bool(opinion.person) and opinion.person in question.sentence
    placed = not opinion.organization or opinion.organization in question.context
    role = understand(opinion.role) if opinion.role else None
    if not (stated and placed and role and opinion.role in question.context):
        return None
    end = question.start + len(question.sentence)
    evidence = Evidence(reading.article.id, question.start, end, question.sentence)
    return Claim(
        kind=opinion.kind,
        person=opinion.person,
        organization=opinion.organization or None,
        unit=None,
        role=role.label,
        role_key=role.key,
        evidence=evidence,
        tier=Tier.CANDIDATE,
        votes=(VOTE,),
    )
