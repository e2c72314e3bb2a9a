"""Findings to claims: the organisation and the post bound, the quote, the tier.

Confidence, from 0 to 1, starts at 0.95 and is what each doubt leaves of it: a role
not named (0.9), a role or organisation taken from elsewhere in the article (0.9), an
organisation only guessed (0.6), a pronoun bound loosely (0.5), a nameless event bound
to the next sentence's person (0.8), an experimental rule (0.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.arguments import Who
from rules.document import Document, How, OrgRef, Sentence
from rules.frames import Found
from rules.items import Office
from rules.model import (
    Capacity,
    Claim,
    Currency,
    Evidence,
    Kind,
    Modality,
    Tense,
    Tier,
    Watchlist,
)
from rules.profiles import Profiles
from rules.roles import leads
from rules.rulebook import Standing
from rules.status import Status

_SURE = 0.95
_FOR_NOW = frozenset({"interim", "temporarily", "caretaker", "provisionally"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: *doubts* are reasons why it may not alert alone."""

    claim: Claim
    doubts: tuple[str, ...] = ()
    bound: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """One person's side of a finding."""

    kind: Kind
    who: Who
    offices: tuple[Office, ...]
    replaces: str | None = None
    cause: str | None = None


class Clerk:
    """Draws up the claims of one article."""

    def __init__(
        self, document: Document, watchlist: Watchlist, profiles: Profiles
    ) -> None:
        self._document = document
        self._article = document.article
        self._watchlist = watchlist
        self._profiles = profiles

    def draw(self, found: Found, status: Status, sentence: Sentence) -> Iterator[Draft]:
        """Yield one draft for each person and post that *found* speaks of."""
        for part in _parts(found):
            for office in part.offices or (Office(),):
                yield self._draft(found, status, sentence, (part, office))

    def _draft(
        self,
        found: Found,
        status: Status,
        sentence: Sentence,
        side: tuple[_Part, Office],
    ) -> Draft:
        part, office = side
        doubts: list[str] = []
        score = _SURE
        organization, how = self._organization(found, part, office)
        if how == "focus" and not self._focused(organization):
            doubts.append("the organisation is guessed from the article")
            score *= 0.6
        office = self._office(part, office, organization)
        if not part.who.certain:
            doubts.append("a pronoun may mean somebody else")
            score *= 0.5
        if found.rule.standing is Standing.EXPERIMENTAL:
            doubts.append(f"rule {found.rule.id} is on trial")
            score *= 0.6
        if office.role is None:
            score *= 0.9
        claim = Claim(
            kind=part.kind,
            person=part.who.person.name,
            organization=organization.name if organization else None,
            unit=office.unit.name if office.unit else None,
            role=office.role.label if office.role else None,
            role_key=office.role.key if office.role else None,
            evidence=self.evidence(sentence),
            capacity=_capacity(found, office, part.kind),
            polarity=status.polarity,
            modality=status.modality,
            tense=status.tense,
            currency=status.currency,
            attribution=status.attribution,
            when=status.when,
            replaces=part.replaces,
            cause=part.cause if part.kind is Kind.OUT else None,
            confidence=round(score, 3),
            votes=(found.rule.id,),
        )
        return Draft(claim, tuple(doubts), organization is not None)

    def passing(self, who: Who, office: Office, sentence: Sentence) -> Draft:
        """Return what an office beside a name says: held now, or once."""
        former = office.former
        organization = office.organization
        if organization is None and office.owner not in {"his", "her", "their"}:
            organization = self._document.focus
        organization = self._settled(organization) if organization else None
        role = office.role
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
            confidence=0.9 if office.organization else 0.6,
            votes=("apposition",),
        )
        return Draft(claim, (), organization is not None)

    def evidence(self, sentence: Sentence) -> Evidence:
        """Return the whole sentence, verbatim."""
        content = self._article.content
        quote = content[sentence.start : sentence.end]
        return Evidence(self._article.id, sentence.start, sentence.end, quote)

    def _organization(
        self, found: Found, part: _Part, office: Office
    ) -> tuple[OrgRef | None, str]:
        """Return the organisation and where it was found."""
        if office.organization is not None:
            return self._settled(office.organization), "office"
        if office.unit is not None and office.unit.organization:
            unit = office.unit
            return OrgRef(unit.organization or "", unit.how, unit.watched), "unit"
        if found.organization is not None:
            return self._settled(found.organization), "slot"
        if part.kind is not Kind.IN:
            for own in part.who.offices:
                if own.organization is not None:
                    return self._settled(own.organization), "person"
        subject = found.subject.organization
        if subject is not None:
            return self._settled(subject), "subject"
        known = self._profiles.organization(part.who.person.name, office, part.kind)
        if known is not None:
            return known, "profile"
        return self._document.focus, "focus"

    def _settled(self, organization: OrgRef) -> OrgRef:
        """Return what an anaphor means; anything else is itself."""
        if organization.how is How.ANAPHOR and self._document.focus:
            return self._document.focus
        return organization

    def _focused(self, organization: OrgRef | None) -> bool:
        """Whether the article's focus is sure: the only watched one it names."""
        focus = self._document.focus
        if organization is None or focus is None:
            return False
        return focus.watched or self._watchlist.open

    def _office(
        self, part: _Part, office: Office, organization: OrgRef | None
    ) -> Office:
        """Fill in the post that the article tells elsewhere."""
        if office.role is not None and office.role.key != "head":
            return office
        if office.role is not None and (office.unit or part.kind is Kind.HOLDS):
            return office
        name = organization.name if organization else None
        known = self._profiles.office(part.who.person.name, name, part.kind)
        if known is None and part.replaces:
            known = self._profiles.office(part.replaces, name, Kind.OUT)
        if known is None:
            return office
        capacity = office.role.capacity if office.role else None
        if capacity and known.role and capacity is not Capacity.SUBSTANTIVE:
            return replace(known, role=replace(known.role, capacity=capacity))
        return known

    def tiered(self, draft: Draft) -> tuple[Claim, str]:
        """Return the claim with its tier, and why."""
        tier, why = self._tier(draft)
        return replace(draft.claim, tier=tier), why

    def _tier(self, draft: Draft) -> tuple[Tier, str]:
        claim = draft.claim
        reason = _context(claim)
        if reason:
            return Tier.CONTEXT, reason
        if not self._watched(claim):
            return Tier.CONTEXT, f"{claim.organization} is not watched"
        if claim.role_key and not leads(claim.role_key):
            if not self._watched_person(claim):
                return Tier.CONTEXT, f"{claim.role} leads nothing that is watched"
        if claim.person is None:
            return Tier.CANDIDATE, "nobody is named"
        if not draft.bound:
            return Tier.CANDIDATE, "no organisation is named"
        if claim.role is None and claim.kind is Kind.IN:
            return Tier.CANDIDATE, "no post is named"
        if draft.doubts:
            return Tier.CANDIDATE, "; ".join(draft.doubts)
        return Tier.ALERT, "affirmed, current, and all of it is named"

    def _watched(self, claim: Claim) -> bool:
        if self._watchlist.open or self._watched_person(claim):
            return True
        names = {org.name for org in self._watchlist.organizations}
        return claim.organization in names or claim.organization is None

    def _watched_person(self, claim: Claim) -> bool:
        return claim.person in {person.name for person in self._watchlist.people}


