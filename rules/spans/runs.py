"""Runs of capitalised words: the stuff that names are made of."""

from __future__ import annotations

from collections.abc import Container, Iterator

from rules.language.words import AUXILIARIES, FUNCTION, common, words
from rules.spans.draft import Draft
from rules.spans.names import PARTICLES, is_given
from rules.spans.places import atlas, is_place

_NO_NAMES = FUNCTION - words("will may an")
_STATES = words("US UK EU UN U.S. U.K. UAE USA")
"""States in capitals: they begin and end no name of a person or a firm."""

DOING = words(
    "succeeding replacing joining leading heading taking naming leaving announcing "
    "following stepping welcoming appointing meanwhile also"
)
_COMING = words("incoming outgoing")
_OPENERS = frozenset("\"“\u2018'(:—\u2013--;?!.")

Run = tuple[int, int]
"""Tokens [first, last) of one sentence."""


def runs(draft: Draft) -> Iterator[Run]:
    """Yield maximal runs [first, last) of free capitalised words.

    Small particles inside are kept ("Ona de la Rey"); a nationality begins no name.
    """
    index = 0
    while index < len(draft.tokens):
        if not draft.capitals[index] or not _names(draft, index):
            index += 1
            continue
        last = _end(draft, index)
        first = index
        while first < last and _nationality(draft.low(first)):
            first += not _bears(draft, first, last)
            if _bears(draft, first, last):
                break
        if first < last:
            yield first, last
        index = last


def _nationality(low: str) -> bool:
    """Whether the word is a nationality, or several of them: "Canadians"."""
    many = low.removesuffix("s") if low.endswith("ns") else low
    return low in atlas().demonyms or many in atlas().demonyms


def _bears(draft: Draft, first: int, last: int) -> bool:
    """Whether a nationality is somebody's given name after all ("German Weiss")."""
    return first < last and is_given(draft.low(first))


def _names(draft: Draft, index: int) -> bool:
    if not draft.capital(index) or draft.owner[index] is not None:
        return False
    return draft.tokens[index].text not in _STATES


def _end(draft: Draft, index: int) -> int:
    last = index + 1
    while last < len(draft.tokens):
        if _names(draft, last):
            last += 1
            continue
        ahead = last
        while draft.low(ahead) in PARTICLES and ahead - last < len("abc"):
            ahead += 1
        inner = _inner(draft, ahead)
        if ahead > last and not (_names(draft, ahead) or inner):
            return last
        if ahead == last and not inner:
            return last
        last = ahead + 1
    return last


def _inner(draft: Draft, index: int) -> bool:
    """Whether a small beginning hides a name: "d'Arcy", "al-Hadid"."""
    if index >= len(draft.tokens) or draft.owner[index] is not None:
        return False
    text = draft.tokens[index].text
    small = text[:1].islower() and ("'" in text or "\u2019" in text or "-" in text)
    head, _, tail = text.replace("\u2019", "-").replace("'", "-").partition("-")
    return (
        small
        and head in {"d", "al", "el", "l", "ad", "as", "ash"}
        and tail[:1].isupper()
    )


def opens(draft: Draft, index: int) -> bool:
    """Whether the word at *index* stands where any word has a capital."""
    return index == 0 or draft.tokens[index - 1].text in _OPENERS


def trimmed(draft: Draft, first: int, last: int, plain: Container[str]) -> int:
    """Return where the run begins without ordinary words at a sentence's beginning.

    *plain* are the words that the article also writes small.
    """
    if draft.titled or not opens(draft, first):
        return first
    if first + 1 < last and draft.low(first) in _COMING:
        return first + 1
    while first < last and _ordinary(draft, first, last, plain):
        if is_place(draft.lows[first : first + 2]):
            break
        first += 1
    return first


def _ordinary(draft: Draft, index: int, last: int, plain: Container[str]) -> bool:
    low = draft.low(index)
    if low in DOING and index + 1 < last:
        return True
    if not common(low) and low not in plain:
        return False
    named = is_given(low) and index + 1 < last and low not in _NO_NAMES
    if named and low in AUXILIARIES and draft.low(len(draft.lows) - 1) == "?":
        return True
    return not (named and not common(draft.low(index + 1)))
