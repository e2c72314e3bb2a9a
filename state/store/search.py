"""Words looked up in articles and changes, the best fit first. SQL only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from state.errors import SearchError
from state.model import Change
from state.store import changes
from state.store.database import wrapped
from state.store.rows import Row, cleaned, stamp

_SNIPPET = "snippet({}, -1, '»', '«', '…', 24) AS snippet"
_ARTICLES = f"""
SELECT r.article_id, r.title, r.url, s.name AS source,
    coalesce(r.published, a.first_seen_at) AS at, {_SNIPPET.format("article_words")}
FROM article_words JOIN revisions AS r ON r.id = article_words.rowid
JOIN articles AS a ON a.id = r.article_id JOIN sources AS s ON s.id = a.source_id
WHERE article_words MATCH :words AND coalesce(r.published, a.first_seen_at) >= :since
    AND NOT r.excerpt AND NOT EXISTS (SELECT 1 FROM revisions AS n WHERE
        n.article_id = r.article_id AND NOT n.excerpt AND n.id > r.id)
ORDER BY article_words.rank, r.id DESC LIMIT :limit
"""  # noqa: S608  our own words
_CHANGES = f"""
SELECT c.id, {_SNIPPET.format("change_words")}
FROM change_words JOIN changes AS c ON c.number = change_words.rowid
WHERE change_words MATCH :words AND c.recorded_at >= :since
ORDER BY change_words.rank, c.number DESC LIMIT :limit
"""  # noqa: S608  our own words
_KEPT = {
    "texts": "SELECT count(*) FROM article_words_docsize",
    "changes": "SELECT count(*) FROM change_words_docsize",
    "index_bytes": """SELECT total(n) FROM (
        SELECT sum(length(block)) AS n FROM article_words_data
        UNION ALL SELECT sum(length(sz)) FROM article_words_docsize
        UNION ALL SELECT sum(length(term)) FROM article_words_idx
        UNION ALL SELECT sum(length(block)) FROM change_words_data
        UNION ALL SELECT sum(length(sz)) FROM change_words_docsize
        UNION ALL SELECT sum(length(term)) FROM change_words_idx)""",
    "ledger_bytes": "SELECT page_count * page_size "
    "FROM pragma_page_count(), pragma_page_size()",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for: *words* that all must stand there, in any form and order.

    With *raw* they are a query in the syntax of SQLite's FTS5. Nothing older than
    *since* is found: by the day of an article, by when a change was taken down.
    """

    words: str
    since: datetime | None = None
    limit: int = 20
    raw: bool = False


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with the words that were looked for, marked by »« in *snippet*."""

    id: str
    title: str
    url: str
    source: str
    at: datetime
    snippet: str


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change with the words that were looked for, marked by »« in *snippet*."""

    change: Change
    snippet: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search came to; the best fit of each sort stands first."""

    changes: tuple[FoundChange, ...] = ()
    articles: tuple[FoundArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How much the index holds: texts and changes, and the bytes that it takes."""

    texts: int
    changes: int
    index_bytes: int
    ledger_bytes: int


class Index:
    """The full-text index of one ledger.

    All methods raise LedgerError, naming the file, when it cannot be used.
    """

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db

    def find(self, search: Search) -> Hits:
        """Return what fits *search*: of each article the text that counts now.

        Raises SearchError for a raw query that is none.
        """
        words = " ".join(cleaned(search.words).split())
        query = words if search.raw else self._db.quote_fts(words)
        if not query.strip():
            return Hits()
        asked = {
            "words": query,
            "since": stamp(search.since) if search.since else "",
            "limit": search.limit,
        }
        with wrapped(self._path), _refused(search):
            told = tuple(map(self._change, self._db.query(_CHANGES, asked)))
            read = tuple(map(_article, self._db.query(_ARTICLES, asked)))
        return Hits(told, read)

    def size(self) -> IndexSize:
        """Return how much the index holds, and what it takes of the ledger's file."""
        with wrapped(self._path):
            found = {
                name: int(self._db.execute(sql).fetchone()[0])
                for name, sql in _KEPT.items()
            }
        return IndexSize(**found)

    def _change(self, row: Row) -> FoundChange:
        (change,) = changes.select(self._db, "c.id = ?", [row["id"]])
        return FoundChange(change, row["snippet"])


def _article(row: Row) -> FoundArticle:
    at = datetime.fromisoformat(row["at"])
    return FoundArticle(
        row["article_id"], row["title"], row["url"], row["source"], at, row["snippet"]
    )


@contextmanager
def _refused(search: Search) -> Iterator[None]:
    """Tell a query that is none from a ledger that is damaged."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if not search.raw:
            raise
        raise SearchError(f"--raw: {search.words!r} is no query: {error}") from error
