"""Quoted words and who says them."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rules.document import PersonRef, Quotation
from rules.language.words import SAYS
from rules.spans.draft import Draft

_OPEN, _CLOSE = frozenset('“«"'), frozenset('”»"')
_REACH = 12


def place_quotations(drafts: Sequence[Draft]) -> None:
    """Mark quoted stretches; a quotation that runs over sentences has one speaker."""
    pending: list[tuple[Draft, int, int]] = []
    paragraph, within = -1, False
    for draft in drafts:
        if draft.stretch.paragraph != paragraph:
            _bind(pending, None)
            pending, within = [], False
            paragraph = draft.stretch.paragraph
        stretches, within = _stretches(draft, within=within)
        pending.extend((draft, *stretch) for stretch in stretches)
        speaker = _speaker(draft, stretches)
        if speaker or not within:
            _bind(pending, speaker)
            pending = []
    _bind(pending, None)


def _bind(found: list[tuple[Draft, int, int]], speaker: PersonRef | None) -> None:
    for draft, first, last in found:
        draft.quotations.append(Quotation(first, last, speaker))


def _stretches(draft: Draft, *, within: bool) -> tuple[list[tuple[int, int]], bool]:
    """Return the quoted stretches, and whether a quotation stays open at the end."""
    found: list[tuple[int, int]] = []
    first = 0
    for index, token in enumerate(draft.tokens):
        if within and token.text in _CLOSE:
            found.append((first, index))
            within = False
        elif not within and token.text in _OPEN:
            first, within = index + 1, True
    if within and first < len(draft.tokens):
        found.append((first, len(draft.tokens)))
    return [place for place in found if place[0] < place[1]], within


def _speaker(draft: Draft, quoted: Sequence[tuple[int, int]]) -> PersonRef | None:
    """Return the person beside a verb of saying outside the quoted words."""
    if not quoted:
        return None
    inside = {index for first, last in quoted for index in range(first, last)}
    for index, low in enumerate(draft.lows):
        if low in SAYS and index not in inside:
            found = _near(draft, index, inside)
            if found:
                return found
    return None


def _near(draft: Draft, verb: int, inside: Container[int]) -> PersonRef | None:
    """Return the person right before the verb, else the first one behind it."""
    before = draft.person(verb - 1)
    if before is not None or draft.low(verb - 1) in {"he", "she", "they"}:
        return before
    for index in range(verb + 1, min(verb + _REACH, len(draft.tokens))):
        if index in inside:
            break
        if draft.person(index):
            return draft.person(index)
    return None
