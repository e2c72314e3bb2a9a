"""A copy of the ledger is whole, also while it is written to."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from state.errors import LedgerError
from state.ledger import Ledger

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_copy_holds_what_was_kept_while_another_writes(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with (
        Ledger.open(path) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        ledger.remember("kept", "text", NOW)
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO sightings VALUES ('half', 'done', '')")
        ledger.backup(copy)
        other.execute("COMMIT")
    with Ledger.open(copy, create=False) as again:
        assert again.knows("kept", "text")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM sightings").fetchone() == (1,)


def test_a_copy_replaces_no_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    with (
        Ledger.open(tmp_path / "ledger.db") as ledger,
        pytest.raises(LedgerError, match=r"copy\.db: is there already"),
    ):
        ledger.backup(copy)
    assert copy.read_text() == "mine"
    assert not list(tmp_path.glob("*.new"))
