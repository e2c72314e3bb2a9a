"""One watcher a ledger: a lock that the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from state.errors import LedgerError
from watcher.errors import AlreadyRunningError


class Lock:
    """Holds `<ledger>.lock` while in use, with the holder's process id inside."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(ledger.name + ".lock")
        self._file: int | None = None

    def __enter__(self) -> Lock:
        """Take the lock; raises AlreadyRunningError, or LedgerError for its folder."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise LedgerError(self._path, error.strerror or str(error)) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = os.read(file, 20).decode("ascii", "replace").strip()
            os.close(file)
            number = int(pid) if pid.isdigit() else None
            raise AlreadyRunningError(self._path, number) from error
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go. The file stays: removing it could free a lock just taken."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
