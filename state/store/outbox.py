"""Deliveries: written with their change in one transaction, marked after sending."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from state.model import Change, Delivery
from state.store.rows import change_of, stamp

_PENDING = """
SELECT d.channel, d.key, d.attempts, d.next_try_at, d.claimed_until, d.batch,
    coalesce(o.state, '') IN ('dead', 'skipped') AS untold, c.*,
    p.organization, p.unit, p.role_key, p.role, p.seats
FROM deliveries AS d
JOIN changes AS c ON c.id = d.change_id
JOIN posts AS p ON p.id = c.post_id
LEFT JOIN deliveries AS o ON o.change_id = c.supersedes AND o.channel = d.channel
WHERE d.state = 'pending'
ORDER BY c.number, d.channel
"""


def delivery_key(change_id: str, channel: str) -> str:
    """Return the key of one change on one channel, the same on every repeat."""
    return hashlib.sha256(f"{change_id}\x1f{channel}".encode()).hexdigest()


def add_deliveries(db: Database, change: Change, channels: Iterable[str]) -> None:
    """Keep that *change* is to go out by *channels*, at once."""
    for channel in dict.fromkeys(channels):
        db.execute(
            "INSERT INTO deliveries (change_id, channel, key, next_try_at) "
            "VALUES (?, ?, ?, ?)",
            [
                change.id,
                channel,
                delivery_key(change.id, channel),
                stamp(change.recorded_at),
            ],
        )


def channels_of(db: Database, change_id: str) -> tuple[str, ...]:
    """Return the channels that got *change_id*, or are about to."""
    rows = db.execute(
        "SELECT channel FROM deliveries WHERE change_id = ? "
        "AND state NOT IN ('dead', 'skipped') "
        "ORDER BY channel",
        [change_id],
    )
    return tuple(channel for (channel,) in rows)


def pending(db: Database, now: datetime) -> tuple[Delivery, ...]:
    """Return what is due, oldest first; a channel's later ones wait for its first.

    What somebody has claimed waits until it is marked or the claim runs out.
    """
    due: list[Delivery] = []
    waiting: set[str] = set()
    moment = stamp(now)
    for row in db.query(_PENDING):
        if row["next_try_at"] > moment or (row["claimed_until"] or "") > moment:
            waiting.add(row["channel"])
        if row["channel"] not in waiting:
            due.append(_delivery(row))
    return tuple(due)


def _delivery(row: dict[str, Any]) -> Delivery:
    change = change_of(row)
    return Delivery(
        change=change,
        channel=row["channel"],
        key=row["key"],
        attempts=row["attempts"],
        batch=row["batch"],
        untold=bool(row["untold"]),
    )


def claim(
    db: Database, keys: Sequence[str], batch: str | None, now: datetime, until: datetime
) -> bool:
    """Take deliveries for oneself *until* then: all of them, or none (False)."""
    marks = ", ".join("?" * len(keys))
    free = (
        f"key IN ({marks}) AND state = 'pending' AND coalesce(claimed_until, '') <= ?"
    )
    values = [*keys, stamp(now)]
    (count,) = db.execute(
        f"SELECT count(*) FROM deliveries WHERE {free}",  # noqa: S608  only marks
        values,
    ).fetchone()
    if count != len(keys):
        return False
    db.execute(
        f"UPDATE deliveries SET claimed_until = ?, batch = ? WHERE {free}",  # noqa: S608  only marks
        [stamp(until), batch, *values],
    )
    return True


def release(db: Database) -> None:
    """Let go of every claim: for who alone holds the ledger and has just begun.

    What was claimed may have been sent: it counts as tried.
    """
    db.execute(
        "UPDATE deliveries SET claimed_until = NULL, attempts = attempts + 1 "
        "WHERE state = 'pending' AND claimed_until IS NOT NULL"
    )


def sent_since(db: Database, channel: str, since: datetime) -> int:
    """Return how many messages went out by *channel*; a digest is one."""
    (count,) = db.execute(
        "SELECT count(DISTINCT coalesce(batch, key)) FROM deliveries "
        "WHERE channel = ? AND state = 'delivered' AND delivered_at > ?",
        [channel, stamp(since)],
    ).fetchone()
    return int(count)


def mark_delivered(db: Database, delivery: Delivery, now: datetime) -> None:
    """Keep that the channel took it."""
    db.execute(
        "UPDATE deliveries SET state = 'delivered', attempts = attempts + 1, "
        "delivered_at = ?, reason = NULL, claimed_until = NULL "
        "WHERE key = ? AND state = 'pending'",
        [stamp(now), delivery.key],
    )


def mark_skipped(db: Database, delivery: Delivery, reason: str) -> None:
    """Keep that it does not go out by this channel, and why."""
    db.execute(
        "UPDATE deliveries SET state = 'skipped', reason = ? "
        "WHERE key = ? AND state = 'pending'",
        [reason, delivery.key],
    )


def mark_failed(
    db: Database, delivery: Delivery, reason: str, retry_at: datetime | None
) -> None:
    """Keep that the channel did not take it: try again then, or never (None)."""
    state = "pending" if retry_at else "dead"
    db.execute(
        "UPDATE deliveries SET state = ?, attempts = attempts + 1, reason = ?, "
        "next_try_at = coalesce(?, next_try_at), claimed_until = NULL "
        "WHERE key = ? AND state = 'pending'",
        [state, reason, stamp(retry_at) if retry_at else None, delivery.key],
    )
