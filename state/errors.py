"""What can go wrong in the ledger: one root, each error names the file."""

from __future__ import annotations

from pathlib import Path


class StateError(Exception):
    """Root of every error that `state` raises on purpose."""


class LedgerError(StateError):
    """The ledger at *path* could not be read or written; *reason* says why."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class LedgerBusyError(LedgerError):
    """Another program kept writing to the ledger; later it can be used."""


class LedgerFullError(LedgerError):
    """There is no room for what was to be written; with room, it can be."""


class LedgerDamagedError(LedgerError):
    """The file is not a whole ledger: empty, garbage, cut off or failing its check."""


class LedgerNewerError(LedgerError):
    """The file was written by a newer version of this program."""


class NotFoundError(StateError):
    """Nothing in the ledger goes by this name or id."""


class DecisionError(StateError):
    """A decision that makes no sense for what the ledger holds; the words say why."""


class SearchError(StateError):
    """A search whose words are no query in the syntax of SQLite's FTS5."""
