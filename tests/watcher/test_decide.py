"""Decisions and histories as their user meets them on the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rules.model import Article
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from state.model import Source
from watcher.__main__ import run
from watcher.config.load import load

CONFIG = """ledger = "watcher.db"
[[feeds]]
url = "https://news.example/feed.xml"
name = "Harbour Post"
[[organizations]]
name = "Quarry Bank"
[[channels]]
name = "terminal"
type = "console"
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


@dataclass
class Office:
    """A config with a ledger that has read one article, and the command."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def read(self, text: str, day: int = 3) -> None:
        settings = load(self.home / "watcher.toml", {})
        when = datetime(2025, 6, day, 8, tzinfo=UTC)
        article = Article(
            f"a{day}", "News of the bank", text, when, "https://n.example"
        )
        reading = Reader(settings.watchlist, RuleBook.beside(None)).read(article)
        with Ledger.open(settings.ledger) as ledger:
            ledger.watch(settings.watchlist)
            ledger.begin(settings.tenures, when)
            ledger.record(
                reading,
                feed="https://news.example/feed.xml",
                source=Source("Harbour Post", "Harbour Media"),
                now=when,
                channels=("terminal",),
            )

    def watcher(self, *arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = self.capture.readouterr()
        return code, out, err

    def data(self, *arguments: str) -> Any:
        code, out, err = self.watcher(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WATCHER_CONFIG", raising=False)
    (tmp_path / "watcher.toml").write_text(CONFIG)
    made = Office(tmp_path, capsys)
    made.read(SUCCESSION)
    return made


AS_ANN = ("decide", "--by", "ann", "--at", "2025-06-05")


def test_a_rejection_names_its_maker_in_the_log_and_turns_the_board(office) -> None:
    (told,) = office.data("log")
    code, out, err = office.watcher(
        *AS_ANN, "--note", "a hoax", "reject", told["id"][:6]
    )
    assert code == 0
    assert "withdrawn" in err
    first, decision, retraction = office.data("log")
    assert first == told
    assert (decision["id"], decision["type"]) == (out.strip(), "decision")
    assert (decision["actor"], decision["action"]) == ("ann", "reject")
    assert decision["recorded_at"] == "2025-06-05T00:00:00Z"
    assert (retraction["type"], retraction["supersedes"]) == ("retraction", told["id"])
    assert "ann: reject" in office.watcher("log")[1]
    (holder,) = office.data("who", "--on", "2025-07-01")
    assert holder["person"] == "Bo Lindqvist"
    (holder,) = office.data("who", "--on", "2025-07-01", "--as-known", "2025-06-04")
    assert holder["person"] == "Ana Reyes"


def test_without_a_name_the_login_decides(office) -> None:
    (told,) = office.data("log")
    assert office.watcher("decide", "reject", told["id"])[0] == 0
    assert office.data("log")[1]["actor"]


def test_a_correction_and_its_undoing(office) -> None:
    (told,) = office.data("log")
    fix = ("correct", told["id"], "--name", "Anna Reyes", "--date", "2025-06-01")
    code, out, _ = office.watcher(*AS_ANN, *fix)
    assert code == 0
    (holder,) = office.data("who", "--on", "2025-06-01")
    assert (holder["person"], holder["since"]) == ("Anna Reyes", "2025-06-01")
    assert office.watcher(*AS_ANN, "undo", out.strip()[:8])[0] == 0
    (holder,) = office.data("who", "--on", "2025-07-01")
    assert holder["person"] == "Ana Reyes"


def test_a_merge_and_a_pin_are_silent(office) -> None:
    merge = ("merge", "Ana Reyes", "Bo Lindqvist")
    assert office.watcher(*AS_ANN, *merge)[0::2] == (0, "")
    pin = ("pin", "quarry bank chief executive", "Cy Orr", "--since", "2025-06")
    assert office.watcher(*AS_ANN, *pin)[0::2] == (0, "")
    (holder,) = office.data("who", "--on", "2025-07-01")
    assert holder["person"] == "Cy Orr"


def test_a_split_is_silent_and_said_in_the_log(office) -> None:
    split = ("split", "Ana Reyes", "--of", "Quarry Bank")
    assert office.watcher(*AS_ANN, *split)[0::2] == (0, "")
    (holder,) = office.data("who", "--on", "2025-07-01")
    assert holder["person"] == "Ana Reyes (Quarry Bank)"
    (line,) = [one for one in office.watcher("log")[1].splitlines() if "split" in one]
    assert "ann: split: Ana Reyes, at Quarry Bank, is Ana Reyes (Quarry Bank)" in line


def test_a_split_says_what_the_other_is_called(office) -> None:
    code, _, err = office.watcher(
        *AS_ANN, "split", "Ana Reyes", "--keep", "Quarry Bank"
    )
    assert (code, err.count("\n")) == (2, 1)
    assert "--as" in err
    named = ("--keep", "Quarry Bank", "--as", "Ana Reyes (painter)")
    assert office.watcher(*AS_ANN, "split", "Ana Reyes", *named)[0] == 0


def test_a_correction_to_another_organisation_is_told(office) -> None:
    (told,) = office.data("log")
    fix = ("correct", told["id"], "--organization", "Orbis")
    code, _, err = office.watcher(*AS_ANN, *fix)
    assert code == 0
    assert "Orbis" in err
    assert "of Orbis" in office.watcher("log")[1]
    holders = office.data("who", "--on", "2025-07-01")
    found = [(one["organization"], one["person"]) for one in holders]
    assert found == [("Orbis", "Ana Reyes"), ("Quarry Bank", "Bo Lindqvist")]


@pytest.mark.parametrize(
    "words",
    [
        ("split", "Nobody", "--of", "Quarry Bank"),
        ("accept", "ffff"),
        ("reject", "ffff"),
        ("undo", "ffff"),
        ("correct", "ffff", "--date", "2025"),
        ("merge", "Nobody", "Bo Lindqvist"),
        ("pin", "southwind", "Bo Lindqvist"),
    ],
)
def test_a_decision_on_what_is_not_there_is_one_line(office, words) -> None:
    code, out, err = office.watcher("decide", *words)
    assert (code, out) == (1, "")
    assert err.startswith("watcher: ")
    assert err.count("\n") == 1


def test_a_date_that_is_none_is_wrong_usage(office) -> None:
    assert office.watcher("decide", "correct", "ffff", "--date", "soon")[0] == 2


def test_a_history_has_every_version_under_both_clocks(office) -> None:
    (told,) = office.data("log")
    office.watcher(*AS_ANN, "reject", told["id"])
    versions = office.data("history", "quarry bank chief")
    now = [v["person"] for v in versions if v["recorded_to"] is None]
    assert now == ["Bo Lindqvist"]
    (gone,) = [v for v in versions if v["person"] == "Ana Reyes"]
    assert gone["recorded_from"] == "2025-06-03T08:00:00Z"
    assert gone["recorded_to"] == "2025-06-05T00:00:00Z"
    assert office.data("history", "quarry bank chief", "--now") == [
        v for v in versions if v["recorded_to"] is None
    ]


def test_the_history_of_an_unknown_post_is_one_line(office) -> None:
    code, out, err = office.watcher("history", "southwind")
    assert (code, out) == (1, "")
    assert "southwind" in err


def test_a_change_shows_who_decided_on_it_and_who_undid_that(office) -> None:
    (told,) = office.data("log")
    _, made, _ = office.watcher(*AS_ANN, "--note", "a hoax", "reject", told["id"])
    office.watcher("decide", "--by", "bea", "undo", made.strip())
    shown = office.watcher("show", told["id"])[1]
    assert "ann: reject" in shown
    assert "(a hoax)" in shown
    assert "bea: undo" in shown


def test_a_candidate_waits_for_review_until_somebody_decides(office) -> None:
    office.read("Quarry Bank chief executive Bo Lindqvist said so.", day=20)
    (waits,) = [c for c in office.data("log", "--candidates") if waiting(c)]
    made = office.watcher(*AS_ANN, "reject", waits["id"])[1].strip()
    assert not [c for c in office.data("log", "--candidates") if waiting(c)]
    assert [c for c in office.data("log", "--all") if waiting(c)]
    office.watcher(*AS_ANN, "undo", made)
    assert [c for c in office.data("log", "--candidates") if waiting(c)]


def waiting(entry: dict[str, Any]) -> bool:
    return entry.get("status") == "candidate"
