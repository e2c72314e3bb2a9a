"""A whole copy of the ledger while others write to it; nothing is ever replaced."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from state.errors import LedgerError


def backup(source: sqlite3.Connection, target: Path) -> None:
    """Copy the ledger to *target*, which appears whole or not at all.

    Raises LedgerError naming *target* when it is there already or cannot be written.
    """
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
        os.link(draft, target)
    except FileExistsError as error:
        raise LedgerError(target, "is there already; name another file") from error
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(target, f"cannot be written ({error})") from error
    finally:
        draft.unlink(missing_ok=True)
