"""Thirty years of who led the United States Congress, entered over fourteen.

`data/congress.csv` has the facts of the record: a line each time somebody entered a
spell, closed it, mended a date or opened it again. The days of entry are ours. Each
day's entries are one import; afterwards the ledger must know what was known when.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from rules.spans.roles import role_key
from rules.when import When
from state.fold.posts import seats
from state.ledger import Ledger
from state.model import Post, StartingTenure

FILE = Path(__file__).parents[1] / "data" / "congress.csv"
Row = dict[str, str]
Spell = tuple[str, str, str, str]


def revisions() -> list[tuple[date, list[Row]]]:
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    days = groupby(rows, key=lambda row: row["recorded"])
    return [(date.fromisoformat(day), list(group)) for day, group in days]


def tenure(row: Row) -> StartingTenure:
    key = role_key(row["role"])
    post = Post(f"US {row['chamber']}", None, key, row["role"], seats(key))
    until = When.parse(row["until"]) if row["until"] else None
    return StartingTenure(post, row["person"], When.parse(row["since"]), until)


def entered(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("congress") / "ledger.db"
    with Ledger.open(path) as ledger:
        for day, rows in revisions():
            ledger.begin(map(tenure, rows), entered(day), anew=True)
        yield ledger


def contents() -> Iterator[tuple[date, set[Spell]]]:
    """Yield each revision's own content: a line about a spell replaces the one before.

    Nobody comes back within two months: a start that near is the same spell's.
    """
    known: dict[tuple[str, str, str, date], Row] = {}
    for day, rows in revisions():
        for row in rows:
            start = date.fromisoformat(row["since"])
            same = [
                key
                for key in known
                if key[:3] == (row["chamber"], row["role"], row["person"])
                and abs(key[3] - start) < timedelta(days=60)
            ]
            for key in same:
                del known[key]
            known[row["chamber"], row["role"], row["person"], start] = row
        yield day, {_spell(row) for row in known.values()}


def _spell(row: Row) -> Spell:
    return (
        f"US {row['chamber']} {row['role']}",
        row["person"],
        row["since"],
        row["until"],
    )


def _days(known: date) -> list[date]:
    grid = [
        date(year, month, 15) for year in range(1995, known.year) for month in (2, 8)
    ]
    return [*grid, known]


@pytest.mark.parametrize("number", range(len(revisions())))
def test_who_led_on_any_day_as_it_was_known_is_what_had_been_entered_by_then(
    ledger: Ledger, number: int
) -> None:
    day, spells = list(contents())[number]
    for on in _days(day):
        wanted = {
            (post, person)
            for post, person, since, until in spells
            if since <= on.isoformat() and (not until or on.isoformat() < until)
        }
        held = ledger.who(None, on, entered(day) + timedelta(hours=1))
        found = {
            (f"{h.post.organization} {h.post.role}", h.person)
            for h in held
            if h.certain
        }
        assert found == wanted, on


def test_every_line_stands_in_some_version(ledger: Ledger) -> None:
    versions = [
        (f"{v.tenure.post.organization} {v.tenure.post.role}", v.tenure)
        for chamber in ("us house", "us senate")
        for v in ledger.history(chamber)
    ]
    kept = {
        (post, t.person, str(t.start), str(t.end) if t.end.known else "")
        for post, t in versions
    }
    assert kept >= {_spell(row) for _, rows in revisions() for row in rows}


def test_entered_again_nothing_changes(ledger: Ledger) -> None:
    before = ledger.tenures()
    for _, rows in revisions()[-3:]:
        ledger.begin(map(tenure, rows), entered(date(2025, 2, 1)), anew=True)
    assert ledger.tenures() == before


def test_the_record_is_as_large_as_the_docs_say() -> None:
    rows = [row for _, found in revisions() for row in found]
    closed = [row for row in rows if row["until"]]
    assert (len(revisions()), len(rows), len(closed)) == (18, 105, 64)