def _capacity(found: Found, office: Office, kind: Kind) -> Capacity:
    """Return the capacity of the role, or what "on an acting basis" makes of it."""
    told = office.role.capacity if office.role else Capacity.SUBSTANTIVE
    if kind is not Kind.IN or told is not Capacity.SUBSTANTIVE:
        return told
    lows = set(found.clause.lows)
    if "acting" in lows:
        return Capacity.ACTING
    return Capacity.INTERIM if lows & _FOR_NOW else told


def _context(claim: Claim) -> str:
    """Return why the claim is no news whatever it says, or ""."""
    if claim.kind is Kind.HOLDS:
        return "somebody who holds a post, no change"
    if claim.polarity != "affirmed":
        return "denied"
    if claim.modality in {Modality.RUMOURED, Modality.HYPOTHETICAL}:
        return str(claim.modality)
    if claim.currency is Currency.BACKGROUND:
        return "history"
    return ""


def _parts(found: Found) -> Iterator[_Part]:
    """Yield every person's side: a succession has one who goes and one who comes."""
    rule = found.rule
    people, offices = found.people, found.offices
    out = tuple(found.predecessors)
    first_out = out[0].person.name if out else None
    if rule.kind is Kind.OUT and found.successors:
        first_out = people[0].person.name if people else None
    for who in people:
        own = _own(offices, who, rule.kind, alone=len(people) == 1)
        replaces = (first_out or found.replaces) if rule.kind is Kind.IN else None
        yield _Part(rule.kind, who, own, replaces, rule.cause)
    for who in out:
        own = offices or _posts(who)
        if who not in people:
            yield _Part(Kind.OUT, who, own, None, rule.cause)
    for who in found.successors:
        own = offices or tuple(o for w in people for o in _posts(w))
        yield _Part(Kind.IN, who, own, first_out)


def _own(
    offices: tuple[Office, ...], who: Who, kind: Kind, *, alone: bool
) -> tuple[Office, ...]:
    """Return the offices of one of several people who leave together."""
    if kind is Kind.OUT and (not offices or not alone):
        return _posts(who) or offices
    return offices


def _posts(who: Who) -> tuple[Office, ...]:
    return tuple(o for o in who.offices if o.role and leads(o.role.key)) or tuple(
        o for o in who.offices if o.role
    )
