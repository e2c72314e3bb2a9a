"""One reading on its way into the ledger, and where it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from rules.model import Article, Reading
from state.model import (
    Source,
)
from state.policy import TellingPolicy
from state.store.recollection import Recollection
from state.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading on its way into the ledger."""

    reading: Reading
    feed: str
    source: Source
    now: datetime
    channels: Sequence[str] | None = ()

    @property
    def quiet(self) -> bool:
        """Whether nobody is to be told, so that what follows is only noted."""
        return self.channels is None

    @property
    def article(self) -> Article:
        """The article that was read."""
        return self.reading.article


@dataclass(frozen=True, slots=True)
class Recording:
    """Where articles are recorded: the ledger, its scope, and what it remembers."""

    db: Database
    scope: Scope
    memory: Recollection
    policy: TellingPolicy


@dataclass(frozen=True, slots=True)
class Incoming:
    """The text that has come: its revision, and whether it replaces another.

    *page* is the text before it, of a team page.
    """

    revision: int
    revised: bool
    page: int | None
