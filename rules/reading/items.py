"""What a sentence is made of once folded: words, and people with their offices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.document import (
    DateRef,
    How,
    OrgRef,
    PersonRef,
    Ref,
    RoleRef,
    Sentence,
    Span,
    UnitRef,
)
from rules.language.words import DETERMINERS, words

PERSONAL = words("he she they him them i we me us himself herself")
QUOTE_MARKS = frozenset("\"'\u201c\u201d\u00ab\u00bb\u2018\u2019")
_VAGUE = words("lab laboratory studio network institute department bureau")
DASHES = frozenset({"-", "--", "\u2014", "\u2013"})


class Sort(StrEnum):
    """What one item is."""

    WORD = "word"
    PERSON = "person"
    OFFICE = "office"
    ORGANIZATION = "organization"
    UNIT = "unit"
    DATE = "date"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Office:
    """A post as the text words it; *owner* is "his", "its", "the" or "" before it."""

    role: RoleRef | None = None
    organization: OrgRef | None = None
    unit: UnitRef | None = None
    owner: str = ""

    @property
    def former(self) -> bool:
        """Whether the text calls it a former post."""
        return self.role is not None and self.role.former

    def within(self, organization: OrgRef | None) -> Office:
        """Return the office in *organization*, when it names none of its own."""
        if self.organization or organization is None:
            return self
        return replace(self, organization=organization)


@dataclass(frozen=True, slots=True)
class Item:
    """One word, or one folded mention: tokens [first, last) of the sentence.

    *offices* are a person's posts by apposition, or the posts that an office names.
    """

    sort: Sort
    first: int
    last: int
    low: str
    ref: Ref | None = None
    offices: tuple[Office, ...] = ()

    @property
    def person(self) -> PersonRef | None:
        """Return the person, when the item is one."""
        return self.ref if isinstance(self.ref, PersonRef) else None

    @property
    def organization(self) -> OrgRef | None:
        """Return the organisation, when the item is one."""
        return self.ref if isinstance(self.ref, OrgRef) else None

    @property
    def unit(self) -> UnitRef | None:
        """Return the unit, when the item is one."""
        return self.ref if isinstance(self.ref, UnitRef) else None

    @property
    def date(self) -> DateRef | None:
        """Return the date, when the item is one."""
        return self.ref if isinstance(self.ref, DateRef) else None

    @property
    def mention(self) -> bool:
        """Whether the item is more than a word."""
        return self.sort is not Sort.WORD


_SORTS: dict[type, Sort] = {
    PersonRef: Sort.PERSON,
    OrgRef: Sort.ORGANIZATION,
    UnitRef: Sort.UNIT,
    DateRef: Sort.DATE,
    RoleRef: Sort.OFFICE,
}


def title(sentence: Sentence, item: Item) -> bool:
    """Whether a post's words are a title in quotes: "The President", a play."""
    before = sentence.tokens[item.first - 1].low if item.first else ""
    return item.sort is Sort.OFFICE and before in QUOTE_MARKS


def base(sentence: Sentence) -> list[Item]:
    """Return the sentence's spans and single words as items, quote marks left out."""
    return [item for item in _base(sentence) if item.low not in QUOTE_MARKS]


def _base(sentence: Sentence) -> Iterator[Item]:
    starts = {span.first: span for span in sentence.spans}
    index = 0
    while index < len(sentence.tokens):
        span = starts.get(index)
        if span is None or _loose(sentence, span):
            yield _word(sentence, index)
            index += 1
            continue
        first = span.first
        if isinstance(span.ref, RoleRef) and _chosen(sentence, span):
            yield _word(sentence, first)
            first += 1
        lows = " ".join(t.low for t in sentence.tokens[first : span.last])
        offices = (Office(span.ref),) if isinstance(span.ref, RoleRef) else ()
        sort = _SORTS[type(span.ref)]
        yield Item(sort, first, span.last, lows, span.ref, offices)
        index = span.last


def _loose(sentence: Sentence, span: Span) -> bool:
    """Whether "the lab" may be any lab: too vague to stand for an organisation."""
    anaphor = isinstance(span.ref, OrgRef) and span.ref.how is How.ANAPHOR
    return anaphor and sentence.tokens[span.last - 1].low in _VAGUE


def _chosen(sentence: Sentence, span: Span) -> bool:
    """Whether a role's "elected" is the verb: "was elected chairman"."""
    if span.last - span.first < 2:  # noqa: PLR2004  the verb and the role
        return False
    before = sentence.tokens[span.first - 1].low if span.first else ""
    verb = sentence.tokens[span.first].low == "elected"
    return verb and before not in DETERMINERS


def _word(sentence: Sentence, index: int) -> Item:
    low = sentence.tokens[index].low
    if low in DASHES:
        low = ","
    sort = Sort.PRONOUN if low in PERSONAL else Sort.WORD
    return Item(sort, index, index + 1, low)
