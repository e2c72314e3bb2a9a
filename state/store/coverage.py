"""What the feeds are known to have shown and to have missed. SQL only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from state.model import Covered, Gap, Window
from state.store import spans
from state.store.database import wrapped, writing
from state.store.feednames import feed_name
from state.store.rows import stamp
from state.store.selecting import selected

_SAVE = """
INSERT INTO feed_windows (url, marks, seen_at, pieces) VALUES (?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET marks = excluded.marks, seen_at = excluded.seen_at,
    pieces = excluded.pieces
"""


class Coverage:
    """The windows and gaps of the feeds in one ledger.

    All methods raise LedgerError, naming the file, when it cannot be used.
    """

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db

    def window(self, url: str) -> Window | None:
        """Return what the feed last showed, None when it was never understood."""
        with wrapped(self._path):
            asked = "SELECT * FROM feed_windows WHERE url = ?"
            for row in selected(self._db, asked, [feed_name(url)]):
                seen = datetime.fromisoformat(row["seen_at"])
                pieces = dict(_pieces(row["pieces"]))
                return Window(url, frozenset(row["marks"].split()), seen, pieces)
        return None

    def save(self, window: Window, gap: Gap | None) -> None:
        """Keep *window* in place of the last, and the *gap* between them if any."""
        name, marks = feed_name(window.url), " ".join(sorted(window.marks))
        with writing(self._path, self._db) as db:
            pieces = _packed(window.pieces)
            db.execute(_SAVE, [name, marks, stamp(window.seen_at), pieces])
            if gap is not None:
                span = [stamp(gap.since), stamp(gap.until)]
                db.execute("INSERT INTO feed_gaps VALUES (?, ?, ?)", [name, *span])

    def cover(self, url: str, span: Covered) -> None:
        """Keep that all items of a time were seen, or that some may be missing."""
        with writing(self._path, self._db) as db:
            spans.cover(db, url, span)

    def covered(self, url: str, since: datetime) -> tuple[Covered, ...]:
        """Return what is known of the times that end after *since*, oldest first."""
        with wrapped(self._path):
            return spans.covered(self._db, url, since)

    def gaps(self, url: str) -> tuple[Gap, ...]:
        """Return the feed's gaps, oldest first."""
        asked = "SELECT since, until FROM feed_gaps WHERE url = ? ORDER BY rowid"
        with wrapped(self._path):
            rows = list(self._db.query(asked, [feed_name(url)]))
        return tuple(
            Gap(
                url,
                datetime.fromisoformat(row["since"]),
                datetime.fromisoformat(row["until"]),
            )
            for row in rows
        )


def _pieces(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what `_packed` wrote: a line a piece, its name first."""
    for line in text.splitlines():
        name, *marks = line.split()
        yield name, frozenset(marks)


def _packed(pieces: Mapping[str, frozenset[str]]) -> str:
    return "\n".join(" ".join((name, *sorted(m))) for name, m in pieces.items())
