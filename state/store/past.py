"""What a ledger took in, in the order in which it did: for a replay. SQL only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from rules.model import Article
from state.decision import Decision
from state.model import ChangeKind, Source, StartingTenure
from state.store import changes, decisions
from state.store.facts import insert
from state.store.functions import unpacked
from state.store.rows import Row, baseline_of, moment_of

_TEXTS = """
SELECT r.*, a.feed, s.name, s.owner, s.kind
FROM revisions AS r
JOIN articles AS a ON a.id = r.article_id
JOIN sources AS s ON s.id = a.source_id
ORDER BY r.id
"""
_BASELINES = """
SELECT b.*, p.organization, p.unit, p.role_key, p.role, p.seats
FROM baselines AS b JOIN posts AS p ON p.id = b.post_id ORDER BY b.id
"""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an article as it came."""

    id: int
    article: Article
    feed: str
    source: Source
    at: datetime
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What the user said to be known, all at one time."""

    tenures: tuple[StartingTenure, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A moment at which plans took effect."""

    at: datetime


Act = Text | Start | Settled | Decision


def count(db: Database) -> int:
    """Return how many texts the ledger holds."""
    return int(db.execute("SELECT count(*) FROM revisions").fetchone()[0])


def acts(db: Database) -> Iterator[Act]:
    """Yield all that the ledger took in, in order; texts are read one by one."""
    between = deque(_between(db))
    for row in db.query(_TEXTS):
        text = _text(row)
        while between and between[0].before(text):
            yield between.popleft().act
        yield text
    yield from (one.act for one in between)


@dataclass(frozen=True, slots=True)
class _Between:
    """An act between two texts; *after* is the one it followed, where that is known."""

    act: Start | Settled | Decision
    after: int | None = None

    def before(self, text: Text) -> bool:
        """Whether it came before *text*: a start even in the same instant."""
        if self.after is not None:
            return self.after < text.id
        at = self.act.at
        return at <= text.at if isinstance(self.act, Start) else at < text.at


def _between(db: Database) -> list[_Between]:
    """Return what is no text, by its time; decisions stay in their order."""
    made = zip(decisions.every(db), decisions.places(db), strict=True)
    found = [_Between(start) for start in _starts(db)]
    found += [_Between(settled) for settled in _settled(db)]
    found += [_Between(decision, place) for decision, place in made]
    return sorted(found, key=lambda one: one.act.at)


def _starts(db: Database) -> list[Start]:
    rows = groupby(db.query(_BASELINES), key=itemgetter("recorded_at"))
    return [
        Start(tuple(map(baseline_of, group)), datetime.fromisoformat(at))
        for at, group in rows
    ]


def _settled(db: Database) -> list[Settled]:
    """Return when plans took effect, each moment once."""
    noted = changes.select(db, "c.kind = ?", [ChangeKind.EFFECTIVE.value])
    return [Settled(at) for at in dict.fromkeys(c.recorded_at for c in noted)]


def _text(row: Row) -> Text:
    content = unpacked(row["text"])
    title = row["title"]
    body = content[len(title) + 1 :] if title else content
    published = moment_of(row["published"])
    place = (row["url"], row["origin"])
    article = Article(row["article_id"], title, body, published, *place)
    source = Source(row["name"], row["owner"], row["kind"])
    at = datetime.fromisoformat(row["recorded_at"])
    return Text(row["id"], article, row["feed"], source, at, bool(row["quiet"]))


_REST = ("feeds", "feed_windows", "feed_gaps", "sightings", "revisits", "deliveries")


def copy_rest(old: Database, new: Database) -> None:
    """Copy what no text and no decision gives: feeds, sightings, deliveries made.

    A change that is told only now has no delivery: nobody is alerted anew.
    """
    for table in _REST:
        for row in old.query(f"SELECT * FROM {table}"):  # noqa: S608  one of _REST
            if table != "deliveries" or changes.by_id(new, row["change_id"]):
                insert(new, table, row)
