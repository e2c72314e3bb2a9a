"""What the ledger knows of each feed between polls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from state.model import FeedState, Validators
from state.store.feednames import feed_name
from state.store.rows import cleaned, moment_of, stamp
from state.store.selecting import selected

_SAVE = """
INSERT INTO feeds (url, etag, last_modified, next_due_at, checked_at, body_hash,
    failures, error, ttl_seconds, skip_hours, skip_days, gone, changed_at,
    longest_silence, silence_told, pace_seconds, address, moved_to, moved_times)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET etag = excluded.etag,
    last_modified = excluded.last_modified, next_due_at = excluded.next_due_at,
    checked_at = excluded.checked_at, body_hash = excluded.body_hash,
    failures = excluded.failures, error = excluded.error,
    ttl_seconds = excluded.ttl_seconds, skip_hours = excluded.skip_hours,
    skip_days = excluded.skip_days, gone = excluded.gone,
    changed_at = excluded.changed_at, longest_silence = excluded.longest_silence,
    silence_told = excluded.silence_told, pace_seconds = excluded.pace_seconds,
    address = excluded.address, moved_to = excluded.moved_to,
    moved_times = excluded.moved_times
"""


def feed_state(db: Database, url: str) -> FeedState:
    """Return what is known of the feed; a new feed has a state that knows nothing."""
    for row in selected(db, "SELECT * FROM feeds WHERE url = ?", [feed_name(url)]):
        return FeedState(
            url=url,
            validators=Validators(row["etag"], row["last_modified"]),
            next_due_at=moment_of(row["next_due_at"]),
            checked_at=moment_of(row["checked_at"]),
            body_hash=row["body_hash"],
            failures=row["failures"],
            error=row["error"],
            ttl=_span(row["ttl_seconds"]),
            skip_hours=_numbers(row["skip_hours"]),
            skip_days=_numbers(row["skip_days"]),
            gone=bool(row["gone"]),
            changed_at=moment_of(row["changed_at"]),
            longest_silence=_span(row["longest_silence"]),
            silence_told=bool(row["silence_told"]),
            pace=_span(row["pace_seconds"]),
            address=row["address"],
            moved_to=row["moved_to"],
            moved_times=row["moved_times"],
        )
    return FeedState(url)


def save_feed_state(db: Database, state: FeedState) -> None:
    """Keep *state* in place of what was known of the feed."""
    db.execute(
        _SAVE,
        [
            feed_name(state.url),
            state.validators.etag,
            state.validators.last_modified,
            _stamped(state.next_due_at),
            _stamped(state.checked_at),
            state.body_hash,
            state.failures,
            cleaned(state.error) if state.error is not None else None,
            _seconds(state.ttl),
            _listed(state.skip_hours),
            _listed(state.skip_days),
            state.gone,
            _stamped(state.changed_at),
            _seconds(state.longest_silence),
            state.silence_told,
            _seconds(state.pace),
            state.address,
            state.moved_to,
            state.moved_times,
        ],
    )


def _stamped(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _span(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds else None


def _seconds(span: timedelta | None) -> float | None:
    return span.total_seconds() if span else None


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers))


def _numbers(listed: str) -> frozenset[int]:
    return frozenset(int(number) for number in listed.split(",") if number)
