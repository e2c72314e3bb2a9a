"""One watcher a ledger, and none shut out by a dead one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from state.errors import LedgerError
from watcher.errors import AlreadyRunningError
from watcher.lock import Lock

HOLDER = """
import pathlib, signal, sys
from watcher.lock import Lock
with Lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    signal.pause()
"""


def test_a_second_watcher_is_told_who_runs(tmp_path: Path) -> None:
    with (
        Lock(tmp_path / "a.db"),
        pytest.raises(AlreadyRunningError, match=f"process {os.getpid()} is already"),
        Lock(tmp_path / "a.db"),
    ):
        pytest.fail("two hold one lock")


def test_a_lock_let_go_is_free_and_another_ledger_never_was_taken(
    tmp_path: Path,
) -> None:
    with Lock(tmp_path / "a.db"), Lock(tmp_path / "b.db"):
        pass
    with Lock(tmp_path / "a.db") as lock:
        assert lock


def test_kill_frees_the_lock(tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, ledger], stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError, match=f"process {holder.pid}"):
            Lock(ledger).__enter__()
        holder.send_signal(signal.SIGKILL)
    with Lock(ledger) as lock:
        assert lock


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="No such file"):
        Lock(tmp_path / "none" / "a.db").__enter__()
