"""Decisions: kept for ever, each with who made it and when. SQL only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlite_utils import Database

from state.decision import Action, Decision, Ruling
from state.errors import NotFoundError
from state.store.facts import insert
from state.store.rows import Row, cleaned, stamp

_RULINGS: TypeAdapter[tuple[Ruling, ...]] = TypeAdapter(tuple[Ruling, ...])
_STANDING = (
    "d.action <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions AS u "
    "WHERE u.action = 'undo' AND u.target = d.id)"
)


def named(db: Database, decision: Decision) -> Decision:
    """Return *decision* with an id of its own, the same in every replay."""
    (number,) = db.execute("SELECT count(*) FROM decisions").fetchone()
    parts = (str(number), decision.action, decision.target or "", stamp(decision.at))
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
    return Decision(
        digest,
        decision.action,
        decision.actor,
        decision.at,
        decision.rulings,
        decision.target,
        decision.organization,
        decision.note,
    )


def add(db: Database, decision: Decision) -> None:
    """Keep a decision; its rulings count from now on."""
    row: Row = {
        "id": decision.id,
        "action": decision.action.value,
        "actor": cleaned(decision.actor),
        "at": stamp(decision.at),
        "target": decision.target,
        "organization_key": decision.organization,
        "rulings": cleaned(_RULINGS.dump_json(decision.rulings).decode()),
        "note": cleaned(decision.note),
        "after_revision": _last_revision(db),
    }
    insert(db, "decisions", row)


def _last_revision(db: Database) -> int:
    """Return what was recorded last, so that a replay decides at the same place."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM revisions").fetchone()
    return int(last)


def standing(db: Database, organizations: Sequence[str]) -> tuple[Decision, ...]:
    """Return what counts for these organisations, in the order it was decided."""
    marks = ", ".join("?" * len(organizations))
    where = f"(d.organization_key IS NULL OR d.organization_key IN ({marks}))"
    return _select(db, f"{_STANDING} AND {where}", list(organizations))


def all_standing(db: Database) -> tuple[Decision, ...]:
    """Return what counts for any organisation, in the order it was decided."""
    return _select(db, _STANDING, [])


def on(db: Database, target: str) -> tuple[Decision, ...]:
    """Return the standing decisions on one change."""
    return _select(db, f"{_STANDING} AND d.target = ?", [target])


def every(db: Database) -> tuple[Decision, ...]:
    """Return all decisions, undone ones and undoings, too, oldest first."""
    return _select(db, "1", [])


def places(db: Database) -> tuple[int, ...]:
    """Return, for each of all decisions, which text it was made after."""
    rows = db.execute("SELECT after_revision FROM decisions ORDER BY number")
    return tuple(place for (place,) in rows)


def undone(db: Database, decision: Decision) -> bool:
    """Whether somebody took *decision* back."""
    sql = "SELECT 1 FROM decisions WHERE action = 'undo' AND target = ?"
    return db.execute(sql, [decision.id]).fetchone() is not None


def one(db: Database, id_prefix: str) -> Decision:
    """Return the one decision whose id begins so; raises NotFoundError."""
    where = "substr(d.id, 1, length(?)) = ?"
    found = _select(db, where, [id_prefix, id_prefix]) if id_prefix else ()
    if len(found) == 1:
        return found[0]
    count = "no decision has an id" if not found else f"{len(found)} decisions have ids"
    raise NotFoundError(f"{count} that begins with {id_prefix!r}; see `watcher log`")


def _select(db: Database, where: str, values: Sequence[str]) -> tuple[Decision, ...]:
    sql = f"SELECT * FROM decisions AS d WHERE {where} ORDER BY d.number"  # noqa: S608  own words
    return tuple(_decision(row) for row in db.query(sql, list(values)))


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        action=Action(row["action"]),
        actor=row["actor"],
        at=datetime.fromisoformat(row["at"]),
        rulings=_RULINGS.validate_json(row["rulings"]),
        target=row["target"],
        organization=row["organization_key"],
        note=row["note"],
    )
