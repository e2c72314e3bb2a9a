"""A whole ledger is found whole, and each kind of damage is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from zlib import compress

import pytest

from state.doctor import examine
from state.ledger import Ledger
from watcher.__main__ import run

_BYTES = compress(b"other").hex()
OTHER_TEXT = f"UPDATE revisions SET text = x'{_BYTES}'"  # noqa: S608  own bytes


@pytest.fixture
def kept(tmp_path: Path, desk_of, say) -> Path:
    """A ledger that holds a told succession, and a correction of another story."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        desk = desk_of(ledger)
        desk.knows("Al Gor", "2019")
        assert desk.reads("2026-02-01", say.comes("Bo Lind", replaces="Al Gor"))
        assert desk.reads("2026-02-03", say.comes("Cy Orr", key="cto"), id="x")
        assert desk.reads("2026-02-04", say.comes("Di Orr", key="cto"), id="x")
    return path


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_a_ledger_that_was_only_written_by_us_is_whole(kept: Path) -> None:
    assert examine(kept) == ()


def test_a_told_change_without_a_delivery_is_allowed(kept: Path) -> None:
    damage(kept, "DELETE FROM deliveries")
    assert examine(kept) == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM claims", "has a quote that no claim"),
        ("DELETE FROM claims", "rests on claim"),
        ("DELETE FROM posts", "refers to a row of posts that is not there"),
        ("DELETE FROM changes", "there is no such change to tell"),
        ("UPDATE changes SET status = 'noted'", "there is no such change to tell"),
        ("DELETE FROM article_words_docsize", "search: cannot find 3 texts"),
        ("DELETE FROM change_words_docsize", "search: cannot find 3 changes"),
        ("DELETE FROM revisions", "search: still finds 3 texts that are gone"),
        ("UPDATE deliveries SET key = 'x' || rowid", "has the key of another"),
        ("UPDATE revisions SET text = x'00'", "its text cannot be unpacked"),
        (OTHER_TEXT, "a quote is not where it should be"),
        ("DELETE FROM articles", "refers to a row of articles that is not there"),
    ],
)
def test_damage_is_named(kept: Path, statement: str, words: str) -> None:
    damage(kept, statement)
    found = examine(kept)
    assert [line for line in found if words in line]
    assert not [line for line in found if "\n" in line]


def test_an_index_that_lost_its_rows_is_found(kept: Path) -> None:
    damage(
        kept,
        "PRAGMA writable_schema = on",
        "UPDATE sqlite_master SET sql = replace(sql, '''pending''', '''dead''') "
        "WHERE name = 'deliveries_pending'",
    )
    assert [line for line in examine(kept) if line.startswith("file: ")]


def test_the_command_ends_with_4_and_a_line_for_each_finding(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = kept.with_name("watcher.toml")
    config.write_text('ledger = "ledger.db"\n[[organizations]]\nname = "Northwind"\n')
    assert run(["doctor", "--config", str(config)]) == 0
    damage(kept, "UPDATE deliveries SET key = 'x' || rowid")
    assert run(["doctor", "--config", str(config)]) == 4
    assert len(capsys.readouterr().out.splitlines()) == len(examine(kept)) > 0
