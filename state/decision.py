"""The nouns of decisions: what a person ruled, who it was, and when.

A ruling names what it is about in words of its own (post, person, days), never by the
number of a row, so that it holds for articles yet to come and survives a replay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from rules.model import Capacity, Kind
from rules.when import When
from state.model import Post


class Action(StrEnum):
    """What a person may do to what the ledger believes."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    PIN = "pin"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Happening:
    """One coming (IN) or going (OUT) of one person, within the days of *window*."""

    post: Post
    person: str
    kind: Kind
    window: When


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Whatever articles tell of *event* does not count."""

    event: Happening
    sort: Literal["dismissed"] = "dismissed"


@dataclass(frozen=True, slots=True)
class Amended:
    """Whatever articles tell of *event* counts with other facts; None stays.

    *unit* "" is the organisation itself.
    """

    event: Happening
    when: When | None = None
    person: str | None = None
    role: str | None = None
    role_key: str | None = None
    unit: str | None = None
    sort: Literal["amended"] = "amended"


@dataclass(frozen=True, slots=True)
class Stated:
    """A coming or going that counts on the word of who decided.

    *clock* is the day of the article that it was read in, *claim_id* the claim there.
    """

    post: Post
    person: str
    kind: Kind
    when: When
    clock: date
    quote: str
    url: str = ""
    capacity: Capacity = Capacity.SUBSTANTIVE
    planned: bool = False
    replaces: str | None = None
    cause: str | None = None
    claim_id: str | None = None
    sort: Literal["stated"] = "stated"


@dataclass(frozen=True, slots=True)
class Same:
    """Two names are one person, or one organisation: *old* is written as *new*."""

    noun: Literal["person", "organization"]
    old: str
    new: str
    sort: Literal["same"] = "same"


@dataclass(frozen=True, slots=True)
class Apart:
    """One name is two people: where it is the other's, *old* is written as *new*.

    It is the other's at *organizations*, in the *articles* of these ids, and, unless
    *kept* is empty, at every organisation that is not *kept*.
    """

    old: str
    new: str
    organizations: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    sort: Literal["apart"] = "apart"


@dataclass(frozen=True, slots=True)
class Pinned:
    """From *day* on *person* holds *post*, whatever articles of later days say."""

    post: Post
    person: str
    day: date
    since: When = field(default_factory=When)
    sort: Literal["pinned"] = "pinned"


Ruling = Dismissed | Amended | Stated | Same | Apart | Pinned


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. *target* is the id of a change, or of what is undone.

    *organization* is the key of the one whose articles it rules over; None is all.
    """

    id: str
    action: Action
    actor: str
    at: datetime
    rulings: tuple[Ruling, ...] = ()
    target: str | None = None
    organization: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """Let a candidate count, and tell of it."""

    change: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Let what a change tells not count; who was told of it is told so."""

    change: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Let what a change tells count with another date, name or post; None stays.

    *unit* "" is a post of the organisation itself. With *organization* all that the
    change tells is of another one.
    """

    change: str
    when: When | None = None
    person: str | None = None
    role: str | None = None
    unit: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Let two names of one *noun* be one: *old* is written as *new* from now on."""

    noun: Literal["person", "organization"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Split:
    """Let *person* be two people: *new* is the other one.

    What is said at *organizations* or in *articles* (ids or addresses) is the
    other's; with *kept*, whatever is said anywhere else than there.
    """

    person: str
    new: str
    organizations: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """Let *person* hold the one post that the words of *post* fit, until undone."""

    post: str
    person: str
    since: When = field(default_factory=When)


@dataclass(frozen=True, slots=True)
class Undo:
    """Let a decision count no more."""

    decision: str


Wish = Accept | Reject | Correct | Merge | Split | Pin | Undo


@dataclass(frozen=True, slots=True)
class Chair:
    """Who decides, when, and why: *note* is free words."""

    actor: str
    now: datetime
    note: str = ""
