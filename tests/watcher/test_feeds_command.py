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
