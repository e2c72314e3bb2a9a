"""Events to claims: the post bound, the quote cut out, what is doubtful noted.

Confidence, from 0 to 1, starts at 0.95 and is what each doubt leaves of it: no post
named (0.9), an organisation from elsewhere in the article (0.9) or only guessed (0.6),
a pronoun bound loosely (0.5), a name taken from the next sentence (0.8), a rule on
trial (0.6). Agreement of sentences lifts it again (`merge.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.document import Document, How, OrgRef, Part, Sentence
from rules.model import Capacity, Claim, Currency, Evidence, Kind, Modality, Tense
from rules.reading.argument import Who
from rules.reading.binding import Binder, Bound, Surety
from rules.reading.doubts import doubts
from rules.reading.event import Event
from rules.reading.items import Item, Office
from rules.reading.obituaries import long_left
from rules.reading.oddities import oddities
from rules.reading.profiles import Profiles
from rules.reading.sides import Party, sides
from rules.rule import Rule
from rules.spans.nations import elsewhere, envoy, stately

Folded = Mapping[int, Sequence[Item]]

_SURE = 0.95
_IN_PASSING = 0.6
_FOR_NOW = frozenset({"interim", "temporarily", "caretaker", "provisionally"})
_SEARCH = frozenset({"successor", "permanent", "replacement", "search"})
_MENTIONS = frozenset({"mentioned", "after", "following", "as", "amid", "aside"})
_NEAR = 2
_EARLY = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim in the making.

    *doubts* are reasons why it may not alert alone, *passing* that it is told deep in
    the text, in the past and without a date: news only if something else says so.
    *rule* is what read it; None for a title beside a name. *part* is where it stands,
    *loose* that it is told as known, in passing, yet undated: it may be the news.
    """

    claim: Claim
    source: Surety
    doubts: tuple[str, ...] = ()
    passing: bool = False
    rule: Rule | None = None
    part: Part = Part.BODY
    loose: bool = False


