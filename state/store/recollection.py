"""What a writer remembers of the organisations that it wrote last, to be quick.

Everything here stands in the ledger as well, and is read from there whenever somebody
else may have written: it only spares reading and folding the same evidence again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from sqlite_utils import Database

from state.decision import Decision
from state.fold.fold import Known
from state.fold.mentions import Heard, shows_several
from state.fold.testimony import Testimony
from state.model import StartingTenure, Tenure
from state.store import facts
from state.store.spells import Live

_MOST = 500
_T = TypeVar("_T")
Said = tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """The tenures of one organisation, and what beside the claims they come from."""

    decisions: tuple[Decision, ...]
    baselines: tuple[StartingTenure, ...]
    tenures: tuple[Tenure, ...]
    live: Live
    posts: Known


class Recollection:
    """The organisations written last; nothing in it is older than the ledger."""

    def __init__(self) -> None:
        self._heard: OrderedDict[str, Heard] = OrderedDict()
        self._folded: OrderedDict[str, Folded] = OrderedDict()
        self._version = -1

    def clear(self) -> None:
        """Forget all: something was undone, or another has written."""
        self._heard.clear()
        self._folded.clear()

    def catch_up(self, db: Database) -> None:
        """Forget all if another connection has written; call it within the lock."""
        (version,) = db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self.clear()
        self._version = version

    def forget(self, organization: str) -> None:
        """Forget what counts of one organisation."""
        self._heard.pop(organization, None)

    def without(self, db: Database, organization: str, revision: int) -> Said:
        """Return what counts of one organisation's claims but for a new text's."""
        found = self._heard.get(organization)
        if found is None:
            found = Heard(facts.evidence(db, organization, without=revision))
        return _keep(self._heard, organization, found).counted()

    def with_(self, db: Database, organization: str, revision: int) -> Said:
        """Return what counts now that a new article has come, whose text is new."""
        new = facts.claimed(db, revision, organization)
        for testimony in new:
            together = shows_several(new, testimony)
            self._heard[organization].add(testimony, together=together)
        return self._heard[organization].counted()

    def anew(self, db: Database, organization: str) -> Said:
        """Return what counts, read from the ledger: an article's text was replaced."""
        found = Heard(facts.evidence(db, organization))
        return _keep(self._heard, organization, found).counted()

    def folded(self, organization: str) -> Folded | None:
        """Return what was last folded and written of one organisation."""
        return self._folded.get(organization)

    def keep(self, organization: str, folded: Folded) -> None:
        """Remember what was folded and written."""
        _keep(self._folded, organization, folded)


@contextmanager
def forgetting(memory: Recollection) -> Iterator[None]:
    """Forget all when the block fails: what it wrote is undone."""
    try:
        yield
    except BaseException:
        memory.clear()
        raise


def _keep(known: OrderedDict[str, _T], key: str, value: _T) -> _T:
    known[key] = value
    known.move_to_end(key)
    while len(known) > _MOST:
        known.popitem(last=False)
    return value
