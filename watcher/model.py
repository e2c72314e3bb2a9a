"""The nouns that the moving parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from state.model import Validators


@dataclass(frozen=True, slots=True)
class Select:
    """CSS selectors for a page: of its *items*, and inside each of what it tells.

    "" is what goes without saying: the first link, its words, a `<time>`, no text.
    """

    items: str = ""
    title: str = ""
    link: str = ""
    date: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed as configured. *kind* None means: told from the answer itself.

    *adaptive* when the interval is only the first one, and a better one is learnt.
    *owner* groups feeds into one voice; *source* is what kind of publisher it is. On
    the first poll what is older than *fresh* is no news; with *backfill* the last so
    many items are, whatever their age.
    """

    url: str
    name: str
    owner: str
    kind: str | None = None
    source: str = "newspaper"
    interval: timedelta = timedelta(minutes=15)
    adaptive: bool = False
    full_text: bool = True
    fresh: timedelta = timedelta(days=7)
    backfill: int | None = None
    select: Select = field(default_factory=Select)


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer within all caps. *body* is decoded; *url* the last of the hops.

    *retry_after* and *max_age* are lower bounds in seconds for the next request.
    *moved_to* is the address that all hops called the right one for good, else "".
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    validators: Validators = field(default_factory=Validators)
    retry_after: float | None = None
    max_age: float | None = None
    moved_to: str = ""

    @property
    def not_modified(self) -> bool:
        """Whether the server says that nothing changed (304)."""
        return self.status == 304  # noqa: PLR2004  the status code


@dataclass(frozen=True, slots=True)
class Page:
    """An article's page understood: its *text*, which may be "".

    *wall* says what stands in the way of the article, *url* what the page calls its
    own address; "" is nothing.
    """

    text: str
    wall: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed. *text* is plain text; *published* aware UTC or None.

    *identity*, where the kind of feed knows one, alone tells one item from all others.
    *origin* says where the text is from, *piece* names its raw text, where it has a
    name.
    """

    guid: str
    url: str
    title: str
    text: str
    published: datetime | None = None
    identity: str = ""
    origin: str = "feed"
    piece: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed understood. *partial* when it was cut off and only some items stand.

    *notes* tell what was left out, in words for a log. *ttl*, *skip_hours* (UTC) and
    *skip_days* (0 is Monday) are the feed's own wishes about polling. *passed* are
    items that it shows, too, and that are no news for anybody; *known* the names of
    pieces that it shows and that were not parsed again.
    """

    title: str
    items: tuple[FeedItem, ...]
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    partial: bool = False
    notes: tuple[str, ...] = ()
    passed: tuple[FeedItem, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[FeedItem, ...]:
        """All items that the feed shows."""
        return (*self.items, *self.passed)