class Clerk:
    """Draws up the claims of one article."""

    def __init__(
        self, document: Document, folded: Folded, profiles: Profiles, *, sure: bool
    ) -> None:
        self._document = document
        self._binder = Binder(document.focus, profiles)
        self._sure = sure
        self._named = tuple(_named(sentence) for sentence in document.sentences)
        self._oddities = tuple(oddities(document))
        self._only = tuple(_only(sentence) for sentence in document.sentences)
        self._free = {index: _orgs(items) for index, items in folded.items()}

    def draw(self, event: Event) -> Iterator[Proposal]:
        """Yield one draft for each person and post that *event* speaks of."""
        for side in sides(event.found):
            teams = self._binder.left(event.found, side)
            offices = side.offices or (() if teams else (Office(),))
            for office in dict.fromkeys((*offices, *teams)):
                bound = self._national(self._binder.bind(event.found, side, office))
                yield self._draft(event, side, bound)

    def _draft(self, event: Event, side: Party, bound: Bound) -> Proposal:
        if self._unsaid(event, side, bound):
            bound = replace(bound, organization=None)
        if bound.organization is None:
            bound = self._fallback(event.sentence, bound)
        doubts = tuple(self._doubts(event, side, bound))
        status, role = event.status, bound.office.role
        score = _SURE
        for _, factor in doubts:
            score *= factor
        claim = Claim(
            kind=side.kind,
            person=side.who.person.name,
            organization=bound.organization.name if bound.organization else None,
            unit=bound.office.unit.name if bound.office.unit else None,
            role=role.label if role else None,
            role_key=role.key if role else None,
            evidence=self.evidence(event.sentence),
            capacity=_capacity(event, bound.office, side.kind),
            polarity=status.polarity,
            modality=status.modality,
            tense=status.tense,
            currency=status.currency,
            attribution=status.attribution,
            when=status.when,
            replaces=side.replaces,
            cause=side.cause if side.kind is Kind.OUT else None,
            confidence=round(score, 3),
            votes=(event.found.rule.id,),
        )
        reasons = tuple(reason for reason, _ in doubts if reason)
        passing, part = _passing(event), event.sentence.part
        return Proposal(
            claim, bound.source, reasons, passing, event.found.rule, part, _loose(event)
        )

    def _national(self, bound: Bound) -> Bound:
        """Return a minister's post at the watched country, whoever it is that acts."""
        nation, role = self._document.nation, bound.office.role
        if nation is None or not nation.watched or role is None:
            return bound
        acting = bound.source is Surety.CLAUSE and bound.organization is not None
        if acting and stately(role.label) and not _known(bound.organization):
            return replace(bound, organization=nation, source=Surety.ARTICLE)
        return bound

    def _fallback(self, sentence: Sentence, bound: Bound) -> Bound:
        """Return the post at the watched country, or at the only house in sight."""
        nation, role = self._document.nation, bound.office.role
        state = role is not None and stately(role.label)
        if nation and not nation.watched:
            state = state and role is not None and not envoy(role.label)
        if nation is not None and state and not elsewhere(sentence, nation.name):
            return replace(bound, organization=nation, source=Surety.ARTICLE)
        if self._document.focus is None:
            return self._nearest(sentence, bound)
        return bound

    def _nearest(self, sentence: Sentence, bound: Bound) -> Bound:
        """Return the post at the only organisation that the sentence speaks of."""
        named = self._only[sentence.index] or sentence.topic
        if named is None:
            return bound
        return replace(bound, organization=named, source=Surety.ARTICLE)

    def _doubts(
        self, event: Event, side: Party, bound: Bound
    ) -> Iterator[tuple[str, float]]:
        """Yield every doubt and its weight; a doubt without words is only weight."""
        if not side.who.certain:
            yield "a pronoun may mean somebody else", 0.5
        if side.inferred:
            yield "nobody says so, and a post elsewhere is taken", 0.6
        yield from self._oddities
        name = bound.organization.name if bound.organization else None
        yield from doubts(event, name)
        if long_left(event, self._document):
            yield "perhaps the post was left long before", 0.6
        if bound.office.role is None:
            yield "", 0.9
        if bound.source is Surety.ARTICLE:
            yield "", 0.9
        if self._guessed(bound, event.sentence):
            yield "the organisation is guessed from the article", 0.6

    def _guessed(self, bound: Bound, sentence: Sentence) -> bool:
        """Whether the organisation is only the article's, and another is in play."""
        if bound.source is not Surety.FOCUS or bound.organization is None:
            return False
        free = self._free[sentence.index]
        topic = sentence.topic is None or sentence.topic.name == bound.organization.name
        here = bound.organization.name in free or (topic and not free)
        return not (self._sure and here)

    def _unsaid(self, event: Event, side: Party, bound: Bound) -> bool:
        """Whether no organisation is better than the article's: history, a title."""
        if bound.source is not Surety.FOCUS:
            return False
        if event.status.currency is Currency.BACKGROUND:
            return self._guessed(bound, event.sentence)
        body = event.sentence.part is Part.BODY
        others = bound.office.owner in {"its", "their"}
        alone = self._alone(event.sentence)
        return side.kind is Kind.HOLDS and (body or others or not alone)

    def _alone(self, sentence: Sentence) -> bool:
        """Whether no organisation but the article's is named near the sentence."""
        focus = self._document.focus
        near = self._named[max(0, sentence.index - _NEAR) : sentence.index + 1]
        return focus is not None and set().union(*near) <= {focus.name}

    def passing(self, who: Who, office: Office, sentence: Sentence) -> Proposal:
        """Return what an office beside a name says: held now, or once."""
        former, role = office.former, office.role
        organization = office.organization
        others = office.owner in {"his", "her", "their"}
        if organization is None and not others and self._alone(sentence):
            organization = self._document.focus
        if organization is not None:
            organization = self._binder.settled(organization)
        claim = Claim(
            kind=Kind.OUT if former else Kind.HOLDS,
            person=who.person.name,
            organization=organization.name if organization else None,
            unit=office.unit.name if office.unit else None,
            role=role.label if role else None,
            role_key=role.key if role else None,
            evidence=self.evidence(sentence),
            capacity=role.capacity if role else Capacity.SUBSTANTIVE,
            tense=Tense.PAST if former else Tense.PRESENT,
            currency=Currency.BACKGROUND if former else Currency.CURRENT,
            confidence=_SURE if office.organization else _IN_PASSING,
            votes=("apposition",),
        )
        return Proposal(claim, Surety.OFFICE if office.organization else Surety.FOCUS)

    def evidence(self, sentence: Sentence) -> Evidence:
        """Return the whole sentence, verbatim."""
        article = self._document.article
        quote = article.content[sentence.start : sentence.end]
        return Evidence(article.id, sentence.start, sentence.end, quote)


