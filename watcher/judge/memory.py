"""What was asked before, and how much may still be asked today: a file of its own.

It stands beside the ledger and may be thrown away: only time and money are lost.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlite_utils

from rules.model import Kind
from rules.voices import Answer, Opinion
from watcher.errors import JudgeError

_FIELDS = ("answer", "kind", "person", "role", "organization")


class Memory:
    """Opinions by the question's key and the model, and the day's count."""

    def __init__(self, path: Path) -> None:
        try:
            self._database = _opened(path)
        except (sqlite3.Error, OSError) as error:
            raise JudgeError(f"{path}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def recall(self, key: str) -> Opinion | None:
        """Return what was answered before, if anything."""
        sql = (
            "select answer, kind, person, role, organization from opinions where key=?"
        )
        row = self._database.execute(sql, [key]).fetchone()
        if row is None:
            return None
        answer, kind, person, role, organization = row
        known = Kind(kind) if kind else None
        return Opinion(Answer(answer), known, person, role, organization)

    def keep(self, key: str, opinion: Opinion, now: datetime) -> None:
        """Keep an opinion; the newest stands."""
        row = {
            "key": key,
            "answer": opinion.answer.value,
            "kind": opinion.kind.value if opinion.kind else "",
            "person": opinion.person,
            "role": opinion.role,
            "organization": opinion.organization,
            "at": now.isoformat(),
        }
        self._database.table("opinions").insert(row, pk="key", replace=True)

    def spend(self, day: date, budget: int) -> bool:
        """Count one question for *day*; False, uncounted, when none is left."""
        with self._database.conn:
            sql = "insert or ignore into asked (day, times) values (?, 0)"
            self._database.execute(sql, [day.isoformat()])
            sql = "update asked set times = times + 1 where day = ? and times < ?"
            counted = self._database.execute(sql, [day.isoformat(), budget])
            return counted.rowcount == 1


def _opened(path: Path) -> sqlite_utils.Database:
    """Return the file with its two tables; nothing stays open when that fails."""
    database = sqlite_utils.Database(path)
    try:
        columns = dict.fromkeys(("key", *_FIELDS, "at"), str)
        opinions, asked = database.table("opinions"), database.table("asked")
        opinions.create(columns, pk="key", if_not_exists=True)
        asked.create({"day": str, "times": int}, pk="day", if_not_exists=True)
    except BaseException:
        database.close()
        raise
    return database
