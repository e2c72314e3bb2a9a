"""A ledger of an earlier version is brought forward with all that it holds."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from rules.model import Article, Reading
from state.ledger import Ledger
from state.model import Source
from state.store import migrations

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
OLD = Article("a", "Rain", "It rains.", NOON, "http://p.example/rain")


def old_ledger(path: Path) -> None:
    """Write a ledger of version 6 with one article in it."""
    db = Database(sqlite3.connect(path))
    with closing(db.conn):
        migrations.ledger.apply(db, stop_before="0007_search")
        db.execute("INSERT INTO sources VALUES (1, 'P', 'P', 'newspaper')")
        db.execute("INSERT INTO articles VALUES ('a', 'f', 1, ?)", [NOON.isoformat()])
        text = zlib.compress(OLD.content.encode())
        db.execute(
            "INSERT INTO revisions (article_id, content_hash, title, url, published, "
            "text, recorded_at) VALUES ('a', 'h', 'Rain', ?, ?, ?, ?)",
            [OLD.url, NOON.isoformat(), text, NOON.isoformat()],
        )
        db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        db.execute("PRAGMA user_version = 6")
        db.conn.commit()


def test_texts_of_an_earlier_version_count_as_the_feeds_and_were_not_quiet(
    tmp_path: Path,
) -> None:
    path = tmp_path / "watcher.db"
    old_ledger(path)
    with Ledger.open(path) as ledger:
        assert ledger.stories.at("f", OLD.url) == OLD
        new = Article("b", "Sun", "It shines.", NOON, "http://p.example/sun", "page")
        source = Source("P", "P")
        ledger.record(Reading(new), feed="f", source=source, now=NOON, channels=None)
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT title, origin, quiet FROM texts").fetchall()
    assert rows == [("Rain", "feed", 0), ("Sun", "page", 1)]
