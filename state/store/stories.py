"""Stories by their address, and those that were told and are to be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from rules.model import Article
from state.model import TEAM_PAGE, Story
from state.store.database import wrapped, writing
from state.store.feednames import feed_name
from state.store.functions import unpacked
from state.store.rows import Row, cleaned, moment_of, stamp
from state.store.selecting import selected

# Most corrections come within hours; after some days hardly any do.
AFTER = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)
_LONGEST = timedelta(days=7)

_LAST = """
SELECT r.*, a.feed, a.first_seen_at FROM revisions AS r
JOIN articles AS a ON a.id = r.article_id
WHERE r.id = (SELECT max(n.id) FROM revisions AS n
    WHERE n.article_id = r.article_id AND NOT n.excerpt)
"""
_AT = f"{_LAST} AND a.feed = ? AND r.url = ? ORDER BY r.id DESC LIMIT 1"
_TELLS = "c.status IN ('told', 'candidate') AND c.supersedes IS NULL"
_TOLD = f"""
SELECT t.*, coalesce(v.done, 0) AS done, coalesce(v.stood, 0) AS stood,
    (SELECT json_group_array(json_extract(q.value, '$.text'))
        FROM changes AS c, json_each(c.quotes) AS q
        WHERE c.article_id = t.article_id AND {_TELLS}) AS quotes
FROM ({_LAST} AND r.url <> '' AND r.origin <> '{TEAM_PAGE}' AND r.article_id IN (
    SELECT c.article_id FROM changes AS c WHERE c.recorded_at > ? AND {_TELLS})) AS t
LEFT JOIN revisits AS v ON v.article_id = t.article_id ORDER BY t.id
"""  # noqa: S608  our own words
_NOTE = """
INSERT INTO revisits (article_id, done, stood, at) VALUES (?, ?, ?, ?)
ON CONFLICT (article_id) DO UPDATE
SET done = excluded.done, stood = excluded.stood, at = excluded.at
"""


class Stories:
    """The stories in one ledger.

    All methods raise LedgerError, naming the file, when it cannot be used.
    """

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db

    def at(self, feed: str, url: str) -> Article | None:
        """Return what *feed* last told under an address, None for a new one."""
        with wrapped(self._path):
            values = [cleaned(feed_name(feed)), cleaned(url)]
            rows = selected(self._db, _AT, values)
            return next((_article(row) for row in rows), None)

    def name_of(self, feed: str) -> str:
        """Return what the stories call a feed: its address without secrets."""
        return cleaned(feed_name(feed))

    def due(self, now: datetime) -> tuple[Story, ...]:
        """Return the stories whose page is to be read again, oldest first."""
        with wrapped(self._path):
            values = [stamp(now - _LONGEST)]
            return tuple(_due(self._db.query(_TOLD, values), now))

    def note(self, story: Story, now: datetime, *, stood: bool) -> None:
        """Keep that the story was read again, and whether its page *stood* by it."""
        with writing(self._path, self._db) as db:
            db.execute(_NOTE, [story.article.id, story.times, int(stood), stamp(now)])


def _due(rows: Iterator[Row], now: datetime) -> Iterator[Story]:
    for row in rows:
        article, seen = _article(row), datetime.fromisoformat(row["first_seen_at"])
        since = article.published or seen
        times = _come(since, now)
        if times > max(row["done"], _come(since, seen)):
            quotes = tuple(json.loads(row["quotes"]))
            yield Story(article, row["feed"], times, quotes, bool(row["stood"]))


def _come(since: datetime, now: datetime) -> int:
    """Return how many of the times to read a story again have come."""
    return sum(since + pause <= now for pause in AFTER)


def _article(row: Row) -> Article:
    content = unpacked(row["text"])
    title = row["title"]
    text = content[len(title) + 1 :] if title else content
    published = moment_of(row["published"])
    return Article(row["article_id"], title, text, published, row["url"], row["origin"])
