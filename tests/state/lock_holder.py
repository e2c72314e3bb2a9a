"""Hold a ledger's write lock until a line comes in: run in a process of its own."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing


def main(path: str) -> None:
    """Say "held" once the lock is taken, and give it up, unwritten, after a line."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()
        db.execute("ROLLBACK")


if __name__ == "__main__":
    main(sys.argv[1])
