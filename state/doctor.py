"""A ledger examined as a whole: what is wrong with it, one line a finding."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from state.store.checkup import findings
from state.store.database import open_database, wrapped


def examine(path: Path) -> tuple[str, ...]:
    """Return what is wrong with the ledger at *path*, as it stands at one instant.

    Others may write meanwhile.

    Raises LedgerDamagedError when it cannot be opened at all, LedgerError otherwise.
    """
    with closing(open_database(path, create=False)) as db, wrapped(path):
        db.execute("BEGIN")
        return tuple(findings(db))
