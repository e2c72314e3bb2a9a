"""`watcher search` as its user meets it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rules.model import Article, Tier
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from state.model import Source
from watcher.__main__ import run
from watcher.clock import SystemClock
from watcher.config.load import load

CONFIG = """ledger = "watcher.db"
[[feeds]]
url = "https://news.example/feed.xml"
[[organizations]]
name = "Quarry Bank"
"""
TEXT = "Quarry Bank appointed Ana Reyes as chief executive on Monday, the bank said."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watcher.toml").write_text(CONFIG)
    settings = load(tmp_path / "watcher.toml", {})
    now = SystemClock().now()
    article = Article("a", "\x1b[31mBank news", TEXT, now, "https://n.example/a")
    with Ledger.open(settings.ledger) as ledger:
        ledger.record(
            Reader(settings.watchlist, RuleBook.beside(None)).read(article),
            feed="f",
            source=Source("Harbour Post", "Harbour Media"),
            now=now,
            channels=(),
        )
    return tmp_path


def test_changes_come_before_articles_and_nothing_moves_the_cursor(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "ana", "reyes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("change  ")
    assert "Ana Reyes" in lines[0]
    assert "»Ana« »Reyes«" in lines[1]
    assert lines[2].startswith("article  ")
    assert lines[2].endswith("Harbour Post  [31mBank news")
    assert lines[4].strip() == "https://n.example/a"


def test_what_waits_for_review_is_said_to(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load(home / "watcher.toml", {})
    text = "Quarry Bank named Bo Lind chief executive, a person close to him said."
    now = SystemClock().now()
    reading = Reader(settings.watchlist, RuleBook.beside(None)).read(
        Article("b", "", text, now, "https://n.example/b")
    )
    doubtful = [replace(claim, tier=Tier.CANDIDATE) for claim in reading.claims]
    assert doubtful
    with Ledger.open(settings.ledger) as ledger:
        ledger.record(
            replace(reading, claims=tuple(doubtful)),
            feed="f",
            source=Source("Harbour Post", "Harbour Media"),
            now=now,
            channels=(),
        )
    assert run(["search", "lind"]) == 0
    assert "  candidate  " in capsys.readouterr().out.splitlines()[0]


def test_programs_get_one_object(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "reyes", "--json", "--limit", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [len(found["changes"]), len(found["articles"])] == [1, 1]
    assert found["articles"][0]["id"] == "a"
    assert run(["search", "reyes", "--json", "--since", "2999"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changes": [], "articles": []}


def test_nothing_found_is_said_and_no_fault(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", 'rain" OR (']) == 0
    assert capsys.readouterr() == ("", "nothing is found\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--raw", "AND AND"], "--raw: 'AND AND' is no query"), ([], "what to look for")],
)
def test_what_is_no_query_is_one_line_and_wrong_usage(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert run(["search", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert words in err


def test_the_index_tells_its_size(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["search", "--size"]) == 0
    assert capsys.readouterr().out.startswith("1 texts and 1 changes in an index of ")
    assert run(["search", "--size", "--json"]) == 0
    size = json.loads(capsys.readouterr().out)
    assert 0 < size["index_bytes"] < size["ledger_bytes"]
