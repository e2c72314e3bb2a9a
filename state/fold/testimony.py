"""What the fold works on: a claim with its article's clock and its source. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.model import Capacity, Claim, Currency, Kind, Modality, Polarity, Tense, Tier
from state.model import Source

RENAMED = "renamed"
TEAM_ENDS = frozenset({"dissolved", "merged"})
_TURNS = frozenset({Kind.IN, Kind.OUT})
_REAL = frozenset({Modality.ASSERTED, Modality.PLANNED})


@dataclass(frozen=True, slots=True)
class Testimony:
    """One claim as the ledger holds it.

    *clock* is the article's day of publication; when nobody says, the day it was
    first seen, which is no earlier. *kept_id* is the id of the claim as it was read,
    when a person's decision made another of it.
    """

    claim: Claim
    source: Source
    url: str
    clock: date
    kept_id: str | None = None

    @property
    def id(self) -> str:
        """The id of the stored claim behind it."""
        return self.kept_id or self.claim.id

    @property
    def usable(self) -> bool:
        """Whether the fold may use it: affirmed, real or planned, not in doubt."""
        claim = self.claim
        return (
            claim.tier is not Tier.CANDIDATE
            and claim.polarity is Polarity.AFFIRMED
            and claim.modality in _REAL
            and claim.organization is not None
            and (claim.person is not None or self.of_team)
        )

    @property
    def of_team(self) -> bool:
        """Whether it is news of a team that is no more, or no more under its name."""
        claim = self.claim
        return (
            claim.kind is Kind.VACANT
            and claim.tier is Tier.ALERT
            and claim.unit is not None
            and (claim.cause in TEAM_ENDS or claim.cause == RENAMED)
        )

    @property
    def denial(self) -> bool:
        """Whether it says in earnest that somebody will not come, or not go."""
        claim = self.claim
        return (
            claim.polarity is Polarity.DENIED
            and claim.modality in _REAL
            and claim.currency is Currency.CURRENT
            and claim.kind in _TURNS
            and claim.person is not None
            and claim.organization is not None
        )

    @property
    def counts(self) -> bool:
        """Whether the fold looks at it at all."""
        return self.usable or self.denial

    @property
    def current(self) -> bool:
        """Whether its sentence reports news rather than history.

        A turn that the reader keeps as mere context stands in a text that looks back.
        """
        looks_back = self.claim.kind in _TURNS and self.claim.tier is Tier.CONTEXT
        return self.claim.currency is Currency.CURRENT and not looks_back

    @property
    def strong(self) -> bool:
        """Whether it is news that reading alone would tell."""
        return self.current and self.claim.tier is Tier.ALERT

    @property
    def planned(self) -> bool:
        """Whether it speaks of a day after its own publication."""
        claim = self.claim
        if claim.when.latest is not None and claim.when.latest <= self.clock:
            return False
        later = claim.when.earliest is not None and claim.when.earliest > self.clock
        return (
            later
            or claim.modality is Modality.PLANNED
            or claim.tense is Tense.FUTURE
            or claim.capacity is Capacity.DESIGNATE
        )
