"""What the ledger knows of each feed between polls."""

from __future__ import annotations

from sqlite_utils import Database

from state.model import FeedState, Validators
from state.store.rows import cleaned, moment_of, stamp

_SAVE = """
INSERT INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET etag = excluded.etag,
    last_modified = excluded.last_modified, next_due_at = excluded.next_due_at,
    checked_at = excluded.checked_at, body_hash = excluded.body_hash,
    failures = excluded.failures, error = excluded.error
"""


def feed_state(db: Database, url: str) -> FeedState:
    """Return what is known of the feed; a new feed has a state that knows nothing."""
    for row in db.query("SELECT * FROM feeds WHERE url = ?", [url]):
        return FeedState(
            url=url,
            validators=Validators(row["etag"], row["last_modified"]),
            next_due_at=moment_of(row["next_due_at"]),
            checked_at=moment_of(row["checked_at"]),
            body_hash=row["body_hash"],
            failures=row["failures"],
            error=row["error"],
        )
    return FeedState(url)


def save_feed_state(db: Database, state: FeedState) -> None:
    """Keep *state* in place of what was known of the feed."""
    due, checked = state.next_due_at, state.checked_at
    db.execute(
        _SAVE,
        [
            state.url,
            state.validators.etag,
            state.validators.last_modified,
            stamp(due) if due else None,
            stamp(checked) if checked else None,
            state.body_hash,
            state.failures,
            cleaned(state.error) if state.error is not None else None,
        ],
    )
