"""Who is the latest, or the second, to do something: "is the latest boss to go"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rules.language.verbs import verblike
from rules.language.words import PREPOSITIONS, words
from rules.reading.clause import Clause

_IS = words("is are be 's 're")
_BECOMES = words("become becomes became becoming")
_RANKS = words(
    "latest last newest only next among one first second third fourth fifth sixth "
    "seventh eighth ninth tenth two three four five six several"
)
_INSIDE = words("of in among at from")
_NO_DUTIES = words(
    "leave quit resign depart exit go step stand retire lose be have win die face "
    "score receive visit address sign appear speak attend join call admit come"
)
_REACH = 9


def ranked(clause: Clause, first: int) -> int | None:
    """Return where the verb stands whose predicate "the latest to [go]" is.

    *first* is the place of "to". Of "was the first to go" nothing is news.
    """
    if clause.lows[first : first + 1] != ("to",):
        return None
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        low = clause.lows[index]
        if low in _IS | _BECOMES:
            return index if _ranks(clause.lows[index + 1 : first]) else None
        if (low in PREPOSITIONS and low not in _INSIDE) or verblike(low):
            return None
    return None


def listed(clause: Clause, first: int) -> int | None:
    """Return where the name stands of "The latest to go is [Hale]"; *first* is "to"."""
    before = clause.lows[max(0, first - _REACH) : first]
    if clause.lows[first : first + 1] != ("to",) or not _ranks(before):
        return None
    if any(verblike(low) for low in before):
        return None
    for index in range(first + 1, len(clause.lows) - 1):
        if clause.lows[index] in _IS:
            return index + 1
    return None


def anew(clause: Clause, copula: int) -> bool:
    """Whether the rank is won, or will be: "becomes the first woman to lead"."""
    before = clause.lows[max(0, copula - 2) : copula]
    return clause.lows[copula] in _BECOMES or not {"will", "'ll"}.isdisjoint(before)


def outranked(clause: Clause, end: int) -> bool:
    """Whether a post from *end* on only says who: "becomes the second chair to go"."""
    lows = clause.lows[end : end + _REACH]
    for low, after in pairwise(lows):
        if low == "to":
            return after in _NO_DUTIES
    return False


def _ranks(lows: Sequence[str]) -> bool:
    return any(low in _RANKS or low.isdigit() for low in lows)
