"""How long a replay takes, and whether it comes to the same: prints a table.

    python bench/replay.py [ARTICLES] [ORGANISATIONS]

Articles are made up as in `ledger.py`, and read by the real rules both times. One
process; compare ratios, not machines.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ledger import SOURCE, START, readings

from rules.model import Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from state.replay import Today, replay

TABLES = ("claims", "tenures", "changes", "sides", "posts", "revisions")


def main(articles: int = 2000, organisations: int = 50) -> None:
    """Record the articles, replay them, and print what each took."""
    today = Today(Reader(Watchlist(), RuleBook.beside(None)).read, Watchlist())
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.db", Path(folder) / "second.db"
        recorded = _timed(lambda: _record(first, today, articles, organisations))
        replayed = _timed(lambda: replay(first, second, today, lambda *_: None))
        print(f"{'articles':>9} {'recorded s':>11} {'replayed s':>11} {'equal':>6}")
        same = _rows(first) == _rows(second)
        print(f"{articles:9} {recorded:11.1f} {replayed:11.1f} {same!s:>6}")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _record(path: Path, today: Today, articles: int, organisations: int) -> None:
    with Ledger.open(path) as ledger:
        for made in readings(articles, organisations):
            now = made.article.published or START
            reading = today.read(made.article)
            ledger.record(reading, feed="b", source=SOURCE, now=now, channels=())


def _rows(path: Path) -> list[list[object]]:
    with closing(sqlite3.connect(path)) as db:
        found = (db.execute(f"SELECT * FROM {t}") for t in TABLES)  # noqa: S608  ours
        return [rows.fetchall() for rows in found]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
