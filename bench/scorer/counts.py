"""Counts of right and wrong, and what they are worth: P, R, F1 and their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.scorer.annotated import Annotated, Tell
from bench.scorer.matching import Fit, fit
from rules.model import Claim

_Z = 1.96  # 95 %

Pair = tuple[int, int, Fit]
"""Place of an event, place of a claim, and how they fit."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many alerts were right, how many wrong, and how many events were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        """Return the share of alerts that are right; 1 without any."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of events that were told; 1 without any."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One article's outcome: *loose* is event and person, *whole* the post too.

    *right* and *wrong* are the claims that hit an event, or nothing that may be told;
    what hits an optional event, or one told already, is neither.
    """

    loose: Counts
    whole: Counts
    right: tuple[Claim, ...]
    wrong: tuple[Claim, ...]
    missed: tuple[str, ...]


def score(doc: Annotated, claims: Sequence[Claim]) -> Scored:
    """Return how *claims*, said to be news, stand against the annotation."""
    pairs = [
        (place, index, found)
        for place, event in enumerate(doc.events)
        for index, claim in enumerate(claims)
        if (found := fit(event, claim))
    ]
    best = dict(_matched(doc, pairs))
    hits = {index: place for place, (index, _) in best.items()}
    must = [p for p, e in enumerate(doc.events) if e.tell is Tell.ALERT]
    right = tuple(claims[i] for i, p in hits.items() if p in must)
    wrong = tuple(c for i, c in enumerate(claims) if not _excused(doc, i, pairs))
    missed = [p for p in must if p not in best]
    whole = sum(best[p][1].whole for p in must if p in best)
    return Scored(
        Counts(len(right), len(wrong), len(missed)),
        Counts(whole, len(wrong) + len(right) - whole, len(must) - whole),
        right,
        wrong,
        tuple(f"{doc.events[p].kind} {doc.events[p].person}" for p in missed),
    )


def _matched(
    doc: Annotated, pairs: Sequence[Pair]
) -> Iterator[tuple[int, tuple[int, Fit]]]:
    """Yield each event's claim: events to be told first, the best fit first."""
    events, claims = set[int](), set[int]()
    ranked = sorted(pairs, key=lambda p: (_rank(doc, p[0]), p[2].weight), reverse=True)
    for place, index, found in ranked:
        if place not in events and index not in claims:
            events.add(place)
            claims.add(index)
            yield place, (index, found)


def _rank(doc: Annotated, place: int) -> int:
    order = (Tell.SILENT, Tell.OPTIONAL, Tell.ALERT)
    return order.index(doc.events[place].tell)


def _excused(doc: Annotated, index: int, pairs: Sequence[Pair]) -> bool:
    """Whether the claim fits an event that may be told."""
    return any(
        doc.events[place].tell is not Tell.SILENT
        for place, claim, _ in pairs
        if claim == index
    )


def interval(right: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson's score interval)."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = share * (1 - share) / of + square / (4 * of * of)
    half = _Z * spread**0.5 / (1 + square / of)
    return min(share, middle - half), max(share, middle + half)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
