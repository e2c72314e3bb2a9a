"""The ledger's file: made whole, refused when broken, never overwritten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from state.errors import LedgerDamagedError, LedgerError, LedgerNewerError
from state.ledger import Ledger
from state.store import migrations

_SECOND_DELIVERY = """
INSERT INTO deliveries (change_id, channel, key, state, attempts, next_try_at,
    reason, delivered_at) SELECT change_id, channel, 'k', state, 0, '', '', ''
FROM deliveries
"""
_SECOND_LIVE_VERSION = """
INSERT INTO tenures SELECT 99, id, post_id, person, start_earliest, start_latest,
    start_planned, end_earliest, end_latest, end_state, end_cause, capacity, belief,
    away, position, recorded_from, recorded_to
FROM tenures
"""

# The table as it was while each version held its claims and the last sight.
_AS_IN_VERSION_9 = """
PRAGMA legacy_alter_table = on;
DROP VIEW board;
DROP VIEW people;
DROP VIEW organizations;
DROP VIEW change_log;
CREATE TABLE tenures_9 AS SELECT t.version, t.id, t.post_id, t.person,
    t.start_earliest, t.start_latest, t.start_planned, t.end_earliest, t.end_latest,
    t.end_state, t.end_cause, t.capacity, t.belief,
    (SELECT s.last_seen FROM tenure_sightings AS s WHERE s.tenure_id = t.id
        ORDER BY s.recorded_at DESC LIMIT 1) AS last_seen,
    (SELECT json_group_array(c.claim_id) FROM tenure_claims AS c
        WHERE c.tenure_id = t.id) AS claim_ids,
    t.position, t.recorded_from, t.recorded_to, t.away FROM tenures AS t;
