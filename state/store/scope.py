"""Whose comings and goings the ledger follows. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rules.model import Claim, Watchlist
from state.fold.names import folded, person_key


@dataclass(frozen=True, slots=True)
class Scope:
    """The watched organisations and people as keys; *everything* when none is listed.

    Claims outside are kept, as a record of what was read, and never folded.
    """

    organizations: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    everything: bool = True

    @classmethod
    def of(cls, watchlist: Watchlist) -> Scope:
        """Return the scope of a watch list."""
        listed = watchlist.organizations
        names = [n for o in listed for n in (o.name, *o.aliases)]
        people = [n for p in watchlist.people for n in (p.name, *p.aliases)]
        return cls(
            frozenset(folded(name) for name in names),
            frozenset(person_key(name) for name in people),
            watchlist.open,
        )

    def covers(self, claim: Claim) -> bool:
        """Whether the ledger follows the organisation, or the person, of *claim*."""
        return (
            self.everything
            or folded(claim.organization or "") in self.organizations
            or person_key(claim.person or "") in self.people
        )
