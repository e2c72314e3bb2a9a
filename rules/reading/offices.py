"""Fold roles into offices: "Halden's finance chief", "president and CEO of Orbis"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.document import How, OrgRef, RoleRef, UnitRef
from rules.language.verbs import verblike
from rules.language.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    PREPOSITIONS,
    PRONOUNS,
    words,
)
from rules.reading.items import Item, Office, Sort

_OWNERS = words("the a an its his her their our my your this")
_JOINERS = frozenset({"and", "&", "/"})
_FIELDS = 2
_SHORT = 3
_OTHERS = words(
    "rival rivals supplier owner parent partner critic fan fans union shares stock "
    "names taps picks hires fires sacks ousts appoints elects loses gets wants says "
    "search exit move board former current deputy interim acting sack fire dismiss "
    "axe name appoint hire oust drop tap pick ditch dump eye target want seek unveil "
    "reinstates rehire relieves relieve places moves ropes onboards handed sacked "
    "fired keeps lets "
    "promotes elevates suspends replaces rehires reappoints confirms unveils recruits "
    "poaches lures backs praises sues probes chooses selects installs removes demotes "
    "welcome announce back beat face land signs sign dismisses drops confirm confirms"
)
_WHICH = words(
    "first second third fourth fifth female woman women's black gay openly "
    "african-american latina muslim youngest-ever first-ever ever youngest oldest "
    "longest-serving full-time part-time permanent newly-created"
)
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_OF = frozenset({"of", "at", "for", "in", "with", "on"})
_WIDE = frozenset({"of", "at"})
_FILLER = 10
_NARROW = 3
_STOP = (PREPOSITIONS - {"of"}) | CONJUNCTIONS - {"and"} | PRONOUNS | AUXILIARIES
_MARKS = frozenset(",;:()'")
_SEAT = RoleRef("board member", "board member", seats=None)
_POSSESSIVE = "'s"
_EX = "ex-"


def fold_offices(items: Sequence[Item]) -> list[Item]:
    """Return *items* with every role and what belongs to it as one office."""
    out: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if item.sort is not Sort.OFFICE:
            out.append(item)
            index += 1
            continue
        office, first = _absorb_left(out, _on_board(out, item))
        end, office = _absorb_right(items, index + 1, office)
        _push(out, office, (first, items[end - 1].last))
        index = end
    return out


def _on_board(out: list[Item], item: Item) -> Item:
    """Return "board of [directors]" as the seat on it, taken off *out*."""
    before = tuple(i.low for i in out[-2:])
    if before != ("board", "of") or not item.low.endswith("directors"):
        return item
    out.pop()
    board = out.pop()
    return replace(item, first=board.first, offices=(Office(_SEAT),))


def _absorb_left(out: list[Item], item: Item) -> tuple[Office, int]:
    """Take the organisation, unit and owner right before a role off *out*."""
    office, first = item.offices[0], item.first
    first, office = _numbered(out, first, office)
    if out and isinstance(out[-1].ref, UnitRef):
        unit = out.pop()
        office = replace(office, unit=unit.unit)
        first = unit.first
    named = _owner_name(out) or _apart_owner(out)
    if named is not None:
        first = named.first
        if isinstance(named.ref, OrgRef):
            office = _owned(office, named.ref)
        elif isinstance(named.ref, UnitRef) and office.unit is None:
            office = replace(office, unit=named.ref)
    if out and out[-1].low in _OWNERS:
        owner = out.pop()
        office = replace(office, owner=owner.low)
        first = owner.first
    elif named is not None:
        office = replace(office, owner="the")
    return office, first


def _numbered(out: list[Item], first: int, office: Office) -> tuple[int, Office]:
    """Take "12th", "first female" and "shadow" off *out*."""
    while out and _counted(out[-1].low):
        first = out.pop().first
    if out and out[-1].low == "shadow" and office.role is not None:
        first = out.pop().first
        office = replace(office, role=_shadowed(office.role))
    return first, office


def _shadowed(role: RoleRef) -> RoleRef:
    """Return the opposition's post against *role*."""
    return replace(role, label=f"shadow {role.label}", key=f"shadow {role.key}")


def _counted(low: str) -> bool:
    """Whether the word only tells which holder it is: "12th", "first female"."""
    return low in _WHICH or (low[:-2].isdigit() and low[-2:] in _ORDINALS)


def _owned(office: Office, organization: OrgRef) -> Office:
    """Return *office* at *organization*; at an "Ex-Halden" it is a former one."""
    if not organization.name.lower().startswith(_EX) or office.role is None:
        return replace(office, organization=organization)
    named = replace(organization, name=organization.name[len(_EX) :])
    return replace(office, organization=named, role=replace(office.role, former=True))


