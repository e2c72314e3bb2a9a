"""Questions that people ask the ledger: the board, who, the log, one change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlite_utils import Database

from state.errors import NotFoundError
from state.fold.holders import holders
from state.model import Change, ChangeStatus, Holder, Version
from state.store import changes, postwords, spells


def who(
    db: Database, post: str | None, on: date | None, as_known: datetime | None
) -> tuple[Holder, ...]:
    """Return who held the posts that the words of *post* fit, on a day, as known.

    Without a day it is the day of *as_known*, or the last that the ledger wrote on.
    """
    day = on or (as_known.astimezone(UTC).date() if as_known else _last_day(db))
    if post is None:
        return holders(spells.held_on(db, day, as_known), day)
    return holders(spells.of_posts(db, postwords.fitting(db, post), as_known), day)


def history(db: Database, post: str) -> tuple[Version, ...]:
    """Return all tenures of the posts that the words of *post* fit, as ever believed.

    Raises NotFoundError when no post fits.
    """
    found = spells.versions(db, postwords.fitting(db, post))
    if not found:
        raise NotFoundError(f"the ledger knows no post that fits {post!r}")
    return found


def _last_day(db: Database) -> date:
    (last,) = db.execute(
        "SELECT max(at) FROM (SELECT max(recorded_from) AS at FROM tenures "
        "UNION ALL SELECT max(recorded_at) FROM changes "
        "UNION ALL SELECT max(recorded_at) FROM revisions)"
    ).fetchone()
    return date.fromisoformat(last[:10]) if last else date.max


def log(db: Database, statuses: Iterable[ChangeStatus]) -> tuple[Change, ...]:
    """Return the changes of these statuses, oldest first."""
    values = [status.value for status in statuses]
    marks = ", ".join("?" * len(values))
    return changes.select(db, f"c.status IN ({marks})", values)


def told(db: Database) -> tuple[Change, ...]:
    """Return every change that was told, oldest first."""
    return log(db, (ChangeStatus.TOLD,))


def change(db: Database, id_prefix: str) -> Change:
    """Return the one change whose id begins so; raises NotFoundError."""
    where = "substr(c.id, 1, length(?)) = ?"
    found = changes.select(db, where, [id_prefix, id_prefix]) if id_prefix else ()
    exact = [c for c in found if c.id == id_prefix] or list(found)
    if not exact:
        raise NotFoundError(f"no change has an id that begins with {id_prefix!r}")
    if len(exact) > 1:
        raise NotFoundError(
            f"{len(exact)} changes have ids that begin with {id_prefix!r}"
        )
    return exact[0]
