"""The nouns of reading: what is watched, what was published, what it claims."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.when import When


class Kind(StrEnum):
    """What a claim says of one person and one post."""

    IN = "in"
    OUT = "out"
    HOLDS = "holds"
    VACANT = "vacant"


class Polarity(StrEnum):
    """Whether the sentence affirms the claim or denies it."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How real the sentence says it is (ACE's modality, made finer)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    HYPOTHETICAL = "hypothetical"


class Tense(StrEnum):
    """When the sentence places it, seen from the day of publication."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Currency(StrEnum):
    """Whether the sentence reports it as news or mentions it as history."""

    CURRENT = "current"
    BACKGROUND = "background"


class Capacity(StrEnum):
    """In what capacity the person holds the post."""

    SUBSTANTIVE = "substantive"
    INTERIM = "interim"
    ACTING = "acting"
    CO = "co"
    DEPUTY = "deputy"
    DESIGNATE = "designate"


class Attribution(StrEnum):
    """Whose word the sentence gives it on."""

    ORGANIZATION = "organization"
    PERSON = "person"
    PRESS = "press"
    UNNAMED = "unnamed"


class Tier(StrEnum):
    """What reading alone makes of a claim; the state decides whether it is news.

    ALERT may be told, CANDIDATE waits for review, CONTEXT is kept and never told by
    itself (history, rumour, denial, an incumbent named in passing).
    """

    ALERT = "alert"
    CANDIDATE = "candidate"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class WatchedUnit:
    """A team or division inside a watched organisation."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedOrganization:
    """An organisation to watch, with its units."""

    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[WatchedUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedPerson:
    """A person to watch wherever they go, or whose name is known beforehand."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watchlist:
    """What the user watches. Empty means: any organisation that a text names."""

    organizations: tuple[WatchedOrganization, ...] = ()
    people: tuple[WatchedPerson, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nothing is listed, so that every organisation counts."""
        return not self.organizations and not self.people


@dataclass(frozen=True, slots=True)
class Article:
    """One story as published. *published* is aware UTC, or None when nobody says.

    *content* is what is read and stored: offsets of quotes point into it. *origin*
    says where the text comes from: the feed, the page, or why the page would not do.
    """

    id: str
    title: str
    text: str
    published: datetime | None = None
    url: str = ""
    origin: str = "feed"

    @property
    def content(self) -> str:
        """The title, a line break and the text."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of an article: `content[start:end] == quote`."""

    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says of one person and one post. Immutable; no quote, no claim.

    *organization* and *unit* are the watched names where they are watched, else as
    written; None is not named. *role* is the normalised label ("chief executive
    officer"), *role_key* its class, equal for wordings of one post ("ceo"); None means
    that the sentence names no post (someone left the organisation). VACANT is said of a
    team that is no more, with *cause* dissolved, merged or renamed and *into* what it
    became. *when* is the
    effective day as far as the text tells, *replaces* the predecessor that the same
    sentence names, *cause* why a tenure ends (resigned, dismissed, retired, died,
    moved), *votes* the rules that read it.
    """

    kind: Kind
    person: str | None
    organization: str | None
    unit: str | None
    role: str | None
    role_key: str | None
    evidence: Evidence
    capacity: Capacity = Capacity.SUBSTANTIVE
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    tense: Tense = Tense.PRESENT
    currency: Currency = Currency.CURRENT
    attribution: Attribution = Attribution.PRESS
    when: When = field(default_factory=When)
    replaces: str | None = None
    cause: str | None = None
    tier: Tier = Tier.CANDIDATE
    confidence: float = 0.5
    votes: tuple[str, ...] = ()
    into: str | None = None

    @property
    def id(self) -> str:
        """Stable name of this claim: the same text read alike gives the same id."""
        parts = (
            self.evidence.article_id,
            str(self.evidence.start),
            self.kind,
            self.person or "",
            self.organization or "",
            self.unit or "",
            self.role_key or "",
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one stage of the reading decided, in words a user can follow.

    *start* and *end* mark the place in the article's content, when there is one.
    """

    stage: str
    passed: bool
    note: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of the article's content was taken for.

    *sort* is "person", "organization", "unit", "post" or "date"; *meaning* what it
    stands for: the full name, the post's label, the range of days.
    """

    start: int
    end: int
    sort: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading one article gave: the claims, and every stage's verdict.

    *marks* are the spans of the sentences that passed the gate. *unwatched* is an
    article that names nobody on the watch list.
    """

    article: Article
    claims: tuple[Claim, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    marks: tuple[Mark, ...] = ()
    unwatched: bool = False
