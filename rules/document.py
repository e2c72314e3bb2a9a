"""The shape of a tagged article: sentences, tokens and typed spans over its content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules.model import Article, Capacity
from rules.when import When


class Part(StrEnum):
    """Which part of the article a sentence stands in."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"


class How(StrEnum):
    """How a span came by its value: named outright, or understood from the text."""

    EXPLICIT = "explicit"
    ALIAS = "alias"
    ANAPHOR = "anaphor"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. *start* and *end* are offsets into the article's content.

    *low* is the form to compare: lower case, straight apostrophe. "'s" is a token.
    """

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as best named in the article; *former* when called ex- or former."""

    name: str
    how: How = How.EXPLICIT
    watched: bool = False


@dataclass(frozen=True, slots=True)
class OrgRef:
    """An organisation: the watched name when *watched*, else as written.

    *press* when it is named here only as the one told, or telling, the news.
    """

    name: str
    how: How = How.EXPLICIT
    watched: bool = False
    press: bool = False


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A team or division; *organization* when the watch list or the text tells it."""

    name: str
    organization: str | None = None
    how: How = How.EXPLICIT
    watched: bool = False


@dataclass(frozen=True, slots=True)
class RoleRef:
    """A post's title. *label* and *key* as in `rules.spans.roles`; *seats* None = many.

    *former* for "former", "ex-", "then"; *incoming* for "new", "next", "incoming";
    *outgoing* for "outgoing", "departing": held still, and not for long; *seat* when
    the words name the seat and nobody who sits in it: "the presidency", "the helm".
    """

    label: str
    key: str
    capacity: Capacity = Capacity.SUBSTANTIVE
    seats: int | None = 1
    former: bool = False
    incoming: bool = False
    outgoing: bool = False
    seat: bool = False


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression read against the day of publication.

    *text* is the expression, so that `spans.dates.again` can read it anew once the
    tense is known; *relation* the word before it that counts: "by", "since", "until",
    "before", "after", "from", or "".
    """

    when: When
    text: str = ""
    relation: str = ""


Ref = PersonRef | OrgRef | UnitRef | RoleRef | DateRef


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens [first, last) of a sentence that mean one thing."""

    first: int
    last: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, tokens [first, last), and their speaker when one is bound."""

    first: int
    last: int
    speaker: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens, non-overlapping spans in order, and quotations.

    *topic* is the organisation that the text has come to speak of here, which "the
    company" or a bare "its chief" would mean; None when it cannot be told.
    """

    index: int
    part: Part
    start: int
    end: int
    tokens: tuple[Token, ...]
    spans: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    topic: OrgRef | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences tagged, ready for the readers.

    *focus* is the organisation the article is about when exactly one fits, *nation*
    the one watched country that it speaks of, if it is one.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    focus: OrgRef | None = None
    nation: OrgRef | None = None
