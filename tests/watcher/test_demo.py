"""The demo tells exactly what it should, whatever kills it on the way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from state.ledger import Ledger
from state.model import Change, ChangeKind, ChangeStatus, Holder

EXPECTED = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "demo_alerts.toml").read_text("utf-8")
)["alerts"]
ROOT = Path(__file__).parents[2]
END = date(2025, 12, 28)

Row = tuple[Any, ...]


@dataclass
class Performance:
    """One demo, played to its end in *home*; *said* is all that it printed."""

    home: Path
    said: str = ""

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "watcher", "demo", str(self.home)],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("WATCHER_")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def play(self) -> str:
        with self.start() as process:
            out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        self.said += out
        return out

    def play_until_killed(self, dice: random.Random) -> None:
        with self.start() as process:
            assert process.stdout is not None
            for _ in range(dice.randrange(1, 40)):
                self.said += process.stdout.readline()
            time.sleep(dice.random() / 20)
            process.send_signal(signal.SIGKILL)
            self.said += process.stdout.read()

    @cached_property
    def log(self) -> tuple[Change, ...]:
        with Ledger.open(self.home / "watcher.db", create=False) as ledger:
            return ledger.log()

    @cached_property
    def noted(self) -> tuple[Change, ...]:
        with Ledger.open(self.home / "watcher.db", create=False) as ledger:
            return ledger.log([ChangeStatus.NOTED])

    @cached_property
    def board(self) -> tuple[Holder, ...]:
        with Ledger.open(self.home / "watcher.db", create=False) as ledger:
            return ledger.board(END)

    def waiting(self) -> int:
        with Ledger.open(self.home / "watcher.db", create=False) as ledger:
            return len(ledger.pending(datetime(2027, 1, 1, tzinfo=UTC)))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Performance:
    demo = Performance(tmp_path_factory.mktemp("demo") / "watcher-demo")
    demo.play()
    return demo


def wanted(alert: dict[str, Any]) -> Row:
    return (
        alert["day"],
        alert.get("type", "change"),
        alert["kind"],
        alert.get("unit"),
        alert["role"],
        tuple(sorted(alert.get("before", ()))),
        tuple(sorted(alert.get("after", ()))),
        f"/{alert['item']}",
    )


def told(change: Change) -> Row:
    (item,) = {"/" + "/".join(q.url.split("/")[-2:]) for q in change.quotes}
    return (
        change.recorded_at.date(),
        change.type,
        change.kind,
        change.post.unit,
        change.post.role_key,
        tuple(sorted(change.before)),
        tuple(sorted(change.after)),
        item,
    )


def name(alert: dict[str, Any]) -> str:
    return f"{alert['day']} {alert['kind']} {alert.get('unit', '')} {alert['role']}"


@pytest.mark.parametrize("alert", EXPECTED, ids=name)
def test_what_changed_is_told(played: Performance, alert: dict[str, Any]) -> None:
    day, role = alert["day"], alert["role"]
    found = [told(change) for change in played.log]
    near = [row for row in found if (row[0], row[4]) == (day, role)]
    assert wanted(alert) in near


def test_nothing_else_is_told(played: Performance) -> None:
    found = Counter(told(change) for change in played.log)
    assert found - Counter(wanted(alert) for alert in EXPECTED) == Counter()


def test_a_start_announced_for_a_day_comes_true_quietly(played: Performance) -> None:
    simo = [change for change in played.noted if "Fidji Simo" in change.after]
    assert [(c.kind, c.post.unit) for c in simo] == [
        (ChangeKind.EFFECTIVE, "Applications")
    ]
    assert simo[0].recorded_at.date() == date(2025, 8, 18)


def test_the_board_at_the_end_is_how_it_was(played: Performance) -> None:
    held = {
        (h.post.unit, h.post.role_key, h.person)
        for h in played.board
        if h.post.role_key != "vice president research"
    }
    assert held == {
        (None, "ceo", "Sam Altman"),
        (None, "president", "Greg Brockman"),
        (None, "coo", "Brad Lightcap"),
        (None, "cfo", "Sarah Friar"),
        (None, "cpo", "Kevin Weil"),
        (None, "chief scientist", "Jakub Pachocki"),
        (None, "chief research officer", "Mark Chen"),
        (None, "chair", "Bret Taylor"),
        (None, "board member", "Sam Altman"),
        (None, "board member", "Adam D'Angelo"),
        (None, "board member", "Sue Desmond-Hellmann"),
        (None, "board member", "Nicole Seligman"),
        (None, "board member", "Fidji Simo"),
        (None, "board member", "Paul Nakasone"),
        (None, "board member", "Adebayo Ogunlesi"),
        ("mission alignment", "head", "Josh Achiam"),
        ("Applications", "ceo", "Fidji Simo"),
    }


def test_every_alert_is_printed_as_it_fires_and_once(played: Performance) -> None:
    ids = [change.id[:8] for change in played.log]
    assert [played.said.count(f"watcher show {id_}") for id_ in ids] == [1] * len(ids)
    assert played.waiting() == 0


def test_it_ends_with_the_board_the_log_and_the_way_to_the_ledger(
    played: Performance,
) -> None:
    _, _, end = played.said.partition("The board on 2025-12-28")
    assert all(held.person in end for held in played.board)
    assert all(change.id[:8] in end for change in played.log)
    assert f"sqlite3 {played.home / 'watcher.db'} 'select" in end


def test_killed_at_any_moment_it_goes_on_and_ends_the_same(
    played: Performance, tmp_path: Path
) -> None:
    demo = Performance(tmp_path / "killed")
    dice = random.Random(2023)  # noqa: S311  any moment will do
    for _ in range(4):
        demo.play_until_killed(dice)
    demo.play()
    assert [change.id for change in demo.log] == [change.id for change in played.log]
    assert [(h.post, h.person, h.since, h.until, h.belief) for h in demo.board] == [
        (h.post, h.person, h.since, h.until, h.belief) for h in played.board
    ]
    assert all(f"watcher show {change.id[:8]}" in demo.said for change in demo.log)
    assert demo.waiting() == 0


def test_played_again_it_starts_over_and_deletes_only_its_own(
    played: Performance, tmp_path: Path
) -> None:
    again = Performance(tmp_path / "again")
    shutil.copytree(played.home, again.home)
    (again.home / "notes.txt").write_text("mine")
    assert "starting over" not in played.said
    assert "starting over" in again.play()
    assert [change.id for change in again.log] == [change.id for change in played.log]
    assert (again.home / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("file", ["watcher.toml", "watcher.db"])
def test_a_directory_of_somebody_else_is_left_alone(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("[mine]\n")
    with Performance(tmp_path).start() as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert file in err
    assert err.count("\n") == 1
    assert (tmp_path / file).read_text() == "[mine]\n"
