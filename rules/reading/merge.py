"""Claims of one article that say the same become one, with the votes of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.model import Claim, Currency, Tier
from rules.when import When

_TIERS = {Tier.ALERT: 2, Tier.CANDIDATE: 1, Tier.CONTEXT: 0}
_NEWEST = (Currency.CURRENT, Currency.BACKGROUND)
_MOST_CONFIDENT = 0.99


def merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return one claim per kind, person, post and reality, in order of the text."""
    kept: list[Claim] = []
    for claim in claims:
        for index, other in enumerate(kept):
            if _same(claim, other):
                kept[index] = _one(other, claim)
                break
        else:
            kept.append(claim)
    return tuple(sorted(kept, key=lambda c: (c.evidence.start, c.kind, c.person or "")))


def _same(one: Claim, other: Claim) -> bool:
    if (
        one.kind,
        one.person,
        one.polarity,
        one.cause if one.person is None else "",
    ) != (
        other.kind,
        other.person,
        other.polarity,
        other.cause if other.person is None else "",
    ):
        return False
    if _real(one) != _real(other) or not _one_time(one, other):
        return False
    return _fits(one.organization, other.organization) and _post(one, other)


def _real(claim: Claim) -> str:
    """Return the modality, where asserted and planned are one event."""
    return "told" if claim.modality in {"asserted", "planned"} else claim.modality


def _one_time(one: Claim, other: Claim) -> bool:
    """Whether both are news, both history, or one an undated mention of the other."""
    if one.currency == other.currency:
        return True
    old = one if one.currency is Currency.BACKGROUND else other
    return not old.when.known and old.votes != ("apposition",)


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _post(one: Claim, other: Claim) -> bool:
    if one.role_key is None or other.role_key is None:
        return True
    if one.unit != other.unit and one.unit and other.unit:
        return False
    vague = "head" in {one.role_key, other.role_key} and not (one.unit or other.unit)
    return one.role_key == other.role_key or vague


def _one(first: Claim, second: Claim) -> Claim:
    """Return the surer or more specific of the two, completed by the other."""
    best, rest = sorted((first, second), key=_weight, reverse=True)
    votes = tuple(dict.fromkeys((*first.votes, *second.votes)))
    more = 1 - (1 - best.confidence) * (0.5 if best.evidence != rest.evidence else 0.8)
    narrower = best.when.narrowed(rest.when) if best.when.known else rest.when
    return replace(
        best,
        organization=best.organization or rest.organization,
        unit=best.unit or rest.unit,
        when=narrower if _dated(narrower) else best.when,
        replaces=best.replaces or rest.replaces,
        cause=_cause(best, rest),
        currency=min((first.currency, second.currency), key=_NEWEST.index),
        tier=max((first.tier, second.tier), key=_TIERS.__getitem__),
        confidence=round(min(_MOST_CONFIDENT, more), 3),
        votes=votes,
    )


def _dated(when: When) -> bool:
    return when.known


def _weight(claim: Claim) -> tuple[bool, int, bool, bool, bool, float, int]:
    """Rank the fuller claim first; of two alike the one with a date, then the body."""
    named = claim.role_key is not None and claim.role_key != "head"
    return (
        named or (claim.role_key == "head" and claim.unit is not None),
        _TIERS[claim.tier],
        claim.unit is not None,
        claim.when.known,
        claim.role_key is not None,
        claim.confidence,
        -claim.evidence.start,
    )


def _cause(best: Claim, rest: Claim) -> str | None:
    """Return the telling cause of the two: anybody who goes has "left"."""
    told = [c for c in (best.cause, rest.cause) if c and c != "left"]
    return told[0] if told else best.cause or rest.cause