DROP TRIGGER tenures_are_kept;
DROP TRIGGER tenures_are_only_closed;
DROP TABLE tenures;
ALTER TABLE tenures_9 RENAME TO tenures;
DROP TABLE tenure_claims;
DROP TABLE tenure_sightings;
DROP INDEX changes_by_time;
CREATE TRIGGER tenures_are_kept BEFORE DELETE ON tenures
BEGIN SELECT RAISE(ABORT, 'tenures are never deleted'); END;
CREATE TRIGGER tenures_are_only_closed BEFORE UPDATE ON tenures
BEGIN SELECT RAISE(ABORT, 'never'); END;
DELETE FROM _sqlite_migrations WHERE name = '0010_tenure_evidence';
PRAGMA user_version = 9;
"""


def _ledger_with_news(path: Path, desk_of: Any, say: Any) -> Path:
    with Ledger.open(path) as ledger:
        desk = desk_of(ledger)
        for day in range(10, 29):
            desk.reads(f"2025-01-{day}", say.holds(f"Ann{day} Poe", unit=f"Unit {day}"))
    return path


def _sql(path: Path, statement: str) -> Any:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


@pytest.mark.parametrize(
    "content", [b"", b"not a database" * 200, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_what_is_no_ledger_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "watcher.db"
    path.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match=r"watcher\.db"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_half_a_ledger_is_refused(tmp_path: Path, desk_of: Any, say: Any) -> None:
    path = _ledger_with_news(tmp_path / "watcher.db", desk_of, say)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerDamagedError, match=r"watcher\.db"):
        Ledger.open(path)


def test_a_damaged_page_is_refused(tmp_path: Path, desk_of: Any, say: Any) -> None:
    path = _ledger_with_news(tmp_path / "watcher.db", desk_of, say)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\x5a" * 4096 * 9
    path.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match="damaged"):
        Ledger.open(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    _sql(path, "CREATE TABLE songs (title TEXT)")
    with pytest.raises(LedgerDamagedError, match="not a ledger"):
        Ledger.open(path)


def test_a_newer_ledger_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    with Ledger.open(path):
        pass
    _sql(path, f"PRAGMA user_version = {migrations.SCHEMA_VERSION + 1}")
    content = path.read_bytes()
    with pytest.raises(LedgerNewerError, match="newer version"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_a_missing_ledger_is_made_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    with pytest.raises(LedgerError, match="no ledger here"):
        Ledger.open(path, create=False)
    assert not path.exists()
    with Ledger.open(path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["watcher.db"]


def test_a_draft_that_a_killed_program_left_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "watcher.db.4.new").write_bytes(b"half")
    with Ledger.open(tmp_path / "watcher.db") as ledger:
        assert ledger.log() == ()


@pytest.mark.parametrize("place", ["missing/watcher.db", "."])
def test_an_impossible_place_is_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(tmp_path / place)
    assert str(tmp_path / place) in str(caught.value)


def test_another_writer_is_waited_for_and_then_named(
    tmp_path: Path, desk_of: Any, say: Any
) -> None:
    path = tmp_path / "watcher.db"
    with Ledger.open(path, patience=0.05) as ledger:
        desk = desk_of(ledger)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerError, match="another program is writing"):
                desk.reads("2025-01-10", say.comes("Ann Poe"))
            other.execute("ROLLBACK")
        assert len(desk.reads("2025-01-10", say.comes("Ann Poe"))) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenures SET person = 'Somebody Else'",
        "UPDATE tenures SET start_latest = '2020-01-01'",
        "DELETE FROM tenures",
        "DELETE FROM claims",
        "UPDATE claims SET quote = 'never said'",
        "DELETE FROM changes",
        "UPDATE changes SET after = '[]'",
        "UPDATE revisions SET url = ''",
        _SECOND_DELIVERY,
        _SECOND_LIVE_VERSION,
    ],
)
def test_facts_are_not_rewritten(desk: Any, say: Any, statement: str) -> None:
    desk.reads("2025-01-10", say.comes("Ann Poe"))
    with pytest.raises(sqlite3.IntegrityError):
        desk.ledger._db.conn.execute(statement)


def test_a_quote_that_the_article_does_not_have_is_refused(
    desk: Any, say: Any, story: Any
) -> None:
    reading = story("2025-01-10", (say.comes("Ann Poe"),)).reading()
    (claim,) = reading.claims
    false = replace(claim, evidence=replace(claim.evidence, quote="Never said."))
    with pytest.raises(LedgerError, match=r"Never said\."):
        desk.ledger.record(
            replace(reading, claims=(false,)),
            feed="f",
            source=story("2025-01-10", ()).source,
            now=desk.now,
            channels=(),
        )
    assert desk.ledger.log() == ()


def test_text_that_sqlite_cannot_keep_is_cleaned(desk: Any, say: Any) -> None:
    quote = "Ann\ud800 Poe\0 is the new chief."
    (change,) = desk.reads("2025-01-10", say.comes("Ann Poe", quote=quote))
    assert change.quotes[0].text == "Ann? Poe  is the new chief."


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_article_of_an_impossible_year_is_kept(
    desk: Any, say: Any, day: str
) -> None:
    assert len(desk.reads(day, say.comes("Ann Poe"), say.goes("Bo Lind"))) == 1


def test_tenures_of_before_their_evidence_was_parted_are_kept(
    tmp_path: Path, desk_of: Any, say: Any
) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    with Ledger.open(new) as ledger:
        desk = desk_of(ledger)
        desk.reads("2025-01-10", say.comes("Ann Poe"))
        desk.reads("2025-02-10", say.comes("Bo Lind", replaces="Ann Poe"))
        desk.reads("2025-03-10", say.holds("Bo Lind"))
        wanted = (ledger.tenures(), ledger.history("northwind"), ledger.log())
        ledger.backup(old)
    with closing(sqlite3.connect(old)) as db:
        db.executescript(_AS_IN_VERSION_9)
    with Ledger.open(old) as ledger:
        found = (ledger.tenures(), ledger.history("northwind"), ledger.log())
        assert found == wanted
        assert desk_of(ledger).reads("2025-03-11", say.holds("Lind")) == ()
    with (
        closing(sqlite3.connect(old)) as db,
        pytest.raises(sqlite3.IntegrityError, match="only superseded"),
    ):
        db.execute("UPDATE tenures SET person = 'Nobody'")
