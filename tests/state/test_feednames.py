"""A feed is known again by a name that holds no password and no query."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from state.ledger import Ledger
from state.model import FeedState, Gap, Window
from state.store import migrations
from state.store.feednames import feed_name

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CANARY = "kanarie7Zq"
URL = f"https://reader:{CANARY}@news.example:8443/feed.xml?token={CANARY}&page=2"


@pytest.mark.parametrize(
    "url", ["https://news.example/feed.xml", "feed", "http://[::1"]
)
def test_an_address_without_secrets_is_its_own_name(url: str) -> None:
    assert feed_name(url) == url or "[" in url


def test_neither_password_nor_query_is_in_a_name() -> None:
    name = feed_name(URL)
    assert name.startswith("https://news.example:8443/feed.xml#")
    assert CANARY not in name
    assert "reader" not in name


def test_feeds_that_differ_in_account_or_query_have_names_of_their_own() -> None:
    addresses = {URL, URL.replace("page=2", "page=3"), URL.replace("reader", "ana")}
    assert len({feed_name(url) for url in addresses}) == 3


def test_another_password_is_still_the_same_feed() -> None:
    assert feed_name(URL.replace(f":{CANARY}@", ":new@")) == feed_name(URL)


@given(st.text(max_size=60) | st.from_regex(r"https?://\w+:\w+@\w+/\w*\?\w+=\w+"))
def test_a_name_is_its_own_name(url: str) -> None:
    assert feed_name(feed_name(url)) == feed_name(url)


def test_what_is_known_of_a_feed_with_secrets_is_found_again(tmp_path: Path) -> None:
    state, window = FeedState(URL, failures=3), Window(URL, frozenset({"a"}), NOON)
    gap = Gap(URL, NOON, NOON)
    with Ledger.open(tmp_path / "a.db") as ledger:
        ledger.save_feed_state(state)
        ledger.coverage.save(window, gap)
        assert ledger.feed_state(URL) == state
        assert ledger.coverage.window(URL) == window
        assert ledger.coverage.gaps(URL) == (gap,)
    assert CANARY.encode() not in (tmp_path / "a.db").read_bytes()


def test_secrets_of_an_older_ledger_are_overwritten_and_its_feeds_known(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        last = "0007_search"
        migrations.ledger.apply(Database(db), stop_before=last)
        db.execute("PRAGMA user_version = 6")
        db.execute("INSERT INTO feeds (url, failures) VALUES (?, 4)", [URL])
        db.execute("INSERT INTO sources VALUES (1, 'Post', 'Post', 'wire')")
        db.execute("INSERT INTO articles VALUES ('a1', ?, 1, '2026')", [URL])
    assert CANARY.encode() in path.read_bytes()
    with Ledger.open(path) as ledger:
        assert ledger.feed_state(URL).failures == 4
    assert CANARY.encode() not in path.read_bytes()
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE articles SET feed = 'x'")
