"""Tenures as the ledger keeps them: versions of facts, evidence, last sight. SQL only.

A version holds facts alone. That somebody was shown in the post once more is kept
beside it (`tenure_sightings`, a row for each new day), and so is what it rests on
(`tenure_claims`): a mention in passing makes no new version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from state.model import Tenure, Version
from state.store.facts import insert, post_id
from state.store.migrations import FOREVER
from state.store.rows import Row, moment_of, stamp, tenure_of, tenure_row
from state.store.selecting import selected

_POSTED = "JOIN posts AS p ON p.id = x.post_id"
_SEEN = """
(SELECT s.last_seen FROM tenure_sightings AS s WHERE s.tenure_id = x.id
    AND (:known IS NULL OR s.recorded_at <= :known)
    ORDER BY s.recorded_at DESC LIMIT 1) AS last_seen
"""
_CLAIMS = """
(SELECT json_group_array(claim_id) FROM (SELECT c.claim_id FROM tenure_claims AS c
    WHERE c.tenure_id = x.id ORDER BY c.claim_id)) AS claim_ids
"""
_NO_CLAIMS = "'[]' AS claim_ids"
_COLUMNS = f"x.*, p.organization, p.unit, p.role_key, p.role, p.seats, {_SEEN}"
_BELIEVED = """
CASE WHEN :known IS NULL THEN x.recorded_to = '9999-12-31T23:59:59.999999+00:00'
    ELSE x.recorded_from <= :known AND :known < x.recorded_to END
"""
_ADD_CLAIM = """
INSERT OR IGNORE INTO tenure_claims VALUES (:tenure, :claim, coalesce(
    (SELECT CASE WHEN polarity = 'denied' THEN 'contradicts'
        WHEN currency = 'background' THEN 'context' ELSE 'supports' END
    FROM claims WHERE id = :claim LIMIT 1), 'supports'))
"""
_MINE = "x.post_id IN (SELECT value FROM json_each(:posts))"
_ORDER = "ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, x.position"


@dataclass(frozen=True, slots=True)
class Kept:
    """A live version as it is stored: its number, and its place within its post."""

    version: int
    position: int
    tenure: Tenure


Live = Mapping[str, Kept]


def tenures(
    db: Database, organization: str | None = None, as_known: datetime | None = None
) -> tuple[Tenure, ...]:
    """Return the tenures as known now, or as known at a moment, post by post."""
    of = "(:organization IS NULL OR p.organization_key = :organization)"
    values = {"organization": organization, "known": _known(as_known)}
    return _select(db, f"{_BELIEVED} AND {of}", values, _CLAIMS)


def of_posts(
    db: Database, posts: Iterable[int], as_known: datetime | None
) -> tuple[Tenure, ...]:
    """Return the tenures of these posts as known now, or as known at a moment."""
    values = {"posts": json.dumps(list(posts)), "known": _known(as_known)}
    return _select(db, f"{_MINE} AND {_BELIEVED}", values)


def held_on(db: Database, on: date, as_known: datetime | None) -> tuple[Tenure, ...]:
    """Return the tenures, as known, that were not surely over or to come on a day."""
    values = {"on": on.isoformat(), "known": _known(as_known)}
    maybe = (
        "(x.end_state = 'open' OR x.end_latest IS NULL OR x.end_latest > :on) "
        "AND (x.start_earliest IS NULL OR x.start_earliest <= :on)"
    )
    return _select(db, f"{_BELIEVED} AND {maybe}", values)


def planned(db: Database) -> tuple[Tenure, ...]:
    """Return the live tenures of which a start or an end is only announced."""
    live = f"x.recorded_to = '{FOREVER}'"
    plan = "(x.start_planned OR x.end_state = 'planned')"
    return _select(db, f"{live} AND {plan}", {"known": None}, _CLAIMS)


def _known(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _select(
    db: Database, where: str, values: dict[str, str | None], claims: str = _NO_CLAIMS
) -> tuple[Tenure, ...]:
    chosen = f"FROM tenures AS x {_POSTED} WHERE {where} {_ORDER}"
    sql = f"SELECT {_COLUMNS}, {claims} {chosen}"
    return tuple(tenure_of(row) for row in selected(db, sql, values))


def versions(db: Database, posts: Iterable[int]) -> tuple[Version, ...]:
    """Return all versions of these posts' tenures, spell by spell, in time."""
    first = "SELECT min(o.version) FROM tenures AS o WHERE o.id = x.id"
    rows = db.query(
        f"SELECT {_COLUMNS}, {_NO_CLAIMS} FROM tenures AS x {_POSTED} "  # noqa: S608  own names
        f"WHERE {_MINE} "
        f"ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, ({first}), "
        "x.version",
        {"known": None, "posts": json.dumps(list(posts))},
    )
    return tuple(_version(row) for row in rows)


