"""Killed at any moment and started again, the ledger loses and doubles nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from state.ledger import Ledger

WRITER = Path(__file__).with_name("killed_writer.py")
ROOT = WRITER.parents[2]


def _start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _kill_somewhere(path: Path, dice: random.Random) -> None:
    with _start(path) as writer:
        assert writer.stdout is not None
        for _ in range(dice.randrange(6)):
            writer.stdout.readline()
        time.sleep(dice.random() / 100)
        writer.send_signal(signal.SIGKILL)


def _loose_ends(path: Path) -> list[tuple[int, ...]]:
    with Ledger.open(path) as ledger:
        return ledger._db.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims), "
            "(SELECT count(*) FROM changes), (SELECT count(*) FROM deliveries), "
            "(SELECT count(*) FROM revisions)"
        ).fetchall()


@pytest.mark.parametrize("seed", range(3))
def test_killed_and_started_again_it_ends_as_if_nothing_had_happened(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "watcher.db"
    dice = random.Random(seed)  # noqa: S311  any moment will do
    for _ in range(4):
        _kill_somewhere(path, dice)
        if path.exists():
            (counts,) = _loose_ends(path)
            assert len(set(counts)) == 1
    with _start(path) as writer:
        assert writer.wait(timeout=60) == 0
    undisturbed = tmp_path / "undisturbed.db"
    with _start(undisturbed) as writer:
        assert writer.wait(timeout=60) == 0
    with Ledger.open(path) as ledger, Ledger.open(undisturbed) as other:
        assert ledger.log() == other.log()
        now = ledger.log()[-1].recorded_at
        keys = [d.key for d in ledger.pending(now)]
        assert keys == [d.key for d in other.pending(now)]
        assert len(set(keys)) == 60


def test_killed_before_any_statement_it_keeps_all_of_an_article_or_nothing() -> None:
    kills = Path(__file__).parents[2] / "bench" / "kills.py"
    done = subprocess.run(
        [sys.executable, str(kills), "15"], capture_output=True, text=True, check=True
    )
    left = [
        line.split(maxsplit=1) for line in done.stdout.splitlines() if line[0] == " "
    ]
    assert {what for _, what in left} <= {"nothing of it", "all of it"}
    assert sum(int(count) for count, _ in left) > 50