def _named(sentence: Sentence) -> frozenset[str]:
    """Return the organisations that the sentence names outright."""
    refs = (span.ref for span in sentence.spans)
    return frozenset(
        ref.name
        for ref in refs
        if isinstance(ref, OrgRef) and ref.how is not How.ANAPHOR
    )


def _only(sentence: Sentence) -> OrgRef | None:
    """Return the one organisation that the sentence names outright, if it is one."""
    refs = (span.ref for span in sentence.spans)
    found = {r.name: r for r in refs if isinstance(r, OrgRef) and not r.press}
    return next(iter(found.values())) if len(found) == 1 else None


def _orgs(items: Sequence[Item]) -> frozenset[str]:
    """Return the organisations of a sentence that stand beside nobody's name."""
    refs = (item.organization for item in items)
    return frozenset(r.name for r in refs if r and r.how is not How.ANAPHOR)


def _known(organization: OrgRef | None) -> bool:
    """Whether the organisation is watched, or its name has the shape of one."""
    return organization is None or organization.watched or " " in organization.name


def _passing(event: Event) -> bool:
    deep = event.sentence.part is Part.BODY and event.sentence.index > _EARLY
    status = event.status
    told = status.modality is Modality.ASSERTED and status.tense is Tense.PAST
    return deep and told and not status.when.known


def _loose(event: Event) -> bool:
    """Whether it is history only by how it is mentioned: "after her exit"."""
    status = event.status
    old = status.currency is Currency.BACKGROUND and not status.when.known
    return old and status.real and status.cue in _MENTIONS


def _shared(event: Event, office: Office, kind: Kind) -> bool:
    """Whether a post of one seat is said to be held together: "will co-lead"."""
    found = event.found
    if office.role is None or office.role.seats != 1 or kind is Kind.OUT:
        return False
    if any(low.startswith("co-") for low in found.clause.lows[found.start : found.end]):
        return True
    jointly = {"jointly", "together"} & set(found.clause.lows)
    return kind is Kind.IN and bool(jointly)


def _capacity(event: Event, office: Office, kind: Kind) -> Capacity:
    """Return the capacity of the role, or what "on an acting basis" makes of it."""
    told = office.role.capacity if office.role else Capacity.SUBSTANTIVE
    if told is Capacity.SUBSTANTIVE and _shared(event, office, kind):
        return Capacity.CO
    if kind is not Kind.IN or told is not Capacity.SUBSTANTIVE:
        return told
    lows = set(event.found.clause.lows)
    if "acting" in lows:
        return Capacity.ACTING
    spoken = [token.low for token in event.sentence.tokens]
    until = {"until", "while"} & set(spoken) and _SEARCH & set(spoken)
    for_now = ("for", "now") in pairwise(spoken)
    return Capacity.INTERIM if lows & _FOR_NOW or until or for_now else told
