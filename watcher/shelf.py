"""Articles that claim nothing wait here, to be recorded many at once.

A transaction costs more than the article in it. Whatever claims something is recorded
at once, behind all that came before it, so that the ledger's order is the feed's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rules.model import Article, Reading
from state.ledger import Ledger
from state.model import Change
from watcher import intake

MOST = 50


@dataclass(frozen=True, slots=True)
class Shelved:
    """A reading that waits; *article* is what the feed gave, *told* whether to tell."""

    article: Article
    reading: Reading
    told: bool


@dataclass(slots=True)
class Shelf:
    """What waits to be recorded of one feed.

    *record* takes one reading into the ledger and returns what is told.
    """

    ledger: Ledger
    feed: str
    record: Callable[[Shelved], tuple[Change, ...]]
    _waiting: list[Shelved] = field(default_factory=list)
    _texts: set[tuple[str, str]] = field(default_factory=set)

    def holds(self, article: Article) -> bool:
        """Whether this very text waits already, under any name that it is known by."""
        return any(name in self._texts for name in self._names(article))

    def put(self, kept: Shelved) -> tuple[Change, ...]:
        """Take one more reading; return what is told, when it is recorded now."""
        self._waiting.append(kept)
        self._texts.update(self._names(kept.article))
        if kept.reading.claims or len(self._waiting) >= MOST:
            return self.clear()
        return ()

    def clear(self) -> tuple[Change, ...]:
        """Record all that waits, in one transaction; return what is told."""
        waiting, self._waiting = self._waiting, []
        self._texts.clear()
        if not waiting:
            return ()
        quiet = [kept for kept in waiting if not kept.reading.claims]
        with self.ledger.together():
            told = [change for kept in quiet for change in self.record(kept)]
        rest = (kept for kept in waiting if kept.reading.claims)
        return (*told, *(change for kept in rest for change in self.record(kept)))

    def _names(self, article: Article) -> list[tuple[str, str]]:
        names = intake.names(article, self.feed)
        return [(name, article.content) for name in names]
