"""Old texts that claim nothing: forgotten, but never read again. SQL only."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from state.store.rows import stamp

# An article with a claim in any of its texts keeps all of them: a text without claims
# may be what took the others back. The last number is kept, so none is given twice.
_OLD = """
FROM revisions WHERE recorded_at < ?
    AND id < (SELECT max(id) FROM revisions)
    AND NOT EXISTS (SELECT 1 FROM claims AS l JOIN revisions AS r
        ON r.id = l.revision_id WHERE r.article_id = revisions.article_id)
    AND NOT EXISTS (SELECT 1 FROM changes AS c
        WHERE c.article_id = revisions.article_id)
"""
_FIND_NO_MORE = f"""
INSERT INTO article_words (article_words, rowid, title, text)
    SELECT 'delete', id, title, text FROM searched_articles
    WHERE id IN (SELECT id {_OLD})
"""  # noqa: S608  our own words
# FTS5 only notes what goes; this lets it make room, about two megabytes at a time.
_TIDY_UP = "INSERT INTO article_words (article_words, rank) VALUES ('merge', -500)"


def thin(db: Database, before: datetime) -> int:
    """Forget the texts recorded before a moment that claim nothing; return how many."""
    values = [stamp(before)]
    db.execute(
        "INSERT OR IGNORE INTO sightings "
        f"SELECT article_id, content_hash, recorded_at {_OLD}",
        values,
    )
    db.execute(_FIND_NO_MORE, values)
    gone = db.execute(f"DELETE {_OLD}", values).rowcount
    if gone:
        db.execute(_TIDY_UP)
    return gone
