"""Fold what stands beside a name into the person: titles, ages, appositions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.document import OrgRef, Sentence
from rules.language.verbs import verblike
from rules.language.words import PREPOSITIONS, PRONOUNS
from rules.reading.items import Item, Office, Sort, base
from rules.reading.offices import fold_offices
from rules.spans.roles import leads

_AGE = re.compile(r"\d{2}")
_PAST = frozenset({"formerly", "previously", "once", "until", "ex", "then"})
_ADVERBS = _PAST | {"currently", "now", "also", "recently", "both", "most", "long"}
_ENDS = frozenset({",", ".", ";", ":", ")", "(", "?", "!", ""})
_ARTICLES = frozenset({"the", "a", "an"})
_ADJECTIVES = 3
_FIELD = 5
_PARENS = 3
_DEFINITE = frozenset({"the", "its", "his", "her", "their", "our"})


def fold(sentence: Sentence) -> list[Item]:
    """Return the sentence with people folded together with what is said of them."""
    items = _without_ages(fold_offices(_without_short(base(sentence))))
    return _Folder(items, _borders(sentence)).run()


def _borders(sentence: Sentence) -> tuple[int, ...]:
    """Return where quoted words begin and end: nothing is folded across."""
    return tuple(n for q in sentence.quotations for n in (q.first, q.last))


def _without_short(items: Sequence[Item]) -> list[Item]:
    """Drop "chief executive officer [(CEO)]": the same post in short."""
    out: list[Item] = []
    for item in items:
        out.append(item)
        lows = [i.low for i in out[-3:]]
        inside = len(out) > _PARENS and lows[0] == "(" and lows[2] == ")"
        if inside and out[-2].sort is out[-4].sort is Sort.OFFICE:
            del out[-3:]
    return out


def _without_ages(items: Sequence[Item]) -> list[Item]:
    """Drop "Hale[, 61,]", "Hale[ (61)]" and "Hale[, 61 years old,]"."""
    out: list[Item] = []
    index = 0
    while index < len(items):
        out.append(items[index])
        index += 1
        if out[-1].sort is Sort.PERSON:
            index = _past_age(items, index)
    return out


def _past_age(items: Sequence[Item], index: int) -> int:
    low = [item.low for item in items[index : index + 5]] + [""] * 5
    if low[0] not in {",", "("} or not _AGE.fullmatch(low[1]):
        return index
    size = 4 if low[2:4] == ["years", "old"] else 2
    closing = low[size]
    if closing == ")":
        return index + size + 1
    return index + size if closing in {",", ".", ""} else index


class _Folder:
    """Walks over the items of one sentence and folds offices into people."""

    def __init__(self, items: list[Item], borders: Sequence[int] = ()) -> None:
        self._items = items
        self._borders = borders
        self._out: list[Item] = []
        self._parted = False

    def run(self) -> list[Item]:
        index = 0
        while index < len(self._items):
            item = self._items[index]
            if item.sort is not Sort.PERSON:
                self._out.append(item)
                index += 1
                continue
            person = self._titled(item, index)
            presented = person.first < item.first and self._comma_before(person)
            index, person = self._described(index + 1, person)
            index += presented and self._low(index) == "," and self._verb(index + 1)
            self._out.append(person)
        return self._out

    def _titled(self, person: Item, index: int) -> Item:
        """Take "Halden CEO", "its chairman," or "Halden's" before the name."""
        out = self._out
        self._parted = False
        if out and out[-1].sort is Sort.OFFICE:
            person = _joined(person, out.pop())
            if not _courtesy(person):
                return person
        if _with_field(out):
            del out[-2:]
            return _joined(person, out.pop())
        before = len(out) > 1 and out[-1].low == "," and _presented(out[-2])
        if before and self._closed(index + 1) and not self._apart(person):
            out.pop()
            self._parted = True
            return _joined(person, out.pop())
        return person if person.offices else self._owned(person)

    def _apart(self, person: Item) -> bool:
        """Whether the post before the comma is another's: "quits as CEO, Orr named"."""
        office = self._out[-2]
        if any(office.first < border <= person.first for border in self._borders):
            return True
        return len(self._out) > 2 and self._out[-3].low == "as"  # noqa: PLR2004  "as"

    def _comma_before(self, person: Item) -> bool:
        """Whether the title stood before a comma: "the provost, Joseph Orr, left"."""
        return self._parted and bool(person.offices)

    def _verb(self, index: int) -> bool:
        return self._sort(index) is Sort.WORD and verblike(self._low(index))

    def _owned(self, person: Item) -> Item:
        out = self._out
        if len(out) > 1 and out[-1].low == "'s":
            ref = out[-2].ref
            if isinstance(ref, OrgRef):
                first = out[-2].first
                del out[-2:]
                office = Office(organization=ref, owner="the")
                return replace(person, first=first, offices=(office,))
        return person

    def _closed(self, index: int) -> bool:
        """Whether a name in apposition ends here, so that it is no list."""
        if index >= len(self._items):
            return True
        item = self._items[index]
        joins = item.low in {"and", "&"} and self._sort(index + 1) is Sort.PERSON
        return not item.mention and not joins

    def _described(self, index: int, person: Item) -> tuple[int, Item]:
        """Take ", formerly chief executive of Orbis," behind the name."""
        if self._low(index) != ",":
            return index, person
        place = index + 1
        past = False
        while self._low(place) in _ADVERBS:
            past = past or self._low(place) in _PAST
            place += 1
        place = self._past_adjectives(place)
        if self._sort(place) is not Sort.OFFICE or not self._ends(place + 1):
            return index, person
        if self._low(place - 1) in {"until", "then"} and not self._closes(place + 1):
            return index, person
        office = self._items[place]
        offices = tuple(_past(o) for o in office.offices) if past else office.offices
        person = _joined(person, replace(office, offices=offices))
        end = place + 1
        end = self._past_field(end)
        if self._low(end) == "since" and self._sort(end + 1) is Sort.DATE:
            end += 2
        return end + (self._low(end) == "," and not self._lists(end)), person

    def _past_field(self, index: int) -> int:
        """Return the end of "a curator [of industrial textiles],", else *index*."""
        if self._low(index) not in {"of", "for", "in"}:
            return index
        for place in range(index + 1, index + 2 + _FIELD):
            low = self._low(place)
            if low == ",":
                return place
            if self._sort(place) is Sort.PERSON or verblike(low) or not low:
                break
        return index

    def _past_adjectives(self, index: int) -> int:
        """Return the place of the office in "the German [co-head]", else *index*."""
        for place in range(index, index + _ADJECTIVES + 1):
            if self._sort(place) is Sort.OFFICE:
                return place
            low = self._low(place)
            word = self._sort(place) is Sort.WORD and not self._items[place].mention
            plain = low in _ARTICLES or low[:1].isalnum()
            if not (plain and word) or low in PREPOSITIONS | PRONOUNS or verblike(low):
                break
        return index

    def _ends(self, index: int) -> bool:
        """Whether the apposition ends here and the office is not the next person's."""
        if self._sort(index) is Sort.PERSON:
            return False
        if self._low(index) == "," and self._sort(index + 1) is Sort.PERSON:
            office = self._items[index - 1]
            return not (_presented(office) and self._closed(index + 2))
        return True

    def _closes(self, index: int) -> bool:
        return self._low(index) in {",", ".", ";", ")", ""}

    def _lists(self, index: int) -> bool:
        """Whether the comma parts people in a list and must stay."""
        return self._sort(index + 1) in {Sort.PERSON, Sort.OFFICE}

    def _low(self, index: int) -> str:
        return self._items[index].low if index < len(self._items) else ""

    def _sort(self, index: int) -> Sort | None:
        return self._items[index].sort if index < len(self._items) else None


def _with_field(out: Sequence[Item]) -> bool:
    """Whether a post and its field stand before a name: "CEO of News [Ana Prieto]"."""
    if len(out) < 3 or out[-3].sort is not Sort.OFFICE:  # noqa: PLR2004  post, of, field
        return False
    word = out[-1]
    return out[-2].low == "of" and not word.mention and word.low.isalpha()


def _courtesy(person: Item) -> bool:
    """Whether the title before the name leads nothing: "Professor"."""
    role = person.offices[-1].role
    return role is not None and not leads(role.key)


def _presented(office: Item) -> bool:
    """Whether the office is one known holder's: "its chairman", "Halden's chief"."""
    if office.sort is not Sort.OFFICE:
        return False
    first = office.offices[0]
    return first.owner in _DEFINITE or first.organization is not None


def _past(office: Office) -> Office:
    if office.role is None:
        return office
    return replace(office, role=replace(office.role, former=True))


def _joined(person: Item, office: Item) -> Item:
    return replace(
        person,
        first=min(person.first, office.first),
        last=max(person.last, office.last),
        offices=(*person.offices, *office.offices),
    )
