"""The watch list compiled for matching on tokens: organisations, units, people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.document import OrgRef, PersonRef, UnitRef
from rules.language.phrases import Phrases
from rules.language.text import fold
from rules.language.tokens import tokenize
from rules.language.words import common, words
from rules.model import WatchedOrganization, Watchlist
from rules.spans.aliases import DROPPED, wordings
from rules.spans.draft import Draft
from rules.spans.names import is_given
from rules.spans.places import is_place
from rules.spans.shapes import LEGAL, TAILS

_SHORT = 4
_PARTED = re.compile(r"[-\s]+")
_UNIT_NOUNS = words(
    "team teams group division unit lab department desk arm chief head lead "
    "leader boss organization organisation effort work director"
)
_BODIES = words("society company trust foundation orchestra club")
_WHERE = words("in near from to around across outside of")
_UNIT_BEFORE = words("of for lead leads led leading heads heading runs running")


@dataclass(frozen=True, slots=True)
class Alias:
    """One wording of a watched name; *exact* when capitals must agree.

    *place* when it is a town's name, too: then "in Leeds" is no club.
    """

    texts: tuple[str, ...]
    exact: bool
    ref: OrgRef | UnitRef | PersonRef
    weak: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """All wordings of everything watched, and the list itself."""

    phrases: Phrases[tuple[Alias, ...]]
    watchlist: Watchlist

    @classmethod
    def of(cls, watchlist: Watchlist) -> Watch:
        """Compile *watchlist* once."""
        groups: dict[tuple[str, ...], list[Alias]] = {}
        for alias in _aliases(watchlist):
            lows = tuple(token.low for token in tokenize(" ".join(alias.texts)))
            groups.setdefault(lows, []).append(alias)
        return cls(Phrases((k, tuple(v)) for k, v in groups.items() if k), watchlist)

    def place(self, draft: Draft) -> None:
        """Mark every watched name of the sentence."""
        index = 0
        while index < len(draft.tokens):
            found = self._at(draft, index) if draft.owner[index] is None else None
            index = found or index + 1

    def _at(self, draft: Draft, first: int) -> int | None:
        match = self.phrases.longest(draft.lows, first)
        if match is None:
            return None
        end, aliases = match
        for alias in aliases:
            if _fits(draft, first, end, alias) and not _longer(
                draft, first, end, alias
            ):
                last = _legal_end(draft, end) if isinstance(alias.ref, OrgRef) else end
                return last if draft.place(first, last, alias.ref) else None
        return None


def _aliases(watchlist: Watchlist) -> Iterator[Alias]:
    for person in watchlist.people:
        known = PersonRef(person.name, watched=True)
        for name in (person.name, *person.aliases):
            yield _alias(name, known)
            if fold(name) != name.lower():
                yield _alias(fold(name).title(), known)
    for org in watchlist.organizations:
        ref = OrgRef(org.name, watched=True)
        for name in wordings(org.name, org.aliases):
            yield replace(_alias(name, ref), place=_town(org, name))
        for unit in org.units:
            inside = UnitRef(unit.name, org.name, watched=True)
            for name in (unit.name, *unit.aliases):
                yield from _unit_aliases(name, inside)


def _alias(name: str, ref: OrgRef | PersonRef) -> Alias:
    texts = tuple(token.text for token in tokenize(name))
    exact = len(name) <= _SHORT or name.isupper()
    return Alias(texts, exact, ref)


def _town(org: WatchedOrganization, name: str) -> bool:
    """Whether a short form that the user did not give is the name of a place."""
    given = {org.name, *org.aliases}
    lows = tuple(token.low for token in tokenize(name))
    return name not in given and is_place(lows) and is_place(lows[:1])


def _unit_aliases(name: str, ref: UnitRef) -> Iterator[Alias]:
    words = _PARTED.split(name.strip())
    for mark in ("-", " ", ""):
        joined = mark.join(words)
        texts = tuple(token.text for token in tokenize(joined))
        weak = len(words) == 1 and name == name.lower()
        yield Alias(texts, len(name) <= _SHORT and name.isupper(), ref, weak)


def _fits(draft: Draft, first: int, end: int, alias: Alias) -> bool:
    """Whether capitals and neighbours allow this wording here."""
    texts = tuple(
        token.text.replace("\u2019", "'") for token in draft.tokens[first:end]
    )
    if alias.exact:
        return texts == alias.texts
    if alias.place and draft.low(first - 1) in _WHERE:
        return False
    if isinstance(alias.ref, UnitRef):
        return (
            not alias.weak or draft.capital(first) or _unit_context(draft, first, end)
        )
    return draft.capital(first) or not alias.texts[0][:1].isupper()


def _unit_context(draft: Draft, first: int, end: int) -> bool:
    before = draft.low(first - 1)
    if before == "the":
        before = draft.low(first - 2)
    return draft.low(end) in _UNIT_NOUNS or before in _UNIT_BEFORE


def _longer(draft: Draft, first: int, end: int, alias: Alias) -> bool:
    """Whether the name is only a part of another organisation's ("Orbis Bank")."""
    if not isinstance(alias.ref, OrgRef) or draft.titled:
        return False
    after = draft.low(end)
    whole = after in LEGAL | DROPPED or (end - first > 1 and after in _BODIES)
    other = draft.capital(end) and after in TAILS and not whole
    return other or _within(draft, first, end)


def _within(draft: Draft, first: int, end: int) -> bool:
    """Whether a one-word name ends a longer one ("Malcolm X", "Tom Ford")."""
    if end - first > 1 or not draft.capital(first - 1) or first == 0:
        return False
    letter = len(draft.tokens[first].text) == 1
    return (letter and first > 1) or _given(draft.low(first - 1))


def _given(low: str) -> bool:
    return is_given(low) and not common(low)


def _legal_end(draft: Draft, end: int) -> int:
    """Return the end of the name with "Inc." and "& Co." behind it."""
    while draft.capital(end) and draft.low(end) in (LEGAL | DROPPED) - {"group"}:
        end += 1
    if draft.low(end) == "&" and draft.low(end + 1) in {"co.", "co", "company"}:
        end += 2
    return end
