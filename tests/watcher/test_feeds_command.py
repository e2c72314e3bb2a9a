"""`watcher feeds` tells how each feed is doing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from state.ledger import Ledger
from state.model import FeedState, Gap, Window
from watcher.cli import app
from watcher.config.load import load
from watcher.errors import ListError

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
LATER = datetime(2025, 3, 10, 15, tzinfo=UTC)
URLS = [
    f"http://{name}.example/news.xml" for name in ("ash", "birch", "cedar", "dogwood")
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "watcher.toml"
    tables = (f'[[feeds]]\nurl = "{url}"\n' for url in URLS)
    file.write_text("\n".join(tables), "utf-8")
    return file


def refused(config: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["--config", str(config), "feeds", *arguments])
    assert isinstance(done.exception, ListError)
    return str(done.exception)


def feeds(config: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["--config", str(config), "feeds", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def begun(config: Path) -> None:
    ash, birch, cedar, _ = URLS
    with Ledger.open(config.with_name("watcher.db")) as ledger:
        ledger.save_feed_state(
            FeedState(ash, next_due_at=LATER, checked_at=NOON, changed_at=NOON)
        )
        ledger.coverage.save(
            Window(ash, frozenset({"a"}), LATER), Gap(ash, NOON, LATER)
        )
        ledger.save_feed_state(
            FeedState(birch, checked_at=NOON, failures=3, error="answered 500")
        )
        ledger.save_feed_state(FeedState(cedar, checked_at=NOON, gone=True))


def test_each_feed_has_its_health_last_change_next_poll_and_gaps(config: Path) -> None:
    begun(config)
    lines = feeds(config).splitlines()[1:]
    assert [line.split()[0] for line in lines] == [url[7:-9] for url in URLS]
    ash, birch, cedar, dogwood = lines
    assert (
        "2025-03-10 12:00Z  2025-03-10 15:00Z  1, last until 2025-03-10 15:00Z" in ash
    )
    assert "failed 3x: answered 500" in birch
    assert "ended" in cedar
    assert "never" in cedar
    assert "not polled yet" in dogwood


def test_programs_read_the_same_as_json(config: Path) -> None:
    begun(config)
    ash, birch, cedar, _ = json.loads(feeds(config, "--json"))
    assert ash["gaps"] == [{"since": NOON.isoformat(), "until": LATER.isoformat()}]
    assert (birch["health"], birch["failures"]) == ("failed 3x: answered 500", 3)
    assert cedar["ended"] is True


def test_before_the_first_run_no_feed_was_polled_and_no_ledger_is_made(
    config: Path,
) -> None:
    assert feeds(config).count("not polled yet") == len(URLS)
    assert not config.with_name("watcher.db").exists()


FULL = """
[[feeds]]
url = "https://a.example/?a=1&b=<2>"
name = "Ash \\"& Co\\" \u00e9"
owner = "Ash"
kind = "atom"
source = "company"
interval = "90s"
full_text = false

[[feeds]]
url = "https://b.example/feed"
[[feeds]]
url = "https://c.example/news"
kind = "page"
fresh = "3d"
backfill = 2
[feeds.select]
items = "li > a[href^=\\"/n\\"]"
date = "time"
"""


def test_feeds_exported_and_imported_are_the_same_feeds(
    config: Path, tmp_path: Path
) -> None:
    config.write_text(config.read_text("utf-8") + FULL, "utf-8")
    listed, empty = tmp_path / "feeds.opml", tmp_path / "other.toml"
    empty.write_text('ledger = "other.db"\n', "utf-8")
    feeds(config, "export", str(listed))
    feeds(empty, "import", str(listed))
    assert load(empty, {}).feeds == load(config, {}).feeds


def test_feeds_that_are_there_stay_as_they_are(config: Path, tmp_path: Path) -> None:
    listed, before = tmp_path / "feeds.opml", config.read_text("utf-8")
    feeds(config, "export", str(listed))
    assert "there already" in feeds(config, "import", str(listed))
    assert config.read_text("utf-8") == before


def test_feeds_in_folders_are_found_and_unusable_ones_are_named(
    config: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(
        "<opml version='1.0'><body><outline text='Woods'>"
        "<outline text='Elm' type='rss' xmlUrl='https://elm.example/rss'/>"
        "<outline text='Elm again' xmlUrl='HTTPS://elm.example/rss#top'/>"
        "<outline text='Fir' xmlUrl='feed://fir.example/'/>"
        "<outline text='Oak' xmlns:w='urn:leadership-watcher:opml' w:kind='page'"
        " xmlUrl='https://oak.example/news'/>"
        "<outline text='a folder'/></outline></body></opml>",
        "utf-8",
    )
    said = feeds(config, "import", str(listed))
    assert "1 of 4 feeds added" in said
    assert "https://oak.example/news: kind: a page needs `select`" in said
    assert "fir.example" in said
    assert [feed.name for feed in load(config, {}).feeds][-1] == "Elm"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not well-formed"),
        ("<html/>", "not OPML"),
        ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "entities"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused_by_name(
    config: Path, tmp_path: Path, text: str, reason: str
) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(text, "utf-8")
    said = refused(config, "import", str(listed))
    assert str(listed) in said
    assert reason in said


def test_an_export_replaces_no_file(config: Path, tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text("mine", "utf-8")
    assert "already" in refused(config, "export", str(listed))
    assert listed.read_text("utf-8") == "mine"
