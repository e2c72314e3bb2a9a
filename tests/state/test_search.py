"""Articles and changes are found by their words, and only while they are there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.model import Article, Reading, Watchlist
from state.errors import LedgerError, SearchError
from state.ledger import Ledger
from state.model import Source
from state.replay import Today, replay, take_over
from state.store import migrations
from state.store.database import open_database
from state.store.search import Hits, Search

FEED = "https://news.example/feed.xml"
OBJECTS = (
    "TRIGGER a_text_is_found",
    "TRIGGER a_change_is_found",
    "TABLE article_words",
    "TABLE change_words",
    "VIEW searched_articles",
    "VIEW searched_changes",
)


def reads(desk, name: str, title: str, text: str, day: int = 20) -> None:
    """Let the desk take an article that claims nothing."""
    at = datetime(2026, 2, day, 9, tzinfo=UTC)
    article = Article(name, title, text, at, f"https://news.example/{name}")
    desk.ledger.record(
        Reading(article, ()),
        feed=FEED,
        source=Source("Harbor Post", "Harbor Post"),
        now=desk.now,
        channels=(),
    )


def found(desk, words: str, **more: object) -> list[str]:
    hits = desk.ledger.index.find(Search(words, **more))
    return [one.id for one in hits.articles]


def test_an_article_is_found_by_words_of_its_title_and_its_text(desk) -> None:
    reads(desk, "rain", "Rain in Malmö", "The harbour was closed by the storm.")
    reads(desk, "sun", "A dry week", "Nobody needed a coat.")
    assert found(desk, "rain") == ["rain"]
    assert found(desk, "malmo storms") == ["rain"]
    assert found(desk, "rain coat") == []
    (hit,) = desk.ledger.index.find(Search("storm")).articles
    assert "closed by the »storm«." in hit.snippet
    assert (hit.title, hit.source) == ("Rain in Malmö", "Harbor Post")
    assert hit.url == "https://news.example/rain"


def test_the_best_fit_stands_first_and_the_limit_cuts_the_rest(desk) -> None:
    reads(desk, "aside", "A dry week", "Nobody spoke of the storm. " + "Dry. " * 80)
    reads(desk, "storm", "Storm over the harbour", "The storm came at night.")
    assert found(desk, "storm") == ["storm", "aside"]
    assert found(desk, "storm", limit=1) == ["storm"]


def test_words_in_quotes_stand_side_by_side(desk) -> None:
    reads(desk, "one", "News", "The chief of the harbour left.")
    reads(desk, "other", "News", "The harbour chief left.")
    assert found(desk, '"harbour chief"') == ["other"]


def test_since_leaves_out_what_is_older(desk) -> None:
    reads(desk, "old", "Storm", "It blew.", day=10)
    reads(desk, "new", "Storm", "It blew again.", day=20)
    assert found(desk, "storm", since=datetime(2026, 2, 15, tzinfo=UTC)) == ["new"]


def test_a_change_is_found_by_its_people_its_post_and_its_quote(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    line = say.comes("Ann Poe", replaces="Bo Lin", quote="Ann Poe takes the wheel.")
    (change,) = desk.reads("2026-02-20", line)
    for words in ("bo lin", "ann wheel", "northwind chief executive", "succession"):
        (hit,) = desk.ledger.index.find(Search(words)).changes
        assert hit.change == change
        assert "»" in hit.snippet
    late = Search("ann", since=desk.now + timedelta(days=1))
    assert desk.ledger.index.find(late).changes == ()


def test_only_the_text_that_counts_now_is_found(desk) -> None:
    reads(desk, "storm", "Storm", "The harbour is closed.")
    reads(desk, "storm", "Storm", "The airport is open, an earlier text was wrong.")
    assert found(desk, "harbour") == []
    assert found(desk, "airport") == ["storm"]
    assert found(desk, "storm") == ["storm"]


def test_an_excerpt_does_not_hide_the_whole_text(desk) -> None:
    whole = "The harbour is closed. " + "Ships wait outside for days. " * 20
    reads(desk, "storm", "Storm", whole + "The airport is open.")
    reads(desk, "storm", "Storm", "The harbour is closed.")
    assert found(desk, "harbour") == ["storm"]
    assert found(desk, "airport") == ["storm"]


def test_what_retention_takes_away_is_found_no_more(desk) -> None:
    reads(desk, "rain", "Rain", "It rained.")
    reads(desk, "snow", "Snow", "It snowed.")
    size = desk.ledger.index.size()
    assert desk.ledger.thin(desk.now + timedelta(days=1)) == 1
    assert found(desk, "rain") == []
    assert found(desk, "snow") == ["snow"]
    left = desk.ledger.index.size()
    assert (size.texts, left.texts) == (2, 1)
    assert left.index_bytes < size.index_bytes
    assert in_order(desk.ledger.path)


def in_order(path: Path) -> bool:
    """Whether the index holds what the tables hold: SQLite compares each word."""
    with closing(open_database(path, create=False)) as db:
        for table in ("article_words", "change_words"):
            check = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608  ours
            db.execute(check)
    return True


def test_what_is_rolled_back_is_not_in_the_index(desk, say, story) -> None:
    reads(desk, "rain", "Rain", "It rained.")
    reading = story("2026-02-20", (say.comes("Ann Poe"),)).reading()
    (claim,) = reading.claims
    broken = replace(reading, claims=(replace(claim, confidence=None),))
    with pytest.raises(LedgerError):
        desk.ledger.record(
            broken,
            feed=FEED,
            source=Source("Harbor Post", "Harbor Post"),
            now=desk.now,
            channels=(),
        )
    assert desk.ledger.index.find(Search("ann")) == Hits()
    assert desk.ledger.index.size().texts == 1
    assert in_order(desk.ledger.path)


def aged(desk, path: Path) -> Path:
    """A copy of the desk's ledger as it was before it could be searched."""
    desk.ledger.backup(path)
    with closing(sqlite3.connect(path)) as db:
        for name in OBJECTS:
            db.execute(f"DROP {name}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0007_search'")
        db.execute("PRAGMA user_version = 6")
        db.commit()
        db.execute("VACUUM")
    return path


