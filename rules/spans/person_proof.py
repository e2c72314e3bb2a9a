"""Proof that a run of capitalised words is a person, not a firm or a place."""

from __future__ import annotations

from collections.abc import Container

from rules.document import OrgRef, Token
from rules.language.words import FUNCTION, MOVED, PERSONAL, SAYS, common, words
from rules.spans.draft import Draft
from rules.spans.names import PARTICLES, SUFFIXES, is_given
from rules.spans.person_posts import in_post
from rules.spans.places import atlas, is_place
from rules.spans.shapes import HEADS, TAILS, THINGS, acronym

_AGES = range(15, 111)
_APPOINTS = words(
    "named names appointed appoints appointing hired hires hiring promoted "
    "promotes elected elects succeed succeeds succeeded succeeding replace "
    "replaces replaced replacing sacked sacks fired fires ousted ousts "
    "dismissed picked picks tapped taps chose nominated nominates named poached "
    "poaches lured lures recruited recruits unveiled unveils promotes reappointed"
)
_LED = words(
    "led headed run replaced succeeded chaired followed managed joined founded "
    "edited written coached"
)
_DOES = SAYS | PERSONAL | {"who", "whose", "himself", "herself", "currently"}
_KINDS = words(
    "student owner star teenager mother father wife husband son daughter widow "
    "friend victim driver swimmer champion fellow colleague successor "
    "predecessor veteran newcomer resident neighbour neighbor brother sister "
    "boyfriend girlfriend partner protege lawmaker independent outsider insider "
    "incumbent opponent seed"
)
_BUSY = words(
    "ran runs led leads built cited served serves comes came starts started "
    "begins began worked works spent is was had has will studied grew taught "
    "rose fell moves moved heads headed oversaw earned played coached directed "
    "wrote"
)
_MARKS = frozenset('.;:,"\u201c(!?')
_GOING = words(
    "sacked fired ousted sworn born resigning retiring stepping appointed hired leaving"
)
_GO = words("retire resign leave step stand")
_HE = frozenset({"he", "she"})
_ROLE_WITHIN = 7
_COACHES = words("coach captain succeed retire resign")
_CHOSEN = words("named appointed elected made")


def shaped(draft: Draft, first: int, last: int) -> bool:
    """Whether the words could be a name: no tail of a firm, no acronym, no "the"."""
    words = draft.tokens[first:last]
    if draft.low(first - 1) in {"the", "a", "an"} and not is_given(draft.low(first)):
        return False
    if any(token.low in TAILS - _BORNE or token.low in _NO_NAMES for token in words):
        return False
    if not (_nameable(words[0]) and _nameable(words[-1])):
        return False
    town = words[0].low in _TOWNS and words[1].low in _OF
    if town or words[-1].low in THINGS - _BORNE:
        return False
    if draft.low(last) in {"&"} or draft.low(first - 1) == "&":
        return False
    tail = [token for token in words if token.low not in SUFFIXES]
    return bool(tail) and not any(acronym(t.text) and len(t.text) > 1 for t in tail)


def _nameable(token: Token) -> bool:
    """Whether a name may have this word: no digit in it, no nationality."""
    digits = any(char.isdigit() for char in token.text)
    if token.low.rpartition("-")[2] in _JOINED:
        return False
    return not digits and (token.low not in atlas().demonyms or is_given(token.low))


_OF = frozenset({"de", "do", "da", "du", "di"})
_TOWNS = words(
    "ville rio commune mairie casa punta isla costa palacio puerto plaza chateau "
    "maison cote cap mont tour stade parc palais"
)
_JOINED = words("based born led backed owned style era raised educated winning")
_NO_NAMES = FUNCTION - PARTICLES - words("will may")
_BORNE = words(
    "church power mills court college town steel post hall park bridge day law "
    "castle lake street falls wall grand forest bill"
)
"""Tails that are surnames as well."""


def proven(
    draft: Draft, first: int, last: int, echoes: Container[str] = frozenset()
) -> bool:
    """Whether given name or company of words shows a person.

    *echoes* are the words that stand alone with a capital elsewhere in the article.
    """
    weak = sum(common(low) for low in _names(draft, first, last))
    if is_given(draft.low(first)) and not weak and not _somewhere(draft, first):
        return True
    if is_given(draft.low(first)) and weak < _all(draft, first, last):
        return draft.low(last - 1) not in HEADS
    if not weak and draft.low(last - 1) in echoes and not _somewhere(draft, last - 1):
        return True
    return _in_company(draft, first, last, weak)


def _names(draft: Draft, first: int, last: int) -> list[str]:
    lows = draft.lows[first:last]
    return [w for w in lows if w not in PARTICLES | SUFFIXES and not w.endswith(".")]


def _all(draft: Draft, first: int, last: int) -> int:
    return len(_names(draft, first, last))


