"""`watcher replay` as its user meets it: the difference, and taking it over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rules.model import Article, Reading
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from state.model import Source
from watcher.__main__ import run
from watcher.config.load import load
from watcher.lock import Lock

CONFIG = """ledger = "watcher.db"
[[feeds]]
url = "https://news.example/feed.xml"
name = "Harbour Post"
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
"""
SUCCESSION = (
    "Quarry Bank appointed Ana Reyes as chief executive on Monday. She succeeds"
    " Bo Lindqvist, who is stepping down after five years, the bank said."
)
WHEN = datetime(2025, 6, 3, 8, tzinfo=UTC)


@dataclass
class Shelf:
    """A config with a ledger of one article, and the command."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def keep(self, *, understood: bool) -> None:
        """Record the article as rules read it, or as if they had read nothing."""
        settings = load(self.home / "watcher.toml", {})
        article = Article("a1", "News", SUCCESSION, WHEN, "https://news.example/a1")
        reader = Reader(settings.watchlist, RuleBook.beside(None))
        reading = reader.read(article) if understood else Reading(article, ())
        with Ledger.open(settings.ledger) as ledger:
            ledger.watch(settings.watchlist)
            ledger.begin(settings.tenures, WHEN)
            ledger.record(
                reading,
                feed="https://news.example/feed.xml",
                source=Source("Harbour Post", "Harbour Media"),
                now=WHEN,
                channels=("terminal",),
            )

    def watcher(self, *arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = self.capture.readouterr()
        return code, out, err

    def people(self) -> list[str]:
        code, out, _ = self.watcher("who", "--on", "2025-07-01", "--json")
        assert code == 0
        return [holder["person"] for holder in json.loads(out)]

    def difference(self, *more: str) -> Any:
        code, out, _ = self.watcher("replay", "--json", *more)
        assert code == 0
        return json.loads(out)


@pytest.fixture
def shelf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shelf:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WATCHER_CONFIG", raising=False)
    (tmp_path / "watcher.toml").write_text(CONFIG)
    return Shelf(tmp_path, capsys)


def test_the_same_rules_make_no_difference_and_leave_no_trace(shelf: Shelf) -> None:
    shelf.keep(understood=True)
    code, out, err = shelf.watcher("replay")
    assert (code, out) == (0, "")
    assert err.startswith("0 would now be told, 0 no longer told")
    assert {p.name for p in shelf.home.iterdir()} == {"watcher.toml", "watcher.db"}


def test_what_better_rules_would_tell_is_shown_and_not_done(shelf: Shelf) -> None:
    shelf.keep(understood=False)
    (gained,) = shelf.difference()["gained"]
    assert gained["after"] == ["Ana Reyes"]
    assert "would now be told" in shelf.watcher("replay")[1]
    assert shelf.people() == ["Bo Lindqvist"]


def test_what_is_taken_over_counts_and_is_sent_to_nobody(shelf: Shelf) -> None:
    shelf.keep(understood=False)
    assert len(shelf.difference("--apply")["gained"]) == 1
    assert shelf.people() == ["Ana Reyes"]
    assert shelf.difference() == {"gained": [], "lost": []}
    with Ledger.open(shelf.home / "watcher.db") as ledger:
        assert ledger.pending(datetime.now(UTC)) == ()


def test_nothing_is_taken_over_from_under_a_running_watcher(shelf: Shelf) -> None:
    shelf.keep(understood=False)
    with Lock(shelf.home / "watcher.db"):
        assert shelf.watcher("replay")[0] == 0
        assert shelf.watcher("replay", "--apply")[0] == 3
    assert shelf.people() == ["Bo Lindqvist"]


def test_without_a_ledger_there_is_nothing_to_replay(shelf: Shelf) -> None:
    code, out, err = shelf.watcher("replay")
    assert (code, out) == (1, "")
    assert "no ledger here yet" in err
