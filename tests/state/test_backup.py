"""A copy of the ledger is whole, also while it is written to."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from state.errors import LedgerError
from state.ledger import Ledger

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_copy_holds_what_was_kept_while_another_writes(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        ledger.remember("kept", "text", NOW)
        with other._writing():
            ledger.backup(copy)
    with Ledger.open(copy, create=False) as again:
        assert again.knows("kept", "text")


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
