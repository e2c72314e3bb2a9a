"""A ledger built anew from the texts and decisions of another, under today's rules.

Nothing is told: the fresh ledger has the deliveries of the old one and no others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from rules.model import Article, Reading, Watchlist
from state.decision import Action, Chair, Decision
from state.errors import LedgerError
from state.ledger import Ledger
from state.model import Change
from state.policy import TellingPolicy
from state.store import deciding, decisions, past, queries, wishes
from state.store.database import PATIENCE, open_database, wrapped, writing
from state.store.past import Act, Settled, Start, Text
from state.store.scope import Scope

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Today:
    """Today's rules: what reads an article, and what is watched."""

    read: Callable[[Article], Reading]
    watchlist: Watchlist
    policy: TellingPolicy = field(default_factory=TellingPolicy)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a replay would tell that was not told, and what it would not tell again."""

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


def replay(present: Path, fresh: Path, today: Today, tick: Tick) -> Difference:
    """Build the ledger at *present* anew at *fresh*, and return the difference.

    *present* is only read, as it stands at one instant. *fresh* must not be there
    yet. *tick* hears how many of how many texts are done.

    Raises LedgerError, naming the file.
    """
    if fresh.exists():
        raise LedgerError(fresh, "is in the way of the replay; remove it")
    with (
        closing(open_database(present, create=False)) as old,
        closing(open_database(fresh, create=True)) as new,
    ):
        # It is thrown away if the machine stops: no need to wait for the disk.
        new.execute("PRAGMA synchronous = off")
        with wrapped(present):
            old.execute("BEGIN")
            _Replay(fresh, new, today).run(old, tick)
            return _difference(old, new)


class _Replay:
    """The fresh ledger while it is being filled."""

    def __init__(self, path: Path, db: Database, today: Today) -> None:
        self.path, self.db, self.today = path, db, today
        self.scope = Scope.of(today.watchlist)
        self.ledger = Ledger(path, db)
        self.ledger.watch(today.watchlist, today.policy)

    def run(self, old: Database, tick: Tick) -> None:
        total, done = past.count(old), 0
        for act in past.acts(old):
            self._do(act)
            if isinstance(act, Text):
                done += 1
                tick(done, total)
        with writing(self.path, self.db):
            past.copy_rest(old, self.db)

    def _do(self, act: Act) -> None:
        match act:
            case Text():
                self._record(act)
            case Start():
                self.ledger.begin(act.tenures, act.at, anew=True)
            case Settled():
                self.ledger.settle(act.at)
            case Decision():
                self._decide(act)

    def _record(self, text: Text) -> None:
        self.ledger.record(
            self.today.read(text.article),
            feed=text.feed,
            source=text.source,
            now=text.at,
            channels=None if text.quiet else (),
        )

    def _decide(self, made: Decision) -> None:
        """Let a decision count as it was made, whatever the rules now read."""
        self.ledger.forget()
        with writing(self.path, self.db) as db:
            old = (
                decisions.one(db, made.target or "")
                if made.action is Action.UNDO
                else made
            )
            room = deciding.Room(db, self.scope, Chair(made.actor, made.at, made.note))
            deciding.enact(room, made, wishes.touched(db, old))


def _difference(old: Database, new: Database) -> Difference:
    before = {change.id: change for change in queries.told(old)}
    after = {change.id: change for change in queries.told(new)}
    return Difference(
        tuple(change for key, change in after.items() if key not in before),
        tuple(change for key, change in before.items() if key not in after),
    )


def take_over(present: Path, fresh: Path, *, patience: float = PATIENCE) -> None:
    """Put the ledger at *fresh* in the place of *present*, all of it or nothing.

    It is one transaction of SQLite, so whoever reads meanwhile sees the one or the
    other. *patience* is how many seconds to wait for another writer.

    Raises LedgerError when somebody writes to *present*, or wrote since the replay.
    """
    with (
        wrapped(present),
        closing(sqlite3.connect(fresh)) as source,
        closing(open_database(present, create=False, patience=patience)) as old,
    ):
        with writing(present, old):
            _refuse_newer(present, old, source)
        source.backup(old.conn)


def _refuse_newer(path: Path, old: Database, new: sqlite3.Connection) -> None:
    """Refuse when *path* has texts or decisions that the replay has not seen."""
    for table in ("revisions", "decisions"):
        sql = f"SELECT count(*) FROM {table}"  # noqa: S608  one of two words
        if old.execute(sql).fetchone() != new.execute(sql).fetchone():
            raise LedgerError(path, f"got new {table} meanwhile; replay again")
