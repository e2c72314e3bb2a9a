"""Claims as plain data, for JSON: as alerts, or with all that is known. Pure."""

from __future__ import annotations

from typing import Any

from rules.model import Capacity, Claim, Kind, Modality, Polarity, Reading, Watchlist
from state.news.assess import assess


def told(reading: Reading, watchlist: Watchlist) -> dict[str, Any]:
    """Return what *reading* tells an empty ledger: alerts, candidates, all claims."""
    assessment = assess(reading, tuple(person.name for person in watchlist.people))
    return {
        "alerts": [alert(claim) for claim in assessment.alerts],
        "candidates": [alert(claim) for claim in assessment.candidates],
        "claims": [everything(claim) for claim in reading.claims],
    }


def alert(claim: Claim) -> dict[str, Any]:
    """Return *claim* as the start or the end of somebody's time in a post."""
    return {
        "event": "start" if claim.kind in {Kind.IN, Kind.HOLDS} else "end",
        "person": claim.person,
        "role": claim.role,
        "org": claim.organization,
        "unit": claim.unit,
        "capacity": claim.capacity.value,
        "status": status(claim),
        "date": str(claim.when) if claim.when.known else None,
        "quote": claim.evidence.quote,
        "confidence": round(claim.confidence, 3),
        "rule": claim.votes[0] if claim.votes else None,
    }


def status(claim: Claim) -> str:
    """Return how firm the text says it is, in one word; what undoes most goes first."""
    if claim.polarity is Polarity.DENIED:
        return "denied"
    match claim.modality:
        case Modality.HYPOTHETICAL | Modality.RUMOURED | Modality.PLANNED:
            return claim.modality.value
        case Modality.ASSERTED:
            passing = claim.capacity in {Capacity.INTERIM, Capacity.ACTING}
            return "interim" if passing else "confirmed"


def everything(claim: Claim) -> dict[str, Any]:
    """Return all that is known of *claim*, as plain data."""
    return {
        "kind": claim.kind.value,
        "person": claim.person,
        "role": claim.role,
        "role_key": claim.role_key,
        "org": claim.organization,
        "unit": claim.unit,
        "capacity": claim.capacity.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "tense": claim.tense.value,
        "currency": claim.currency.value,
        "attribution": claim.attribution.value,
        "date": str(claim.when) if claim.when.known else None,
        "replaces": claim.replaces,
        "cause": claim.cause,
        "tier": claim.tier.value,
        "confidence": round(claim.confidence, 3),
        "rules": list(claim.votes),
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
    }
