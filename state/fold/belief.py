"""How sure the ledger may be, from whose word it is and how many say so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rules.model import Attribution
from state.fold.names import folded
from state.fold.testimony import Testimony
from state.model import Belief

_LADDER = (Belief.REPORTED, Belief.PROBABLE, Belief.CONFIRMED)
# A sentence of an agency is reworded by a word or two, seldom by more.
_COPY = 0.8
_BRIEF = 8
_PRIMARY = frozenset({"company", "regulator", "decision"})


def one_voice(testimony: Testimony) -> Belief:
    """Return what one testimony is worth by itself."""
    attribution = testimony.claim.attribution
    if testimony.source.kind in _PRIMARY:
        return Belief.CONFIRMED
    if attribution in {Attribution.ORGANIZATION, Attribution.PERSON}:
        return Belief.CONFIRMED
    return Belief.REPORTED if attribution is Attribution.UNNAMED else Belief.PROBABLE


def voices(testimonies: Iterable[Testimony], enough: int = 99) -> int:
    """Count independent owners, up to *enough*; who copies another's words is none."""
    heard: dict[str, list[frozenset[str]]] = {}
    for said in sorted(testimonies, key=lambda t: (t.clock, t.id)):
        owner, words = said.source.owner, _words(said.claim.evidence.quote)
        others = (w for name, known in heard.items() if name != owner for w in known)
        if not any(_copied(words, other) for other in others):
            heard.setdefault(owner, []).append(words)
        if len(heard) >= enough:
            break
    return len(heard)


@lru_cache(maxsize=1 << 14)
def _words(quote: str) -> frozenset[str]:
    return frozenset(folded(quote).split())


def _copied(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether nearly all words of the shorter stand in the longer; briefly, all."""
    fewer = min(len(one), len(other))
    if fewer < _BRIEF:
        return one == other
    return len(one & other) >= _COPY * fewer


def belief_of(testimonies: Iterable[Testimony]) -> Belief:
    """Return the best single word, one step higher when two owners say so."""
    said = tuple(testimonies)
    step = max((_LADDER.index(one_voice(t)) for t in said), default=1)
    lift = 1 if voices(said, enough=2) > 1 else 0
    return _LADDER[min(step + lift, len(_LADDER) - 1)]
