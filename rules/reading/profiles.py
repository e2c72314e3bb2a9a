"""What an article says elsewhere of its people: their posts, for filling gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.document import How, OrgRef, PersonRef
from rules.model import Kind
from rules.reading.items import Item, Office, Sort
from rules.spans.roles import leads


class Profiles:
    """The posts beside every person's name in an article, and those claimed."""

    def __init__(self, focus: OrgRef | None) -> None:
        self._focus = focus
        self._offices: dict[str, list[Office]] = {}
        self._held: dict[str, list[Office]] = {}
        self._won: dict[str, list[Office]] = {}
        self._gone: list[Office] = []
        self._nameless: list[Office] = []

    def meet(self, items: Iterable[Item]) -> None:
        """Note the offices that stand beside the people of one sentence."""
        for item in items:
            if item.sort is Sort.OFFICE:
                self._nameless.extend(map(self._settled, item.offices))
            if item.sort is Sort.PERSON and item.person is not None:
                for office in item.offices:
                    self.note(item.person.name, office)

    def note(self, name: str, office: Office) -> None:
        """Note that the article gives *name* this office."""
        led = office.role is not None and leads(office.role.key)
        if led and not office.former:
            self._offices.setdefault(name, []).append(self._settled(office))

    def came(self, name: str, office: Office) -> None:
        """Note the post that *name* comes into by the article's own news."""
        if office.role is not None:
            role = replace(office.role, incoming=True, former=False)
            won = replace(office, role=role)
            self._offices.setdefault(name, []).insert(0, won)
            self._won.setdefault(name, []).append(won)

    def left(self, name: str, office: Office) -> None:
        """Note the post that *name* leaves: whoever follows gets that one.

        A seat on the board comes behind whatever else somebody is known to leave.
        """
        if office.role is not None and leads(office.role.key):
            settled, known = self._settled(office), self._offices.setdefault(name, [])
            beside = bool(known) and office.role.key == "board member"
            first = not beside and not (known and known[0] in self._gone)
            self._gone.append(settled)
            known.insert(0 if first else len(known), settled)

    def hold(self, name: str, office: Office) -> None:
        """Note that a sentence says that *name* holds this office now."""
        self._held.setdefault(name, []).append(self._settled(office))
        self.note(name, office)

    def holder(self, office: Office, organization: str | None) -> PersonRef | None:
        """Return the one person whom the article gives this very post."""
        found = {
            name
            for name, offices in self._offices.items()
            for o in offices
            if o.role and office.role and o.role.key == office.role.key
            if not o.role.incoming and _within(o, organization)
        }
        return PersonRef(found.pop()) if len(found) == 1 else None

    def vacated(self, organization: str | None) -> Office | None:
        """Return the one post at *organization* that the article says is left."""
        return _only(self._gone, organization)

    def spoken_of(self, organization: str | None) -> Office | None:
        """Return the one post there that is named without anybody in it."""
        return _only(self._nameless, organization)

    def _settled(self, office: Office) -> Office:
        organization = office.organization
        if organization and organization.how is How.ANAPHOR and self._focus:
            return Office(office.role, self._focus, office.unit, office.owner)
        return office

    def office(
        self,
        name: str,
        organization: str | None,
        kind: Kind,
        *,
        held: bool = True,
    ) -> Office | None:
        """Return the post that *name* has, or gets, at *organization*.

        *held* is whether one that is only held may be the one that is got.
        """
        for office in self._offices.get(name, ()):
            named = office.organization.name if office.organization else None
            if named is not None and named != organization:
                continue
            if kind is Kind.IN and not _coming(office):
                continue
            if kind is Kind.OUT and office in self._won.get(name, ()):
                continue
            return office
        now = self._held.get(name, ()) if kind is Kind.IN and held else ()
        return next((o for o in now if _within(o, organization)), None)

    def posts(self, name: str, organization: str | None) -> tuple[Office, ...]:
        """Return every team that *name* leads at *organization*."""
        found = (o for o in self._offices.get(name, ()) if o.unit and o.role)
        return tuple(o for o in found if _within(o, organization))

    def organization(self, name: str, office: Office, kind: Kind) -> OrgRef | None:
        """Return the one organisation whose post *name* has in this article."""
        first = next(iter(self._offices.get(name, ())), None)
        if kind is Kind.OUT and first is not None and first in self._gone:
            return first.organization
        found = {
            o.organization.name: o.organization
            for o in self._offices.get(name, ())
            if o.organization and (kind is not Kind.IN or _coming(o))
            if office.role is None or o.role is None or office.role.key == o.role.key
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _only(offices: Iterable[Office], organization: str | None) -> Office | None:
    """Return the only post of *offices* that leads at *organization*."""
    found = {
        o.role.key: o
        for o in offices
        if o.role and leads(o.role.key) and not o.former
        if o.organization and _within(o, organization)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _within(office: Office, organization: str | None) -> bool:
    named = office.organization.name if office.organization else None
    return named is None or organization is None or named == organization


def _coming(office: Office) -> bool:
    return office.role is not None and office.role.incoming
