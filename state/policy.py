"""What is told at once, and what waits for a second voice first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from state.model import Belief

_SURE_ENOUGH = frozenset({Belief.CONFIRMED, Belief.PROBABLE, Belief.REPORTED})


@dataclass(frozen=True, slots=True)
class TellingPolicy:
    """How sure the ledger must be of a change to tell it.

    A change of another belief than those of *at_once* waits for *patience* until
    another owner says so too; after that it is left to whoever reviews candidates.
    """

    at_once: frozenset[Belief] = _SURE_ENOUGH
    patience: timedelta = timedelta(days=7)
