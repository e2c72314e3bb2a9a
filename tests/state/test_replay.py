"""A ledger built anew from its own texts and decisions is the same ledger."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Article, Modality, Reading, Tier, Watchlist
from rules.when import When
from state.decision import Accept, Chair, Correct, Merge, Pin, Reject, Undo
from state.errors import LedgerError
from state.model import ChangeStatus
from state.replay import Difference, Today, replay, take_over

TABLES = (
    "feeds", "sources", "articles", "revisions", "sightings", "posts", "claims",
    "baselines", "tenures", "changes", "sides", "deliveries", "decisions",
)  # fmt: skip
TAKE_OVER = """
import sys
from pathlib import Path
from state.replay import take_over
print("ready", flush=True)
take_over(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def content(path: Path) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as db:
        rows = {t: db.execute(f"SELECT * FROM {t}") for t in TABLES}  # noqa: S608  ours
        return {table: found.fetchall() for table, found in rows.items()}


class Memory:
    """Reads what it was shown before; *blind* to whatever names these people."""

    def __init__(self, *blind: str) -> None:
        self.blind = blind
        self.readings: dict[str, Reading] = {}

    def reads(self, desk, day: str, *lines, **more):
        story = desk.story(day, lines, **more)
        reading = story.reading()
        self.readings[reading.article.content] = reading
        desk.now += timedelta(hours=1)
        return desk.takes(story)

    def __call__(self, article: Article) -> Reading:
        known = self.readings[article.content]
        assert known.article == article
        kept = tuple(c for c in known.claims if c.person not in self.blind)
        return replace(known, claims=kept)

    def today(self) -> Today:
        return Today(self, Watchlist())


@pytest.fixture
def told(desk, story, say) -> Memory:
    """A ledger with a bit of everything in it."""
    desk.story = story
    memory = Memory()
    desk.knows("Bo Lin", "2020")
    desk.knows("Di Fry", "2021", role_key="cto", role="chief technology officer")
    memory.reads(desk, "2025-02-20", say.comes("Ann Poe", replaces="Bo Lin"))
    memory.reads(desk, "2025-03-01", say.holds("Ann Poe"), owner="Other Wire")
    plan = say.goes("Ann Poe", when="2025-06-30", modality=Modality.PLANNED)
    memory.reads(desk, "2025-05-01", plan)
    desk.now += timedelta(hours=1)
    desk.ledger.settle(desk.now, desk.channels)
    doubtful = say.comes("Cy Orr", key="cto", tier=Tier.CANDIDATE)
    memory.reads(desk, "2025-07-01", doubtful)
    memory.reads(desk, "2025-07-02", say.comes("Ed Kay", when="2025-07-01"))
    memory.reads(desk, "2025-07-02", say.comes("Ed Ray"), id="edited")
    memory.reads(desk, "2025-07-02", say.comes("Ed Kay"), id="edited")
    return memory


def decides(desk, *wishes) -> list[str]:
    made = []
    for wish in wishes:
        desk.now += timedelta(minutes=1)
        decision, _ = desk.ledger.decide(wish, Chair("ann", desk.now), desk.channels)
        made.append(decision.id)
    return made


def rebuilt(desk, memory: Memory, name: str = "fresh.db") -> tuple[Path, Difference]:
    fresh = desk.ledger.path.with_name(name)
    steps: list[tuple[int, int]] = []
    found = replay(
        desk.ledger.path, fresh, memory.today(), lambda *step: steps.append(step)
    )
    total = len(content(desk.ledger.path)["revisions"])
    assert steps == [(n + 1, total) for n in range(total)]
    return fresh, found


def test_under_the_same_rules_every_row_is_the_same(desk, told) -> None:
    fresh, found = rebuilt(desk, told)
    assert found == Difference((), ())
    assert content(fresh) == content(desk.ledger.path)


def test_decisions_survive_in_their_places(desk, told, say) -> None:
    (first, *_) = desk.ledger.log()
    (candidate,) = desk.ledger.log([ChangeStatus.CANDIDATE])
    made = decides(
        desk,
        Reject(first.id),
        Accept(candidate.id),
        Correct(desk.ledger.log()[-1].id, when=When.parse("2025-06")),
        Pin("northwind chief executive", "Ed Kay"),
    )
    told.reads(desk, "2026-03-05", say.comes("Flo Ode", replaces="Ed Kay"))
    decides(desk, Undo(made[0]), Merge("person", "Ed Kay", "Flo Ode"), Undo(made[3]))
    told.reads(desk, "2026-03-06", say.goes("Flo Ode", when="2026-03-06"))
    fresh, found = rebuilt(desk, told)
    assert found == Difference((), ())
    assert content(fresh) == content(desk.ledger.path)


def test_what_is_read_otherwise_today_is_the_difference(desk, told) -> None:
    before = desk.ledger.log()
    told.blind = ("Ann Poe",)
    _, found = rebuilt(desk, told)
    lost = {change.id for change in found.lost}
    assert {c.id for c in before if "Ann Poe" in c.after} <= lost
    assert [c.after for c in found.gained] == [("Ed Kay",)]
    assert desk.ledger.log() == before


def test_a_ledger_taken_over_alerts_nobody_anew(desk, told) -> None:
    for delivery in desk.ledger.pending(desk.now):
        desk.ledger.mark_delivered([delivery], desk.now)
    told.blind = ("Ann Poe",)
    fresh, found = rebuilt(desk, told)
    assert found.gained
    take_over(desk.ledger.path, fresh)
    assert content(desk.ledger.path) == content(fresh)
    assert desk.ledger.pending(desk.now + timedelta(days=9)) == ()
    told_now = {change.id for change in desk.ledger.log()}
    assert {change.id for change in found.gained} <= told_now


def test_what_was_still_to_be_sent_is_sent_after_all(desk, told) -> None:
    waiting = [one.key for one in desk.ledger.pending(desk.now)]
    assert waiting
    fresh, _ = rebuilt(desk, told)
    take_over(desk.ledger.path, fresh)
    assert [one.key for one in desk.ledger.pending(desk.now)] == waiting


def test_what_came_during_the_replay_is_not_lost(desk, told, say) -> None:
    fresh, _ = rebuilt(desk, told)
    told.reads(desk, "2026-03-05", say.comes("Flo Ode"))
    before = content(desk.ledger.path)
    with pytest.raises(LedgerError, match="replay again"):
        take_over(desk.ledger.path, fresh)
    assert content(desk.ledger.path) == before


def test_who_reads_meanwhile_sees_the_one_ledger_or_the_other(desk, told) -> None:
    told.blind = ("Ann Poe",)
    fresh, found = rebuilt(desk, told)
    with closing(sqlite3.connect(desk.ledger.path)) as reader:
        count = "SELECT count(*) FROM changes"
        reader.execute("BEGIN")
        before = reader.execute(count).fetchone()
        take_over(desk.ledger.path, fresh)
        assert reader.execute(count).fetchone() == before
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone() != before
    assert found.gained[0] in desk.ledger.log()


def test_nothing_is_taken_over_while_somebody_writes(desk, told) -> None:
    fresh, _ = rebuilt(desk, told)
    before = content(desk.ledger.path)
    with closing(sqlite3.connect(desk.ledger.path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="is writing"):
            take_over(desk.ledger.path, fresh, patience=0.1)
        writer.execute("ROLLBACK")
    assert content(desk.ledger.path) == before


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.002, 0.004, 0.008])
def test_a_take_over_that_is_killed_leaves_one_whole_ledger(
    desk, told, delay: float
) -> None:
    told.blind = ("Ann Poe",)
    fresh, _ = rebuilt(desk, told)
    before, after = content(desk.ledger.path), content(fresh)
    assert before != after
    command = [sys.executable, "-c", TAKE_OVER, desk.ledger.path, fresh]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as taker:
        assert taker.stdout
        taker.stdout.readline()
        time.sleep(delay)
        taker.kill()
    assert content(desk.ledger.path) in (before, after)
    take_over(desk.ledger.path, fresh)
    assert content(desk.ledger.path) == after


def test_a_file_in_the_way_is_never_overwritten(desk, told) -> None:
    fresh, _ = rebuilt(desk, told)
    kept = fresh.read_bytes()
    with pytest.raises(LedgerError, match="in the way"):
        rebuilt(desk, told)
    assert fresh.read_bytes() == kept
