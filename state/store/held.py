"""Changes that wait for a second voice: kept, found again, done with. SQL only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from state.news.telling import Direction, Side
from state.news.waiting import Waiting
from state.store import changes, decisions
from state.store.rows import organization_key, stamp


def keep(db: Database, one: Waiting, until: datetime) -> None:
    """Keep that a change waits, and how long; its candidate is written already."""
    sides = [[s.tenure_id, s.direction.value, s.person] for s in one.sides]
    db.execute(
        "INSERT OR IGNORE INTO held "
        "(change_id, told_id, organization_key, sides, until) VALUES (?, ?, ?, ?, ?)",
        [
            one.change.id,
            one.told_id,
            organization_key(one.change.post.organization),
            json.dumps(sides, ensure_ascii=False),
            stamp(until),
        ],
    )


def of(db: Database, organizations: Iterable[str], now: datetime) -> list[Waiting]:
    """Return what still waits in these organisations and nobody has decided on."""
    rows = db.execute(
        "SELECT change_id, told_id, sides FROM held WHERE NOT told AND until > ? "
        "AND organization_key IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        [stamp(now), json.dumps(sorted(organizations))],
    ).fetchall()
    found = (_waiting(db, *row) for row in rows)
    return [one for one in found if one and not decisions.on(db, one.change.id)]


def _waiting(db: Database, change_id: str, told_id: str, sides: str) -> Waiting | None:
    change = changes.by_id(db, change_id)
    told = (Side(t, Direction(d), p) for t, d, p in json.loads(sides))
    return Waiting(change, told_id, tuple(told)) if change else None


def done(db: Database, one: Waiting) -> None:
    """Keep that the change was told."""
    db.execute("UPDATE held SET told = 1 WHERE change_id = ?", [one.change.id])