def _owner_name(out: list[Item]) -> Item | None:
    """Take "Halden" or "Halden 's" off *out*; a person's possessive stays gone too."""
    possessive = bool(out) and out[-1].low == _POSSESSIVE
    place = -2 if possessive else -1
    if len(out) < -place:
        return None
    if out[place].sort not in {Sort.ORGANIZATION, Sort.UNIT}:
        return None
    if possessive:
        out.pop()
    return out.pop()


def _apart_owner(out: list[Item]) -> Item | None:
    """Take "NYC housing" off *out*: an organisation, and what the post is for."""
    for place in range(len(out) - 1, max(-1, len(out) - 2 - _FIELDS), -1):
        item = out[place]
        if item.sort is Sort.ORGANIZATION and place < len(out) - 1:
            del out[place + 1 :]
            return out.pop()
        if item.mention or not _field(item.low):
            return None
    return None


def _field(low: str) -> bool:
    """Whether the word may tell what a post is for: "housing", no verb, no rival."""
    plain = low.isalpha() and len(low) > _SHORT and not verblike(low)
    return plain and low not in _STOP | _OTHERS | CONJUNCTIONS


def _absorb_right(
    items: Sequence[Item], index: int, office: Office
) -> tuple[int, Office]:
    """Return the end behind "of Halden", "at the bank Orbis", and what it names."""
    if index >= len(items) or items[index].low not in _OF:
        return index, office
    reach = _FILLER if items[index].low in _WIDE else _NARROW
    for place in range(index + 1, min(index + 2 + reach, len(items))):
        item = items[place]
        if item.sort in {Sort.ORGANIZATION, Sort.UNIT}:
            return _belongs(items, place, office)
        if item.mention or item.low in _STOP or item.low in _MARKS:
            break
    return index, office


def _belongs(items: Sequence[Item], place: int, office: Office) -> tuple[int, Office]:
    """Read "Halden", "Halden's tuning team", "the tuning team at Halden"."""
    end, low = place + 1, _low(items, place + 1)
    if items[place].sort is Sort.UNIT:
        office = _with(office, items[place])
        if low in _WIDE and _sort(items, end + 1) is Sort.ORGANIZATION:
            return end + 2, _with(office, items[end + 1])
        return end, office
    if low == _POSSESSIVE:
        if _sort(items, end + 1) is Sort.UNIT:
            return end + 2, _with(_with(office, items[place]), items[end + 1])
        return _described(items, end + 1), _with(office, items[place])
    if _sort(items, end) is Sort.UNIT:
        return end + 1, _with(_with(office, items[place]), items[end])
    return end, _with(office, items[place])


def _described(items: Sequence[Item], index: int) -> int:
    """Return the end of plain nouns: "Halden 's [car division]"."""
    while index < len(items) and not items[index].mention:
        low = items[index].low
        if low in _STOP or low in _MARKS or low == "of" or not low[:1].isalpha():
            break
        if low in _JOINERS or low.endswith("ed"):
            break
        index += 1
    return index


def _with(office: Office, item: Item) -> Office:
    if isinstance(item.ref, OrgRef):
        explicit = office.organization and office.organization.how is How.EXPLICIT
        return office if explicit else replace(office, organization=item.ref)
    if isinstance(item.ref, UnitRef):
        return replace(office, unit=item.ref)
    return office


def _push(out: list[Item], office: Office, place: tuple[int, int]) -> None:
    """Add an office, joined with the one before it: "chairman and CEO of Halden"."""
    before = out[-2] if len(out) > 1 and out[-1].low in _JOINERS else None
    if before is None or before.sort is not Sort.OFFICE or _apart(before, office):
        first, last = place
        out.append(Item(Sort.OFFICE, first, last, "", None, (office,)))
        return
    joined = _shared((*before.offices, office))
    del out[-2:]
    out.append(Item(Sort.OFFICE, before.first, place[1], "", None, joined))


def _apart(before: Item, office: Office) -> bool:
    """Whether the second office is somebody else's: "the CEO and its chairman"."""
    if office.owner in {"its", "his", "her", "their"}:
        return True
    first = before.offices[-1].organization
    return bool(first and office.organization and office.owner == "the")


def _shared(offices: tuple[Office, ...]) -> tuple[Office, ...]:
    """Let offices without an organisation of their own have the others'."""
    named = [o.organization for o in offices if o.organization]
    if not named:
        return offices
    return tuple(o.within(named[0]) for o in offices)


def _low(items: Sequence[Item], index: int) -> str:
    return items[index].low if index < len(items) else ""


def _sort(items: Sequence[Item], index: int) -> Sort | None:
    return items[index].sort if index < len(items) else None
