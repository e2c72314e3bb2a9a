"""Articles that look back: "A year after the five days", "Ten years on"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.document import Document, Part
from rules.language.words import words
from rules.model import Currency, Tense
from rules.reading.status import Status

_COUNTS = words("a one two three four five six seven eight nine ten twenty")
_SPANS = words("year years decade decades months")
_SINCE = frozenset({"after", "since", "on", "ago", "later"})
_REPRINTED = (
    ("first", "published"),
    ("originally", "published"),
    ("first", "appeared"),
)
_LABELS = words("timeline anniversary")


def looks_back(document: Document) -> bool:
    """Return whether the headline, or else the first sentence, opens with the past."""
    for sentence in document.sentences[:2]:
        lows = [token.low for token in sentence.tokens]
        if sentence.part is Part.HEADLINE and not _LABELS.isdisjoint(lows):
            return True
        if _opens(lows[:4]):
            return True
    return False


def reprinted(document: Document) -> bool:
    """Whether it says that it appeared before: its "today" was long ago."""
    lows = tuple(t.low for s in document.sentences for t in s.tokens)
    return any(lows[i : i + 2] in _REPRINTED for i in range(len(lows)))


def _opens(lows: Sequence[str]) -> bool:
    """Tell "A year after the vote" from "A year after joining", which is about now."""
    if len(lows) < 3:  # noqa: PLR2004  a count, a span and "after"
        return False
    counted = lows[0] in _COUNTS or lows[0].isdigit()
    if not counted or lows[1] not in _SPANS or lows[2] not in _SINCE:
        return False
    return not (len(lows) > 3 and lows[3].endswith("ing"))  # noqa: PLR2004  the next


def retold(status: Status) -> Status:
    """Return *status* as an article that looks back means it: its past is history."""
    fresh = status.when.known and not status.cue
    if status.tense is not Tense.PAST or fresh:
        return status
    return replace(status, currency=Currency.BACKGROUND, cue=status.cue or "looks back")