def _somewhere(draft: Draft, first: int) -> bool:
    """Whether the given name is a place as well, so that it proves less ("Paris")."""
    return is_place((draft.low(first),))


def _in_company(draft: Draft, first: int, last: int, weak: int) -> bool:
    if _beside_role(draft, first, last) or _aged(draft, first, last):
        return True
    if weak < _all(draft, first, last) and in_post(draft, first, last):
        return True
    if weak:
        return False
    if is_given(draft.low(first)) or is_place((draft.low(first),)):
        return is_given(draft.low(first))
    return (
        _does(draft, last)
        or _undergoes(draft, first)
        or draft.low(first - 1) in _KINDS
        or _listed(draft, first, last)
        or _busy(draft, first, last)
    )


def _busy(draft: Draft, first: int, last: int) -> bool:
    """Whether two or three words of no other kind do what people do, or end a list.

    Firms speak, name and buy; they do not serve nine years or come from elsewhere.
    """
    if any(is_place((low,)) for low in draft.lows[first:last]):
        return False
    begins = first == 0 or draft.tokens[first - 1].text in _MARKS
    closes = draft.low(first - 1) == ":" and draft.low(last) in {"", "."}
    return closes or (begins and draft.low(last) in _BUSY)


def alone(draft: Draft, first: int) -> bool:
    """Whether one unknown word is somebody by deeds that only people do."""
    after, then = draft.low(first + 1), draft.low(first + 2)
    if after in SAYS:
        return then in {"he", "she"} or (then == "that" and draft.low(first + 3) in _HE)
    if after == ",":
        return then in {"who", "whose", "ousted", "sacked"} or _age(draft, first + 2)
    if after in {"was", "is"}:
        return then in _GOING or (then == "set" and draft.low(first + 4) in _GO)
    down = after in {"steps", "stepped", "stepping"} and then in {"down", "aside"}
    return down or after in {"resigned", "resigns", "apologised", "apologized"}


def _age(draft: Draft, index: int) -> bool:
    low = draft.low(index)
    return low.isdecimal() and int(low[:4]) in _AGES and draft.low(index + 1) == ","


def _listed(draft: Draft, first: int, last: int) -> bool:
    """Whether a person stands on the other side of "and" or a comma."""
    before = draft.low(first - 1) in {"and", ","} and draft.person(first - 2)
    after = draft.low(last) in {"and", ","} and draft.person(last + 1)
    return bool(before or after)


def _beside_role(draft: Draft, first: int, last: int) -> bool:
    before = first - 1 - (draft.low(first - 1) == ",")
    if draft.role(before) is not None or _head_of(draft, first):
        return True
    if draft.low(last) != "," or draft.low(last + 1) in {"and", "or"}:
        return False
    for index in range(last + 1, last + _ROLE_WITHIN):
        if draft.role(index) is not None:
            return True
        if draft.low(index) in {",", "", ".", ";", "and", "said", "who", "which"}:
            return False
    return False


def _head_of(draft: Draft, first: int) -> bool:
    """Tell "the headteacher of Orsett School, [Ana Prieto], has"."""
    house = draft.span(first - 2) if draft.low(first - 1) == "," else None
    if house is None or not isinstance(house.ref, OrgRef):
        return False
    of = house.first - 1 - (draft.low(house.first - 1) == "the")
    return draft.low(of) in {"of", "at"} and draft.role(of - 1) is not None


def _aged(draft: Draft, first: int, last: int) -> bool:
    if draft.low(first - 1).endswith("-year-old"):
        return True
    age = draft.low(last + 1)
    return (
        draft.low(last) in {",", "("}
        and age.isdecimal()
        and int(age[:4]) in _AGES
        and draft.low(last + 2) in {",", ")", ".", "years", "who", "-", ";"}
    )


def _does(draft: Draft, last: int) -> bool:
    if draft.low(last) in _DOES - SAYS or _elected(draft, last):
        return True
    if draft.low(last) in {"to", "will"} and draft.low(last + 1) in _COACHES:
        return True
    index = last + 1
    while draft.low(index) in {"been", "be", "also", "not", "being"}:
        index += 1
    passive = draft.low(last) in {"was", "is", "has", "will", "were", "had", "would"}
    return passive and draft.low(index) in MOVED | {
        "succeed",
        "replace",
        "resign",
        "become",
    }


def _elected(draft: Draft, last: int) -> bool:
    """Tell "Ana Prieto named director" from "Halden named director Tom Hale"."""
    post = draft.span(last + 1)
    if draft.low(last) not in _CHOSEN or post is None or draft.role(last + 1) is None:
        return False
    return draft.low(post.last) in {"", "of", "at", ".", ",", "for"}


def _undergoes(draft: Draft, first: int) -> bool:
    before = draft.low(first - 1)
    if before == "by":
        return draft.low(first - 2) in _LED
    return before in _APPOINTS
