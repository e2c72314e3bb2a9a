"""Whether the ledger can be written to, asked before work is done for it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlite_utils import Database

from state.errors import LedgerError
from state.store.database import writing


class Access:
    """The way to one ledger's file, which others write to and whose disk fills up."""

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db

    def check(self, room: int = 0) -> None:
        """Raise LedgerBusyError while another program writes; nothing is written.

        Raises LedgerError when *room*, in bytes, is not left on the disk.
        """
        with writing(self._path, self._db):
            pass
        left = _left(self._path.parent) if room else 0
        if left < room:
            reason = f"the disk is full ({left} bytes are left); make room"
            raise LedgerError(self._path, reason)


def _left(folder: Path) -> int:
    """Return the bytes that this very user may still write; root may use them all."""
    disk = os.statvfs(folder)
    blocks = disk.f_bavail if os.geteuid() else disk.f_bfree
    return blocks * disk.f_frsize
