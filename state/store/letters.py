"""How deliveries stand: asked for by people, taken up again, dead ones reported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from state.model import Letter, Tally
from state.store.rows import stamp

_SELECT = """
SELECT d.* FROM deliveries AS d JOIN changes AS c ON c.id = d.change_id
"""


def letters(db: Database, states: Iterable[str]) -> tuple[Letter, ...]:
    """Return the deliveries that stand so, in the order of their changes."""
    wanted = frozenset(states)
    rows = db.query(f"{_SELECT} ORDER BY c.number, d.channel")
    return tuple(_letter(row) for row in rows if row["state"] in wanted)


def unreported(db: Database) -> tuple[Letter, ...]:
    """Return the dead deliveries that nobody has been told of."""
    where = "WHERE d.state = 'dead' AND NOT d.reported"
    rows = db.query(f"{_SELECT} {where} ORDER BY c.number, d.channel")
    return tuple(_letter(row) for row in rows)


def mark_reported(db: Database, keys: Iterable[str]) -> None:
    """Keep that somebody was told that these are dead."""
    for key in keys:
        db.execute("UPDATE deliveries SET reported = 1 WHERE key = ?", [key])


def tally(db: Database) -> Tally:
    """Return how many deliveries stand how, and since when the oldest waits."""
    counts = db.query("SELECT state, count(*) AS n FROM deliveries GROUP BY state")
    oldest = db.query(
        "SELECT min(c.recorded_at) AS at FROM deliveries AS d "
        "JOIN changes AS c ON c.id = d.change_id WHERE d.state = 'pending'"
    )
    at = next(iter(oldest))["at"]
    states = {row["state"]: row["n"] for row in counts}
    return Tally(states, datetime.fromisoformat(at) if at else None)


def revive(db: Database, channels: Iterable[str], now: datetime) -> int:
    """Let the dead deliveries of *channels* be tried again; return how many.

    What has been taken back since stays dead: nobody would tell them of that.
    """
    revived = 0
    for channel in channels:
        cursor = db.execute(
            "UPDATE deliveries SET state = 'pending', attempts = 0, reported = 0, "
            "next_try_at = ? WHERE state = 'dead' AND channel = ? AND NOT EXISTS "
            "(SELECT 1 FROM changes WHERE supersedes = deliveries.change_id)",
            [stamp(now), channel],
        )
        revived += cursor.rowcount
    return revived


def _letter(row: dict[str, Any]) -> Letter:
    return Letter(
        key=row["key"],
        channel=row["channel"],
        change_id=row["change_id"],
        state=row["state"],
        attempts=row["attempts"],
        next_try_at=datetime.fromisoformat(row["next_try_at"]),
        reason=row["reason"],
    )
