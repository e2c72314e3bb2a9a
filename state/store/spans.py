"""For which times a feed's items are known to have been seen. SQL only."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from state.model import Covered
from state.store.feednames import feed_name
from state.store.rows import stamp


def cover(db: Database, url: str, span: Covered) -> None:
    """Keep a span that follows on the last one; one of the same kind is made longer."""
    url = feed_name(url)
    last = db.execute(
        "SELECT rowid, until, gap FROM feed_spans WHERE url = ? "
        "ORDER BY until DESC LIMIT 1",
        [url],
    ).fetchone()
    since, until = stamp(span.since), stamp(span.until)
    if last is not None and last[1] >= since and bool(last[2]) == span.gap:
        db.execute("UPDATE feed_spans SET until = ? WHERE rowid = ?", [until, last[0]])
        return
    db.execute(
        "INSERT INTO feed_spans (url, since, until, gap) VALUES (?, ?, ?, ?)",
        [url, since, until, int(span.gap)],
    )


def covered(db: Database, url: str, since: datetime) -> tuple[Covered, ...]:
    """Return the spans that end after *since*, oldest first."""
    rows = db.execute(
        "SELECT since, until, gap FROM feed_spans WHERE url = ? AND until > ? "
        "ORDER BY since",
        [feed_name(url), stamp(since)],
    )
    return tuple(
        Covered(datetime.fromisoformat(a), datetime.fromisoformat(b), bool(gap))
        for a, b, gap in rows
    )
