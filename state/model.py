"""The nouns of the ledger: posts, tenures, changes, deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from rules.model import Article, Capacity
from rules.when import When

# Where a text is from, as far as the state has to know: an article's own page, or a
# page that shows a whole team.
BY_PAGE = "page"
TEAM_PAGE = "team page"


class Belief(StrEnum):
    """How sure the ledger is of a tenure or a change."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    REPORTED = "reported"
    DISPUTED = "disputed"
    RETRACTED = "retracted"


class EndState(StrEnum):
    """What is known of a tenure's end."""

    OPEN = "open"
    ENDED = "ended"
    PLANNED = "planned"
    UNKNOWN = "unknown"
    NEVER_STARTED = "never_started"


class ChangeKind(StrEnum):
    """What a change is, after the taxonomy."""

    APPOINTMENT = "appointment"
    SUCCESSION = "succession"
    DEPARTURE = "departure"
    INTERIM = "interim"
    CO_LEAD = "co-lead"
    RETURN = "return"
    MOVE = "move"
    LEAVE = "leave"
    RENAMED = "renamed"
    DISSOLVED = "dissolved"
    CATCH_UP = "catch-up"
    PLANNED = "planned"
    EFFECTIVE = "effective"
    CORRECTION = "correction"
    RETRACTION = "retraction"


class MessageType(StrEnum):
    """What a message is to the person who gets it."""

    CHANGE = "change"
    UPDATE = "update"
    CORRECTION = "correction"
    RETRACTION = "retraction"


class ChangeStatus(StrEnum):
    """Whether a change was told, waits for review, or is noted silently."""

    TOLD = "told"
    CANDIDATE = "candidate"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Post:
    """A seat that exists apart from its holder (Popolo). *seats* None is unbounded.

    *role_key* is the identity of the role, *role* its label; *unit* None is a post of
    the organisation itself.
    """

    organization: str
    unit: str | None
    role_key: str
    role: str
    seats: int | None = 1

    @property
    def key(self) -> str:
        """Identity of the post in text: organisation, unit and role class, folded."""
        parts = (self.organization, self.unit or "", self.role_key)
        return "|".join(part.casefold() for part in parts)


@dataclass(frozen=True, slots=True)
class StartingTenure:
    """What the user knows at the start. *until* None is still in the post."""

    post: Post
    person: str
    since: When = field(default_factory=When)
    until: When | None = None
    capacity: Capacity = Capacity.SUBSTANTIVE


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from. *owner* groups copies: one owner is one voice."""

    name: str
    owner: str
    kind: str = "newspaper"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence with the place it stands in."""

    text: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's spell in one post. *id* is stable while better dates arrive.

    *last_seen* is the newest publication day that showed the person in the post.
    *start_planned* while the start is only announced; it takes effect on its day.
    *away* is since when the person is on leave, which ends no tenure; None is not.
    """

    id: str
    post: Post
    person: str
    start: When
    end: When
    end_state: EndState
    capacity: Capacity = Capacity.SUBSTANTIVE
    belief: Belief = Belief.PROBABLE
    end_cause: str | None = None
    last_seen: date | None = None
    claim_ids: tuple[str, ...] = ()
    start_planned: bool = False
    away: When | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One tenure as the ledger believed it, from one moment up to another.

    *recorded_to* None is still believed.
    """

    tenure: Tenure
    recorded_from: datetime
    recorded_to: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """A spell that came and went between what we had and what is now (catch-up)."""

    person: str
    start: When
    end: When


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between the state before and after: what an alert is about.

    *id* is the fingerprint, so a change exists once. *before* and *after* are the
    people who leave and who come, the latter in *capacity*; *between* the missed steps
    of a catch-up; *moved_from* the post that who comes gives up for this one.
    *sources* is how many independent owners said so when it was taken down, None when
    nobody counted.
    """

    id: str
    type: MessageType
    kind: ChangeKind
    post: Post
    before: tuple[str, ...]
    after: tuple[str, ...]
    effective: When
    belief: Belief
    quotes: tuple[Quote, ...]
    recorded_at: datetime
    between: tuple[Step, ...] = ()
    status: ChangeStatus = ChangeStatus.TOLD
    rules: tuple[str, ...] = ()
    capacity: Capacity = Capacity.SUBSTANTIVE
    cause: str | None = None
    supersedes: str | None = None
    moved_from: Post | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One change on its way out by one channel. *key* is the same on every repeat.

    *batch* names the digest that it was put into, and stays in when that is repeated.
    *untold* if it takes back what never went out by that channel.
    """

    change: Change
    channel: str
    key: str
    attempts: int = 0
    batch: str | None = None
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """How a delivery stands: *state* is pending, delivered, dead or skipped."""

    key: str
    channel: str
    change_id: str
    state: str
    attempts: int
    next_try_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries stand how, and since when the oldest pending one waits."""

    states: Mapping[str, int] = field(default_factory=dict)
    oldest_pending: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A row of the board, and of `who`: one person in one post at one time.

    *certain* is False when the dates leave open whether the person held it then; *away*
    is since when they are on leave.
    """

    post: Post
    person: str
    capacity: Capacity
    since: When
    until: When
    belief: Belief
    last_seen: date | None = None
    certain: bool = True
    away: When | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """A feed's ETag and Last-Modified, opaque bytes to be echoed as they came."""

    etag: bytes | None = None
    last_modified: bytes | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the ledger knows of one feed between polls. Times are aware UTC.

    *ttl*, *skip_hours* (0 to 23, UTC) and *skip_days* (0 is Monday) are what the feed
    itself last asked for; *gone* means that it will never be asked for again.
    *changed_at* is when it last brought another body, *longest_silence* the longest
    time between two, *silence_told* that somebody was told of a longer one. *pace* is
    the interval learnt. *address* is where it has moved to for good, *moved_to* where
    it may have, told *moved_times* times.
    """

    url: str
    validators: Validators = field(default_factory=Validators)
    next_due_at: datetime | None = None
    checked_at: datetime | None = None
    body_hash: str | None = None
    failures: int = 0
    error: str | None = None
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    gone: bool = False
    changed_at: datetime | None = None
    longest_silence: timedelta | None = None
    silence_told: bool = False
    pace: timedelta | None = None
    address: str | None = None
    moved_to: str | None = None
    moved_times: int = 0


@dataclass(frozen=True, slots=True)
class Covered:
    """A time of a feed: all its items were seen, or (*gap*) some may be missing."""

    since: datetime
    until: datetime
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """What a feed showed when it last changed: a mark for each name of an item.

    *pieces* are the marks of each item whose raw text has a name, by that name.
    """

    url: str
    marks: frozenset[str]
    seen_at: datetime
    pieces: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time for which a feed's items may be missing: from one poll to the next."""

    url: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """A story that led to a change or a candidate, as it was last read.

    *times* is how many of the times to read it again have come. *quotes* are what its
    changes rest on; *stood* when its page was seen to have them all.
    """

    article: Article
    feed: str
    times: int
    quotes: tuple[str, ...] = ()
    stood: bool = False