def _version(row: Row) -> Version:
    until = row["recorded_to"] if row["recorded_to"] != FOREVER else None
    since = datetime.fromisoformat(row["recorded_from"])
    return Version(tenure_of(row), since, moment_of(until))


def live(db: Database, organization: str) -> Live:
    """Return the live versions of one organisation's tenures, by their ids."""
    rows = db.query(
        f"SELECT {_COLUMNS}, {_CLAIMS} FROM tenures AS x {_POSTED} "  # noqa: S608  own names
        f"WHERE p.organization_key = :organization AND x.recorded_to = '{FOREVER}'",
        {"organization": organization, "known": None},
    )
    return {r["id"]: Kept(r["version"], r["position"], tenure_of(r)) for r in rows}


def write(
    db: Database, stored: Live, after: Iterable[Tenure], now: datetime
) -> dict[str, Kept]:
    """Make *after* the live versions in place of the *stored* ones; return them.

    Changed ones close the old version, gone ones end.
    """
    kept: dict[str, Kept] = {}
    for position, tenure in enumerate(after):
        old = stored.get(tenure.id)
        if old is not None and old.position == position and old.tenure == tenure:
            kept[tenure.id] = old
            continue
        version = _write_version(db, old, Kept(0, position, tenure), now)
        _write_seen(db, old, tenure, now)
        _write_claims(db, tenure.id, old.tenure.claim_ids if old else (), tenure)
        kept[tenure.id] = Kept(version, position, tenure)
    for gone in stored.keys() - kept.keys():
        _close(db, stored[gone].version, now)
        _write_claims(db, gone, stored[gone].tenure.claim_ids, None)
    return kept


def _write_version(db: Database, old: Kept | None, new: Kept, now: datetime) -> int:
    if old is not None and _facts(old) == _facts(new):
        return old.version
    if old is not None:
        _close(db, old.version, now)
    row = {**tenure_row(new.tenure), "position": new.position}
    row["post_id"] = post_id(db, new.tenure.post)
    return insert(db, "tenures", {**row, "recorded_from": stamp(now)})


def _facts(kept: Kept) -> tuple[int, Row]:
    return kept.position, tenure_row(kept.tenure)


def _write_seen(db: Database, old: Kept | None, tenure: Tenure, now: datetime) -> None:
    known = old.tenure.last_seen if old is not None else None
    if tenure.last_seen == known and old is not None:
        return
    day = tenure.last_seen.isoformat() if tenure.last_seen else None
    db.execute(
        "INSERT OR REPLACE INTO tenure_sightings VALUES (?, ?, ?)",
        [tenure.id, stamp(now), day],
    )


def _write_claims(
    db: Database, tenure_id: str, old: Iterable[str], tenure: Tenure | None
) -> None:
    known, wanted = set(old), set(tenure.claim_ids) if tenure else set()
    for claim in sorted(known - wanted):
        sql = "DELETE FROM tenure_claims WHERE tenure_id = ? AND claim_id = ?"
        db.execute(sql, [tenure_id, claim])
    for claim in sorted(wanted - known):
        db.execute(_ADD_CLAIM, {"tenure": tenure_id, "claim": claim})


def _close(db: Database, version: int, now: datetime) -> None:
    """End a version's time; a clock that was set back does not end it too early."""
    db.execute(
        "UPDATE tenures SET recorded_to = max(recorded_from, ?) WHERE version = ?",
        [stamp(now), version],
    )
