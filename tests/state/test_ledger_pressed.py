"""A ledger under pressure: a migration that fails, a reader that does not let go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from state.errors import LedgerError
from state.ledger import Ledger
from state.store import migrations


def an_old_ledger(path: Path) -> None:
    """A ledger as the version before the feeds' coverage left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        migrations.ledger.apply(Database(connection), stop_before="0006_feed_coverage")
        connection.execute("PRAGMA user_version = 5")


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master").fetchall()
        return {name for (name,) in rows}


def test_a_migration_that_fails_half_way_leaves_the_ledger_as_it_was(
    tmp_path: Path,
) -> None:
    path = tmp_path / "watcher.db"
    an_old_ledger(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE feed_gaps (in_the_way)")
    before = tables(path)
    with pytest.raises(LedgerError, match=r"watcher\.db.*feed_gaps"):
        Ledger.open(path)
    assert tables(path) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (5,)
        connection.execute("DROP TABLE feed_gaps")
    with Ledger.open(path) as ledger:
        assert ledger.log() == ()
    assert "feed_windows" in tables(path)


def test_what_a_long_reader_held_up_is_written_back_when_it_ends(
    tmp_path: Path, desk_of: Any, say: Any
) -> None:
    path = tmp_path / "watcher.db"
    log = tmp_path / "watcher.db-wal"
    with Ledger.open(path) as ledger:
        desk = desk_of(ledger)

        def write(first: int) -> int:
            for number in range(first, first + 12):
                long = "".join(map(chr, range(1000 + number, 40000)))
                desk.reads("2025-01-10", say.comes("Ann Poe"), note=f"{number}{long}")
            return log.stat().st_size

        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM claims").fetchone()
            held = [write(first) for first in (0, 100, 200, 300, 400)]
            reader.execute("COMMIT")
        assert held == sorted(set(held))
        freed = [write(first) for first in (500, 600, 700, 800, 900)]
        assert max(freed) <= held[-1] + (held[0])
