"""Whether the ledger can be written to, asked before work is done for it."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from state.errors import LedgerFullError
from state.store.database import room_left, writing


class Access:
    """The way to one ledger's file, which others write to and whose disk fills up."""

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db

    def check(self, room: int = 0) -> None:
        """Raise LedgerBusyError while another program writes; nothing is written.

        Raises LedgerFullError when *room*, in bytes, is not left on the disk.
        """
        with writing(self._path, self._db):
            pass
        left = room_left(self._path)
        if left is not None and left < room:
            reason = f"the disk is full ({left} bytes are left); make room"
            raise LedgerFullError(self._path, reason)
