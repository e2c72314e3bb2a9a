"""Opening the ledger's file, and never one that is not a whole ledger.

Every error of SQLite is turned into a LedgerError with the path here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from state.errors import (
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerNewerError,
)
from state.store import migrations, views
from state.store.functions import teach

PATIENCE = 5.0
_BUSY = "another program is writing to the ledger"
_PAGES = 1 << 16  # below that, not even SQLite's shared memory file fits

# Reading every page takes a second for each gigabyte: of a larger ledger `doctor` does.
_CHECKED = 64 * 1024 * 1024


@contextmanager
def wrapped(path: Path) -> Iterator[None]:
    """Turn any error of SQLite within the block into a LedgerError naming *path*."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(path, error) from error


@contextmanager
def writing(path: Path, db: Database) -> Iterator[Database]:
    """Hold the writer's lock from the first read to the commit, or undo it all.

    Within another such block it is part of that one.
    """
    with wrapped(path):
        if db.conn.in_transaction:
            yield db
            return
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


def _translated(path: Path, error: sqlite3.Error) -> LedgerError:
    reason = str(error)
    if type(error) is sqlite3.DatabaseError:
        return LedgerDamagedError(path, f"the ledger is damaged ({reason})")
    if "locked" in reason:
        return LedgerBusyError(path, f"{_BUSY}; nothing was kept, try again")
    if full := _full(path, error):
        return LedgerFullError(
            path, f"{full}; nothing was kept, make room and try again"
        )
    return LedgerError(path, reason)


def _full(path: Path, error: sqlite3.Error) -> str:
    """Return in which way there is no room for the ledger, "" when that is not it."""
    name, left = getattr(error, "sqlite_errorname", ""), room_left(path)
    bare = name.startswith("SQLITE_IOERR") and left is not None and left < _PAGES
    if name == "SQLITE_FULL" or bare:
        return "the disk is full"
    return "the disk, or a quota, takes no more" if name == "SQLITE_IOERR_WRITE" else ""


def room_left(path: Path) -> int | None:
    """Return the bytes that this very user may still write beside *path*, if known.

    Root may use what the disk reserves.
    """
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return None
    return (disk.f_bavail if os.geteuid() else disk.f_bfree) * disk.f_frsize


def open_database(path: Path, *, create: bool, patience: float = PATIENCE) -> Database:
    """Open the ledger at *path*; make one only where nothing is and *create* says so.

    *patience* is how many seconds to wait for another writer.

    Raises LedgerDamagedError, LedgerNewerError or LedgerError; the file is never
    overwritten.
    """
    _refuse_bad_place(path, create=create)
    if not path.exists():
        with wrapped(path):
            _make(path)
    if path.stat().st_size == 0:
        raise LedgerDamagedError(path, "the ledger is empty (zero bytes)")
    with wrapped(path):
        return _open_whole(path, patience)


def _refuse_bad_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(path, "is a directory, not a ledger")
    if path.exists():
        return
    if not create:
        raise LedgerError(path, "there is no ledger here yet")
    if not path.parent.is_dir():
        raise LedgerError(path, f"the directory {path.parent} does not exist")
    if not os.access(path.parent, os.W_OK):
        raise LedgerError(path, f"the directory {path.parent} cannot be written to")


def _make(path: Path) -> None:
    """Make a whole ledger beside *path* and put it there in one step.

    So a program killed in between leaves no half ledger, and no other's is replaced.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            # One wait for the disk, at the end, does for all the steps.
            connection.execute("PRAGMA synchronous = off")
            connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
            _migrate(teach(Database(connection)))
        _sync(draft)
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError as error:
        raise LedgerError(path, f"cannot be made ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open_whole(path: Path, patience: float) -> Database:
    connection = sqlite3.connect(path, isolation_level=None, timeout=patience)
    try:
        _refuse_strangers(path, connection)
        return _prepared(connection)
    except BaseException:
        connection.close()
        raise


def _refuse_strangers(path: Path, connection: sqlite3.Connection) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != migrations.APPLICATION_ID:
        raise LedgerDamagedError(path, "this file is not a ledger")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > migrations.SCHEMA_VERSION:
        raise LedgerNewerError(
            path, f"the ledger is of a newer version ({version}) than this program"
        )
    if path.stat().st_size > _CHECKED:
        return
    (check,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if check != "ok":
        raise LedgerDamagedError(path, f"the ledger is damaged ({check})")


def _prepared(connection: sqlite3.Connection) -> Database:
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA foreign_keys = on")
    database = teach(Database(connection))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < migrations.SCHEMA_VERSION:
        _migrate(database)
    views.create(database)
    return database


def _migrate(database: Database) -> None:
    migrations.ledger.apply(database)
    views.create(database)
    database.execute(f"PRAGMA user_version = {migrations.SCHEMA_VERSION}")
