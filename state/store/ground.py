"""What one organisation's tenures rest on: evidence and start, as decisions rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from state.decision import Apart, Decision, Pinned, Same, Stated
from state.fold.fold import Known, fold
from state.fold.names import folded
from state.fold.rulings import against_pins, home, ruled, ruled_start
from state.fold.splits import told_apart
from state.fold.starts import last_entries
from state.fold.teams import under_one_name
from state.fold.testimony import Testimony
from state.model import StartingTenure, Tenure
from state.store import decisions, facts
from state.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Ground:
    """One organisation under its last name, and what counts of it.

    *names* are the keys of all that were merged into it, and its own.
    """

    organization: str
    names: tuple[str, ...]
    decisions: tuple[Decision, ...]
    baselines: tuple[StartingTenure, ...]

    @classmethod
    def of(cls, db: Database, organization: str) -> Ground:
        """Return the ground of the organisation that *organization* now stands for."""
        merges = decisions.standing(db, ())
        key = home(organization, merges)
        olds = (folded(one.old) for one in _mergers(merges))
        names = tuple(sorted({key, *(old for old in olds if home(old, merges) == key)}))
        rulings = tuple(_here(made, names) for made in decisions.standing(db, names))
        known = (k for name in names for k in facts.baselines(db, name))
        started = last_entries(ruled_start(known, rulings))
        return cls(key, names, rulings, started)

    def testimonies(self, db: Database, scope: Scope) -> tuple[Testimony, ...]:
        """Return what counts, read from the ledger."""
        return self.counted(self._evidence(db), scope)

    def counted(
        self, heard: Iterable[Testimony], scope: Scope
    ) -> tuple[Testimony, ...]:
        """Return what of the claims *heard* counts, as decisions rule."""
        counted = ruled(self._followed(heard, scope), self.decisions)
        return under_one_name(counted, self.baselines)

    def against_pins(
        self, db: Database, scope: Scope
    ) -> tuple[tuple[Testimony, Pinned], ...]:
        """Return what does not count because of a pin, with the pin."""
        rulings = (r for made in self.decisions for r in made.rulings)
        if not any(isinstance(ruling, Pinned) for ruling in rulings):
            return ()
        followed = self._followed(self._evidence(db), scope)
        return against_pins(followed, self.decisions)

    def _evidence(self, db: Database) -> list[Testimony]:
        return [t for name in self.names for t, _ in facts.evidence(db, name)]

    def _followed(
        self, heard: Iterable[Testimony], scope: Scope
    ) -> Iterator[Testimony]:
        """Yield what is in *scope*; a namesake of somebody watched is not."""
        rulings = (r for made in self.decisions for r in made.rulings)
        splits = [ruling for ruling in rulings if isinstance(ruling, Apart)]
        if not splits:
            return (t for t in heard if scope.covers(t.claim))
        return (t for t in heard if scope.covers(told_apart(t.claim, splits)))

    def fold(
        self,
        testimonies: Iterable[Testimony],
        scope: Scope,
        known: Known | None = None,
    ) -> tuple[Tenure, ...]:
        """Return the tenures that follow from *testimonies*; *known* spares work."""
        return fold(testimonies, self.baselines, scope.people, known)


def _here(made: Decision, names: tuple[str, ...]) -> Decision:
    """Return a decision without the facts that it states of other organisations."""
    elsewhere = [
        r
        for r in made.rulings
        if isinstance(r, Stated) and folded(r.post.organization) not in names
    ]
    if not elsewhere:
        return made
    return replace(made, rulings=tuple(r for r in made.rulings if r not in elsewhere))


def _mergers(merges: Iterable[Decision]) -> Iterable[Same]:
    rulings = (r for decision in merges for r in decision.rulings)
    return (r for r in rulings if isinstance(r, Same) and r.noun == "organization")
