"""What the fold works on: a claim with its article's clock and its source. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.model import Capacity, Claim, Currency, Kind, Modality, Polarity, Tense, Tier
from state.model import Source


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
        real = claim.modality in {Modality.ASSERTED, Modality.PLANNED}
        return (
            claim.polarity is Polarity.AFFIRMED
            and real
            and claim.tier is not Tier.CANDIDATE
            and claim.person is not None
            and claim.organization is not None
            and claim.kind is not Kind.VACANT
        )

    @property
    def current(self) -> bool:
        """Whether its sentence reports news rather than history."""
        return self.claim.currency is Currency.CURRENT

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
