"""Proof that a word is a role and not a verb, an adjective or a part of the body."""

from __future__ import annotations

from collections.abc import Callable

from rules.document import Part
from rules.language.words import AUXILIARIES, DETERMINERS, FUNCTION, MODALS, SAYS, words
from rules.spans.draft import Draft
from rules.spans.roles import table

_HEADS = frozenset({"chief", "boss", "leader", "supremo"})
_OTHERWISE = words("league inn motors electric series")
_RAISED = frozenset({"promoted", "elevated", "up", "demoted"})
_CALLED = frozenset(
    {"as", "become", "becomes", "became", "named", "appointed", "becoming"}
)
_GENERAL = frozenset({"army", "major", "top", "retired", "the", "former", "marine"})
_NOT_GENERAL = words(
    "motors electric mills dynamics atomics assembly election elections court "
    "people people's hospital secretary manager counsel partner public practice "
    "post strike"
)
_LEADS = words(
    "tech team research product design policy safety project engineering "
    "program technical alignment co- joint former current new interim"
)
_BODY = frozenset({"his", "her", "my", "your", "their", "the", "a", "over", "in"})


def proven(draft: Draft, first: int, last: int) -> bool:
    """Whether tokens [first, last), a wording that is also common, mean a post here."""
    if last - first > 1:
        return True
    if draft.low(last) in _OTHERWISE:
        return False
    word, before, after = draft.low(first), draft.low(first - 1), draft.low(last)
    named = draft.capital(first) and draft.capital(last) and not draft.titled
    if before in MODALS and not named:
        raised = before == "to" and draft.low(first - 2) in _RAISED
        return after == "of" or raised
    if before in _CALLED:
        return not (word == "lead" and after not in {"of", "for"})
    if word.startswith("co-"):
        return after not in DETERMINERS or before in DETERMINERS
    return _by_word(draft, first, last, word)


def _by_word(draft: Draft, first: int, last: int, word: str) -> bool:
    proof = _PROOFS.get(word)
    if proof is not None:
        return proof(draft, first, last)
    return not _adjective(draft, last) or _noun(draft, first - 1)


def _head(draft: Draft, first: int, last: int) -> bool:
    before, after = draft.low(first - 1), draft.low(last)
    if after in {"of", "at"}:
        return True
    if before in _BODY or after in DETERMINERS:
        return False
    return _noun(draft, first - 1) or before in table().qualifiers


def _lead(draft: Draft, first: int, last: int) -> bool:
    before, after = draft.low(first - 1), draft.low(last)
    if after in DETERMINERS or (after in AUXILIARIES and before in FUNCTION):
        return False
    known = before in _LEADS or ("-" in before and before[:1].isalpha())
    return known or (draft.ref(first - 1) is not None and not _adjective(draft, last))


def _chief(draft: Draft, first: int, last: int) -> bool:
    before, after = draft.low(first - 1), draft.low(last)
    if after in {"among", "reason", "concern", "rival"}:
        return False
    if after == "of":
        return True
    noun = _noun(draft, first - 1) and before != "'s"
    return noun or not _adjective(draft, last)


def _deputy(draft: Draft, first: int, last: int) -> bool:
    """Whether no post follows: "her deputy, Raj Menon", not "deputy head"."""
    if draft.low(first - 1) == "to":
        return False
    if draft.low(last) in table().qualifiers:
        return False
    known = table().posts.longest(draft.lows, last)
    return known is None and table().fields.longest(draft.lows, last) is None


def _general(draft: Draft, first: int, last: int) -> bool:
    if draft.low(last) in _NOT_GENERAL or draft.low(first - 1) in {"in", "more"}:
        return False
    if draft.capital(first) and draft.capital(last):
        return True
    return draft.low(first - 1) in _GENERAL and not _adjective(draft, last)


def _title(draft: Draft, first: int, last: int) -> bool:
    named = draft.capital(first) and draft.capital(last) and not draft.titled
    return named or (not _adjective(draft, last) and draft.low(first - 1) != "by")


def _noun(draft: Draft, index: int) -> bool:
    """Whether the token is a span, a name or an ordinary noun as far as one can see."""
    if index < 0:
        return False
    low = draft.low(index)
    if draft.ref(index) is not None or low == "'s":
        return True
    return low[:1].isalpha() and low not in FUNCTION and low not in SAYS


def _adjective(draft: Draft, last: int) -> bool:
    """Whether a small ordinary word follows, which the role word only describes."""
    low = draft.low(last)
    if draft.capital(last) and not draft.titled:
        return False
    if not low[:1].isalpha() or draft.ref(last) is not None:
        return False
    verbs = low in SAYS or low.endswith(("ed", "s")) or low in FUNCTION
    return not verbs and draft.stretch.part is not Part.HEADLINE


_PROOFS: dict[str, Callable[[Draft, int, int], bool]] = {
    "head": _head,
    "lead": _lead,
    "deputy": _deputy,
    "general": _general,
    **dict.fromkeys(_HEADS, _chief),
    **dict.fromkeys(("judge", "speaker", "principal", "justice"), _title),
}
