"""A writer that remembers writes what one that forgets writes, article by article."""

from __future__ import annotations

import random
import string
from pathlib import Path
from typing import Any

import pytest

from bench.stories.story import load
from bench.stories.telling import record
from rules.model import Kind
from state.errors import LedgerError
from state.ledger import Ledger

FILES = sorted((Path(__file__).parents[1] / "data" / "stories").glob("*.toml"))
TABLES = ("tenures", "tenure_claims", "tenure_sightings", "changes", "sides")
PEOPLE = ("Ann Poe", "Bo Lind", "Cy Dorn")


def rows(path: Path) -> list[Any]:
    with Ledger.open(path, create=False) as ledger:
        return [
            sorted(map(repr, ledger._db.execute(f"SELECT * FROM {table}").fetchall()))  # noqa: S608  our own names
            for table in TABLES
        ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_story_is_written_alike_with_and_without_memory(
    path: Path, tmp_path: Path
) -> None:
    story = load(path)
    once, often = tmp_path / "once.db", tmp_path / "often.db"
    with Ledger.open(once) as ledger:
        ledger.watch(story.watchlist)
        ledger.begin(story.known, story.items[0].seen)
        for item in story.items:
            record(ledger, item)
    with Ledger.open(often) as ledger:
        ledger.watch(story.watchlist)
        ledger.begin(story.known, story.items[0].seen)
    for item in story.items:
        with Ledger.open(often) as ledger:
            ledger.watch(story.watchlist)
            record(ledger, item)
    assert rows(once) == rows(often)


def many(say: Any, story: Any, seed: int) -> list[Any]:
    """Return a year of news of one firm, out of order, edits among it."""
    dice = random.Random(seed)  # noqa: S311  any news will do
    made = []
    for number in range(60):
        kind = dice.choice((Kind.HOLDS, Kind.HOLDS, Kind.HOLDS, Kind.IN, Kind.OUT))
        make = {Kind.HOLDS: say.holds, Kind.IN: say.comes, Kind.OUT: say.goes}[kind]
        names = dice.sample(PEOPLE, 1 + (dice.random() < 0.2))
        background = kind is not Kind.HOLDS and dice.random() < 0.5
        when = "2025-03" if background else ""
        lines = tuple(make(n, background=background, when=when) for n in names)
        day = f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        name = f"a{dice.randrange(50)}"
        owner = dice.choice(("Harbor Post", "Fjord Wire", "Slow Daily"))
        made.append(story(day, lines, owner, id=name, note=f"{number}" * 40))
    return made


@pytest.mark.parametrize("seed", range(6))
def test_a_year_of_news_is_written_alike_with_and_without_memory(
    seed: int, tmp_path: Path, desk_of: Any, say: Any, story: Any
) -> None:
    news = many(say, story, seed)
    once, often = tmp_path / "once.db", tmp_path / "often.db"
    with Ledger.open(once) as ledger:
        desk = desk_of(ledger)
        told = [desk.takes(one) for one in news]
    again = []
    for one in news:
        with Ledger.open(often) as ledger:
            again.append(desk_of(ledger).takes(one))
    assert [[c.id for c in some] for some in told] == [
        [c.id for c in some] for some in again
    ]
    assert rows(once) == rows(often)


def test_what_another_program_writes_is_not_overlooked(
    tmp_path: Path, desk_of: Any, say: Any
) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as one, Ledger.open(path) as other:
        mine, theirs = desk_of(one), desk_of(other)
        mine.reads("2025-01-10", say.comes("Ann Poe"))
        assert theirs.reads("2025-02-10", say.comes("Bo Lind", replaces="Ann Poe"))
        assert mine.reads("2025-02-11", say.comes("Bo Lind", replaces="Ann Poe")) == ()
        assert mine.who("2025-03-01") == ["Bo Lind"]


def test_what_was_undone_is_not_remembered(desk: Any, say: Any, story: Any) -> None:
    desk.reads("2025-01-10", say.comes("Ann Poe"))
    desk.ledger._db.conn.execute("PRAGMA max_page_count = 1")
    big = "".join(random.Random(1).choices(string.printable, k=300_000))  # noqa: S311  a text
    with pytest.raises(LedgerError, match="full"):
        desk.takes(story("2025-02-10", (say.comes("Bo Lind"),), note=big))
    desk.ledger._db.conn.execute("PRAGMA max_page_count = 1000000")
    desk.reads("2025-02-11", say.comes("Bo Lind", replaces="Ann Poe"))
    assert desk.who("2025-03-01") == ["Bo Lind"]
