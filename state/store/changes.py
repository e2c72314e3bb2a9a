"""Changes, the sides they tell, and their deliveries: read and written. SQL only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from state.model import Change, ChangeStatus, Tenure
from state.news.telling import Direction, Side, Telling
from state.store.facts import insert, post_id
from state.store.outbox import add_deliveries, channels_of
from state.store.rows import change_of, change_row

_SELECT = """
SELECT c.*, p.organization, p.unit, p.role_key, p.role, p.seats
FROM changes AS c JOIN posts AS p ON p.id = c.post_id
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a change came from and where it goes."""

    article_id: str | None
    sources: int
    channels: Sequence[str] = ()


def told_sides(
    db: Database, tenures: Iterable[str]
) -> frozenset[tuple[str, Direction]]:
    """Return the sides of these tenures that were told, or noted, and still stand."""
    rows = db.execute(
        "SELECT tenure_id, direction FROM sides "
        "WHERE stands = 1 AND tenure_id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(set(tenures)))],
    )
    return frozenset((tenure, Direction(direction)) for tenure, direction in rows)


def told_by(db: Database, article_id: str, organization: str) -> tuple[Telling, ...]:
    """Return the told changes of one article that have not been taken back."""
    standing = "EXISTS (SELECT 1 FROM sides WHERE change_id = c.id AND stands)"
    where = "c.article_id = ? AND p.organization_key = ? AND c.status = 'told' AND "
    told = select(db, where + standing, [article_id, organization])
    return tuple(Telling(change, sides_of(db, change.id)) for change in told)


def told_in(db: Database, organization: str) -> tuple[Telling, ...]:
    """Return the told changes of one organisation that have not been taken back."""
    standing = "EXISTS (SELECT 1 FROM sides WHERE change_id = c.id AND stands)"
    where = "p.organization_key = ? AND c.status = 'told' AND "
    told = select(db, where + standing, [organization])
    return tuple(Telling(change, sides_of(db, change.id)) for change in told)


def by_id(db: Database, change_id: str | None) -> Change | None:
    """Return the change of this very id; a replay under other rules may have none."""
    return next(iter(select(db, "c.id = ?", [change_id])), None)


def article_of(db: Database, change_id: str | None) -> str | None:
    """Return the id of the article that caused a change."""
    sql = "SELECT article_id FROM changes WHERE id = ?"
    row = db.execute(sql, [change_id]).fetchone()
    return row[0] if row else None


def sides_of(
    db: Database, change_id: str, *, standing: bool = True
) -> tuple[Side, ...]:
    """Return the sides that a change told, all or those that still stand."""
    rows = db.execute(
        "SELECT tenure_id, direction, person FROM sides WHERE change_id = ? "
        "AND stands >= ? ORDER BY tenure_id, direction",
        [change_id, int(standing)],
    )
    return tuple(Side(t, Direction(d), p) for t, d, p in rows)


def write_telling(db: Database, telling: Telling, origin: Origin) -> Change | None:
    """Keep a change, its sides and its deliveries; None when it exists already."""
    change = _renamed(db, replace(telling.change, sources=origin.sources))
    if _exists(db, change.id):
        return None
    row = change_row(change)
    row["post_id"] = post_id(db, change.post)
    row["article_id"] = origin.article_id
    row["sources"] = origin.sources
    insert(db, "changes", row)
    if change.status is not ChangeStatus.CANDIDATE:
        _take_back(db, change.supersedes)
        _add_sides(db, change.id, telling.sides)
    if change.status is ChangeStatus.TOLD:
        add_deliveries(db, change, _goes_to(db, change, origin))
    return change


def _goes_to(db: Database, change: Change, origin: Origin) -> Sequence[str]:
    """Return the channels: a correction goes to exactly those that were told."""
    if change.supersedes is None:
        return origin.channels
    return channels_of(db, change.supersedes)


def _renamed(db: Database, change: Change) -> Change:
    """Give what was told, taken back, and is now told again an id of its own."""
    while heir(db, change.id) is not None:
        again = hashlib.sha256(change.id.encode()).hexdigest()[:16]
        change = replace(change, id=again)
    return change


def heir(db: Database, change_id: str) -> str | None:
    """Return the correction or retraction that took the change's place, if any."""
    sql = "SELECT id FROM changes WHERE supersedes = ? ORDER BY number DESC"
    row = db.execute(sql, [change_id]).fetchone()
    return row[0] if row else None


def _exists(db: Database, change_id: str) -> bool:
    sql = "SELECT 1 FROM changes WHERE id = ?"
    return db.execute(sql, [change_id]).fetchone() is not None


def _take_back(db: Database, change_id: str | None) -> None:
    db.execute("UPDATE sides SET stands = 0 WHERE change_id = ?", [change_id])


def carry(db: Database, old: str, new: Tenure) -> None:
    """Let what was told of the tenure *old* count as told of the one it became."""
    rows = db.execute(
        "SELECT change_id, direction FROM sides WHERE tenure_id = ? AND stands",
        [old],
    ).fetchall()
    db.execute("UPDATE sides SET stands = 0 WHERE tenure_id = ?", [old])
    for change_id, direction in rows:
        key = [change_id, new.id, direction]
        side = [*key, new.person]
        db.execute("INSERT OR IGNORE INTO sides VALUES (?, ?, ?, ?, 0)", side)
        db.execute(
            "UPDATE OR IGNORE sides SET stands = 1 "
            "WHERE change_id = ? AND tenure_id = ? AND direction = ?",
            key,
        )


_OTHER_END = {Direction.AWAY: Direction.BACK, Direction.BACK: Direction.AWAY}


def _add_sides(db: Database, change_id: str, sides: Iterable[Side]) -> None:
    for side in sides:
        if side.direction in _OTHER_END:
            # Somebody may go on leave again: each leave is told anew.
            other = [side.tenure_id, _OTHER_END[side.direction].value]
            db.execute(
                "UPDATE sides SET stands = 0 WHERE tenure_id = ? AND direction = ?",
                other,
            )
        db.execute(
            "INSERT OR IGNORE INTO sides (change_id, tenure_id, direction, person) "
            "VALUES (?, ?, ?, ?)",
            [change_id, side.tenure_id, side.direction.value, side.person],
        )


def select(db: Database, where: str, values: Sequence[object]) -> tuple[Change, ...]:
    """Return the changes that fit a condition on c and p, oldest first."""
    rows = db.query(f"{_SELECT} WHERE {where} ORDER BY c.number", list(values))
    return tuple(change_of(row) for row in rows)
