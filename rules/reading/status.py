"""The standing of a finding: meant to be so or not, when, and on whose word.

Setting is the clause of the trigger and the clauses it hangs on; words elsewhere in the
sentence do not count, but for whose word it is. Denied outweighs hypothetical, that
rumoured, that planned, that asserted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.model import Attribution, Currency, Modality, Polarity, Tense
from rules.reading.attribution import attribution
from rules.reading.currency import ahead, history, when
from rules.reading.reality import REVERSED, reality
from rules.reading.scope import Setting
from rules.when import When


@dataclass(frozen=True, slots=True)
class Status:
    """The standing of one finding, with the cue that decided it."""

    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    tense: Tense = Tense.PRESENT
    currency: Currency = Currency.CURRENT
    attribution: Attribution = Attribution.PRESS
    when: When = field(default_factory=When)
    cue: str = ""

    @property
    def real(self) -> bool:
        """Whether it is affirmed and meant to be so, now or once."""
        meant = self.modality in {Modality.ASSERTED, Modality.PLANNED}
        return meant and self.polarity is Polarity.AFFIRMED

    @property
    def told(self) -> bool:
        """Whether it is real and news."""
        return self.real and self.currency is Currency.CURRENT


def judge(scope: Setting) -> Status:
    """Return the status of the finding in *scope*."""
    polarity, modality, cue = reality(scope)
    day = when(scope, future=modality is Modality.PLANNED)
    coming = ahead(scope, day)
    if coming and modality is Modality.ASSERTED:
        modality = Modality.PLANNED
    old = "" if coming or cue == REVERSED else history(scope, day)
    return Status(
        polarity=polarity,
        modality=modality,
        tense=_tense(scope, modality),
        currency=Currency.BACKGROUND if old else Currency.CURRENT,
        attribution=attribution(scope),
        when=day,
        cue=cue or old,
    )


def _tense(scope: Setting, modality: Modality) -> Tense:
    if modality is Modality.PLANNED:
        return Tense.FUTURE
    return Tense.PAST if scope.past else Tense.PRESENT
