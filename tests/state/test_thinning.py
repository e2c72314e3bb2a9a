"""Texts that claim nothing go when they are old; all that counts stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Article, Reading
from state.doctor import examine
from state.model import Source
from watcher.__main__ import run

FEED = "https://news.example/feed.xml"


def silent(desk, name: str, text: str = "It rained.") -> Article:
    """Let the desk take an article that claims nothing."""
    article = Article(name, "Weather", text, desk.now, f"https://news.example/{name}")
    source = Source("Harbor Post", "Harbor Post")
    desk.ledger.record(
        Reading(article, ()), feed=FEED, source=source, now=desk.now, channels=()
    )
    return article


def texts(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT article_id FROM revisions ORDER BY id")
        return [name for (name,) in rows]


def test_an_old_text_without_claims_goes_and_still_counts_as_seen(
    desk, tmp_path: Path
) -> None:
    rain = silent(desk, "rain")
    desk.now += timedelta(days=100)
    silent(desk, "snow")
    assert desk.ledger.thin(desk.now - timedelta(days=90)) == 1
    assert texts(tmp_path / "ledger.db") == ["snow"]
    assert desk.ledger.knows("rain", rain.content)
    assert examine(tmp_path / "ledger.db") == ()


def test_a_text_with_claims_stays_and_so_do_its_later_texts(
    desk, say, tmp_path: Path
) -> None:
    desk.reads("2026-02-01", say.comes("Bo Lind"), id="told")
    silent(desk, "told", "The story is withdrawn.")
    silent(desk, "rain")
    before = desk.ledger.tenures()
    desk.now += timedelta(days=100)
    silent(desk, "snow")
    desk.ledger.thin(desk.now)
    assert texts(tmp_path / "ledger.db") == ["told", "told", "snow"]
    assert desk.ledger.tenures() == before


def test_nothing_goes_that_is_not_old_enough(desk) -> None:
    silent(desk, "rain")
    silent(desk, "snow")
    assert desk.ledger.thin(desk.now) == 0


def test_the_database_itself_refuses_to_lose_a_text_with_claims(
    desk, say, tmp_path: Path
) -> None:
    desk.reads("2026-02-01", say.comes("Bo Lind"))
    with (
        closing(sqlite3.connect(tmp_path / "ledger.db")) as db,
        pytest.raises(sqlite3.IntegrityError, match="never deleted"),
    ):
        db.execute("DELETE FROM revisions")


def test_the_newest_text_stays_so_that_no_number_is_given_twice(desk) -> None:
    for number in range(3):
        silent(desk, f"rain-{number}")
    assert desk.ledger.thin(desk.now + timedelta(days=1)) == 2
    silent(desk, "late")
    with closing(sqlite3.connect(desk.ledger.path)) as db:
        numbers = db.execute("SELECT id, article_id FROM revisions ORDER BY id")
        assert numbers.fetchall() == [(3, "rain-2"), (4, "late")]


def test_a_run_forgets_what_the_config_no_longer_keeps(desk) -> None:
    silent(desk, "rain")
    silent(desk, "snow")
    config = desk.ledger.path.with_name("watcher.toml")
    organization = '[[organizations]]\nname = "Northwind"\n'
    for keep, left in (("365d", ["rain", "snow"]), ("1d", ["snow"])):
        config.write_text(f'ledger = "ledger.db"\nkeep = "{keep}"\n{organization}')
        at = ["--at", "2026-04-01T00:00:00Z"]
        assert run(["run", "--once", *at, "--config", str(config)]) == 0
        assert texts(desk.ledger.path) == left
