"""Bind a finding's person to a post: which organisation, and which role there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.document import How, OrgRef
from rules.model import Capacity, Kind
from rules.reading.finding import Found
from rules.reading.items import Office
from rules.reading.profiles import Profiles
from rules.reading.sides import Party
from rules.spans.aliases import country_of
from rules.spans.nations import stately
from rules.spans.roles import leads

_CHAMBERS = frozenset({"Senate", "House", "Parliament", "Congress", "Supreme Court"})
"""Who confirms the holders of posts that are not their own."""


_LEAGUES = frozenset(
    {"NFL", "NHL", "NBA", "MLB", "WNBA", "Premier League", "Super League", "Serie A"}
)
"""Where a club plays: "the NFL's first woman coach" has the club's post."""

_COACHES = frozenset({"coach", "assistant coach", "manager", "captain", "head"})
_WHOLE = frozenset({"company", "firm", "organization", "organisation"})


class Surety(StrEnum):
    """Where an organisation or a role was found, the surest first."""

    OFFICE = "office"
    CLAUSE = "clause"
    ARTICLE = "article"
    FOCUS = "focus"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Bound:
    """A post as the claim will name it, and where its organisation stood."""

    office: Office
    organization: OrgRef | None
    source: Surety


class Binder:
    """Binds the findings of one article."""

    def __init__(self, focus: OrgRef | None, profiles: Profiles) -> None:
        self._focus = None if focus and focus.name in _CHAMBERS else focus
        self._profiles = profiles

    def bind(self, found: Found, side: Party, office: Office) -> Bound:
        """Return the post that *side* of *found* is about."""
        organization, source = self._organization(found, side, office)
        office = self._office(side, office, organization)
        if _unsaid(found, office):
            name = organization.name if organization else None
            office = self._profiles.vacated(name) or office
        if organization is None and office.organization is not None:
            organization, source = self.settled(office.organization), Surety.ARTICLE
        return Bound(office, organization, source)

    def left(self, found: Found, side: Party) -> tuple[Office, ...]:
        """Return the teams, too, that somebody leaves with the organisation."""
        whole = found.object.organization or found.object.noun in _WHOLE
        if side.kind is not Kind.OUT or not whole:
            return ()
        organization = found.object.organization or self._focus
        name = organization.name if organization else None
        known = {(o.unit.name if o.unit else None) for o in side.offices}
        teams = self._profiles.posts(side.who.person.name, name)
        return tuple(o for o in teams if o.unit and o.unit.name not in known)

    def _organization(
        self, found: Found, side: Party, office: Office
    ) -> tuple[OrgRef | None, Surety]:
        if office.organization is not None and not self._praised(office):
            return self.settled(office.organization), Surety.OFFICE
        unit = office.unit
        if unit is not None and unit.organization:
            return OrgRef(unit.organization, unit.how, unit.watched), Surety.OFFICE
        own = (*self._own(side), found.subject.organization)
        clause = (found.organization, _where(found), *own)
        near = _first(o for o in clause if o and o.name not in _CHAMBERS)
        if near is not None:
            return self.settled(near), Surety.CLAUSE
        known = self._profiles.organization(side.who.person.name, office, side.kind)
        if known is None and side.partner:
            known = self._profiles.organization(side.partner, office, _other(side))
        if known is not None and self._praised(replace(office, organization=known)):
            known = None
        known = known or self._affiliation(side)
        if known is not None:
            return known, Surety.ARTICLE
        return self._focus, Surety.FOCUS if self._focus else Surety.NOWHERE

    def _praised(self, office: Office) -> bool:
        """Whether the country only praises: "New Zealand's first provost"."""
        named, role = office.organization, office.role
        if named is None or role is None:
            return False
        if named.name in _LEAGUES and role.key in _COACHES and not named.watched:
            return True
        if self._focus is None:
            return False
        country = country_of(named.name) is not None and not named.watched
        return country and named.name != self._focus.name and not stately(role.label)

    def _own(self, side: Party) -> tuple[OrgRef | None, ...]:
        """Return the organisations beside the name of somebody who leaves."""
        if side.kind is Kind.IN:
            return ()
        return tuple(o.organization for o in side.who.offices if not o.former)

    def _affiliation(self, side: Party) -> OrgRef | None:
        """Return whose the text says somebody is: "Norland's Ola Brandt"."""
        bare = (o.organization for o in side.who.offices if o.role is None)
        return _first(bare)

    def settled(self, organization: OrgRef) -> OrgRef:
        """Return what an anaphor means; anything else is itself."""
        if organization.how is How.ANAPHOR and self._focus:
            return self._focus
        return organization

    def _office(
        self, side: Party, office: Office, organization: OrgRef | None
    ) -> Office:
        """Return the office, or the fuller one that the article tells elsewhere."""
        if not _vague(office, side.kind):
            return office
        name = organization.name if organization else None
        alone = side.partner is None
        known = self._profiles.office(side.who.person.name, name, side.kind, held=alone)
        if known is None and side.partner:
            known = self._profiles.office(side.partner, name, _other(side))
            if known is None or _vague(known, side.kind):
                person = side.who.person.name
                known = self._profiles.office(person, name, side.kind) or known
        if known is None and side.partner:
            known = self._profiles.spoken_of(name)
        return office if known is None else _like(known, office)


def _unsaid(found: Found, office: Office) -> bool:
    """Whether somebody takes charge of what the article named before."""
    return office.role is None and found.rule.implies is not None and found.object.empty


def _where(found: Found) -> OrgRef | None:
    """Return the organisation of "Orbis, where she became president"."""
    head = found.clause.head if found.clause.marker == "where" else None
    return head.organization if head else None


def _other(side: Party) -> Kind:
    return Kind.OUT if side.kind is Kind.IN else Kind.IN


def _vague(office: Office, kind: Kind) -> bool:
    """Whether the office may be named better elsewhere."""
    role = office.role
    if role is None or not leads(role.key):
        return kind is not Kind.HOLDS
    return role.key == "head" and not office.unit and kind is not Kind.HOLDS


def _like(known: Office, office: Office) -> Office:
    """Return *known* in the capacity that *office* tells."""
    capacity = office.role.capacity if office.role else Capacity.SUBSTANTIVE
    if known.role is None or capacity is Capacity.SUBSTANTIVE:
        return known
    return replace(known, role=replace(known.role, capacity=capacity))


def _first(found: Iterable[OrgRef | None]) -> OrgRef | None:
    return next((one for one in found if one is not None), None)
