"""Rows of a question as dictionaries, without the savepoint that `Database.query` sets.

That one guards against statements which write; ours only select, many times a poll.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlite_utils import Database

from state.store.rows import Row


def selected(
    db: Database, sql: str, values: Sequence[object] | Mapping[str, object] = ()
) -> Iterator[Row]:
    """Yield each row of a SELECT by the names of its columns."""
    cursor = db.conn.execute(sql, values)
    names = tuple(column[0] for column in cursor.description)
    return (dict(zip(names, row, strict=True)) for row in cursor)
