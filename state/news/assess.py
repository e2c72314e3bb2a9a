"""What a state that knows nothing would tell of one reading, as claims. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules.model import Claim, Kind, Modality, Polarity, Reading, Tier
from state.fold.names import alike, folded, person_key
from state.fold.posts import post_key, post_of


@dataclass(frozen=True, slots=True)
class Assessment:
    """The claims that would be told, and those that a person should look at."""

    alerts: tuple[Claim, ...] = ()
    candidates: tuple[Claim, ...] = ()


def assess(reading: Reading, people: Iterable[str] = ()) -> Assessment:
    """Return the alerts and candidates of *reading*: one per event, person and post.

    *people* are watched: their leaving an organisation counts without a post.
    """
    watched = frozenset(person_key(name) for name in people)
    turns = [c for c in reading.claims if _tells(c)]
    alerts = _each_once(c for c in turns if c.tier is Tier.ALERT and c.organization)
    alerts = [c for c in alerts if _counts(c, alerts, watched)]
    doubtful = _each_once(c for c in turns if c.tier is Tier.CANDIDATE)
    candidates = [c for c in doubtful if not any(_same(c, a) for a in alerts)]
    return Assessment(tuple(alerts), tuple(candidates))


def _tells(claim: Claim) -> bool:
    real = claim.modality in {Modality.ASSERTED, Modality.PLANNED}
    affirmed = claim.polarity is Polarity.AFFIRMED and real
    turn = claim.kind in {Kind.IN, Kind.OUT}
    return affirmed and turn and bool(claim.person)


def _each_once(claims: Iterable[Claim]) -> list[Claim]:
    """Keep the surest claim of each event, in the order of the text."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-c.confidence, c.evidence.start)):
        if not any(_same(claim, other) for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda c: c.evidence.start)


def _same(one: Claim, other: Claim) -> bool:
    """Whether both tell of one event; the vaguer one may leave out the post."""
    if one.kind is not other.kind or not alike(one.person or "", other.person or ""):
        return False
    left, right = post_of(one), post_of(other)
    if left is None or right is None:
        return folded(one.organization or "") == folded(other.organization or "")
    return post_key(left) == post_key(right)


def _counts(claim: Claim, alerts: list[Claim], watched: frozenset[str]) -> bool:
    """Whether a claim without a post counts: no other names one, or they are watched.

    Without a list of people the reading's own tier decides.
    """
    if post_of(claim) is not None:
        return True
    told = any(c is not claim and post_of(c) and _same(claim, c) for c in alerts)
    return not told and (not watched or person_key(claim.person or "") in watched)
