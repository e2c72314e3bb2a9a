"""How sure the ledger may be, from whose word it is and how many say so. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rules.model import Attribution
from state.fold.names import folded
from state.fold.testimony import Testimony
from state.model import Belief

_LADDER = (Belief.REPORTED, Belief.PROBABLE, Belief.CONFIRMED)
_PRIMARY = frozenset({"company", "regulator", "decision"})


def one_voice(testimony: Testimony) -> Belief:
    """Return what one testimony is worth by itself."""
    attribution = testimony.claim.attribution
    if testimony.source.kind in _PRIMARY:
        return Belief.CONFIRMED
    if attribution in {Attribution.ORGANIZATION, Attribution.PERSON}:
        return Belief.CONFIRMED
    return Belief.REPORTED if attribution is Attribution.UNNAMED else Belief.PROBABLE


def voices(testimonies: Iterable[Testimony]) -> int:
    """Count independent owners; a sentence that others print again is one voice."""
    first: dict[str, str] = {}
    for said in sorted(testimonies, key=lambda t: (t.clock, t.id)):
        first.setdefault(folded(said.claim.evidence.quote), said.source.owner)
    return len(set(first.values()))


def belief_of(testimonies: Iterable[Testimony]) -> Belief:
    """Return the best single word, one step higher when two owners say so."""
    said = tuple(testimonies)
    step = max((_LADDER.index(one_voice(t)) for t in said), default=1)
    lift = 1 if voices(said) > 1 else 0
    return _LADDER[min(step + lift, len(_LADDER) - 1)]