def test_an_index_that_does_not_fit_is_built_when_there_is_room(
    desk, disk: Path, fill
) -> None:
    reads(desk, "rain", "Rain", " ".join(f"drop{n}" for n in range(40000)))
    old = aged(desk, disk / "old.db")
    filler = fill(disk)
    with pytest.raises(LedgerError, match="the disk is full"):
        Ledger.open(old)
    filler.unlink()
    with Ledger.open(old) as ledger:
        hits = ledger.index.find(Search("drop39999"))
        assert [one.id for one in hits.articles] == ["rain"]
    assert in_order(old)


def test_a_ledger_from_before_the_search_is_indexed_when_it_is_opened(
    desk, say, tmp_path: Path
) -> None:
    reads(desk, "rain", "Rain", "It rained.")
    desk.reads("2026-02-20", say.comes("Ann Poe"))
    old = aged(desk, tmp_path / "old.db")
    with Ledger.open(old) as ledger:
        hits = ledger.index.find(Search("rained"))
        assert [one.id for one in hits.articles] == ["rain"]
        assert len(ledger.index.find(Search("ann")).changes) == 1
        reads(desk_on(desk, ledger), "snow", "Snow", "It snowed.")
        assert len(ledger.index.find(Search("snow")).articles) == 1
    assert migrations.SCHEMA_VERSION >= 7


def desk_on(desk, ledger: Ledger):
    return type(desk)(ledger)


def test_a_damaged_text_does_not_keep_the_rest_from_being_found(desk, say) -> None:
    desk.reads("2026-02-20", say.comes("Ann Poe"), id="told")
    reads(desk, "rain", "Rain", "It rained.")
    with closing(sqlite3.connect(desk.ledger.path)) as db:
        db.execute("DROP TRIGGER revisions_are_fixed")
        db.execute("UPDATE revisions SET text = x'00' WHERE article_id = 'told'")
        db.commit()
    assert found(desk, "ann") == ["told"]
    assert found(desk, "rain") == ["rain"]


def test_a_replayed_ledger_is_found_through_as_before(desk, tmp_path: Path) -> None:
    reads(desk, "rain", "Rain", "It rained.")
    fresh = tmp_path / "fresh.db"
    today = Today(lambda article: Reading(article, ()), Watchlist())
    replay(desk.ledger.path, fresh, today, lambda *_: None)
    take_over(desk.ledger.path, fresh)
    assert found(desk, "rained") == ["rain"]


def test_a_raw_query_has_the_syntax_of_fts5(desk) -> None:
    reads(desk, "rain", "Rain", "It rained on Monday.")
    reads(desk, "snow", "Snow", "It snowed on Monday.")
    assert found(desk, "monday NOT snow", raw=True) == ["rain"]
    assert found(desk, "title: sno*", raw=True) == ["snow"]
    with pytest.raises(SearchError, match=r"--raw: 'AND' is no query"):
        found(desk, "AND", raw=True)


@pytest.mark.parametrize("words", ["", " ", '"', "\0", "—", "nowhere:", "a AND", "(("])
def test_words_that_mean_nothing_find_nothing(desk, words: str) -> None:
    reads(desk, "rain", "Rain", "It rained.")
    assert desk.ledger.index.find(Search(words)) == Hits()


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=300)
@given(words=st.text() | st.text(alphabet='"*()^:+-{}, rainNOTAD\0\ud800'))
def test_no_words_whatever_break_a_search(desk, words: str) -> None:
    if desk.ledger.index.size().texts == 0:
        reads(desk, "rain", "Rain", "It rained.")
    hits = desk.ledger.index.find(Search(words))
    assert {one.id for one in hits.articles} <= {"rain"}
