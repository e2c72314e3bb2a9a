"""Find people: by honorific, given name, role, age or deed; then short forms."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from rules.document import PersonRef
from rules.language.phrases import Phrases
from rules.language.tokens import tokenize
from rules.language.words import DETERMINERS, FUNCTION, common, words
from rules.spans.descriptions import adjective, bare, standing
from rules.spans.draft import Draft
from rules.spans.names import HONORIFICS, PARTICLES, SUFFIXES, TITLES, is_given
from rules.spans.person_firms import firms
from rules.spans.person_proof import alone, proven, shaped
from rules.spans.places import atlas, is_place
from rules.spans.roster import Roster
from rules.spans.runs import opens, runs, trimmed
from rules.spans.shapes import TAILS, acronym

_MOST_WORDS = 5
_SHORTEST = 3
_HONOURS = words("frs obe cbe mbe mp msp qc kc phd md esq mla tds mep frcs freng")
"""Letters behind a name, which are none of it."""

_ROUNDS = 2
"""A second look finds those who stand in a list with people found in the first."""


def place_people(
    drafts: Sequence[Draft], roster: Roster, plain: Container[str]
) -> None:
    """Mark every person of the article; *plain* are words it also writes small."""
    for span in (span for draft in drafts for span in draft.spans()):
        if isinstance(span.ref, PersonRef):
            roster.add(span.ref.name)
    named = [(d, run) for d in drafts if not d.titled for run in runs(d)]
    clues = _Clues(plain, _echoes(drafts), standing(named), firms(named))
    titled = [draft for draft in drafts if draft.titled]
    for draft in [draft for draft in drafts if not draft.titled] * _ROUNDS:
        _place_body(draft, roster, clues)
    for draft in titled:
        _place_titled(draft, roster, plain)
    _settle(drafts, roster)
    _place_again(drafts, roster)
    for draft in drafts:
        _place_short(draft, roster, plain)


def _place_again(drafts: Sequence[Draft], roster: Roster) -> None:
    """Mark everybody found once wherever the whole name stands again."""
    names = [name for name in roster.names if " " in name]
    known = Phrases((tuple(t.text for t in tokenize(n)), n) for n in names)
    for draft in drafts:
        texts = [token.text for token in draft.tokens]
        for index in range(len(texts)):
            found = known.longest(texts, index)
            ref = roster.full(found[1]) if found else None
            if found and ref is not None:
                draft.place(index, found[0], ref)


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the whole article tells of a single name.

    *plain* are words it writes small, *echoes* words that stand alone with a capital,
    *alone* names that stand by themselves, *firms* names that firms bear.
    """

    plain: Container[str]
    echoes: Container[str]
    alone: Container[tuple[str, ...]]
    firms: Container[tuple[str, ...]]


def _place_body(draft: Draft, roster: Roster, clues: _Clues) -> None:
    for first, last in tuple(runs(draft)):
        start, end = _from_honorific(draft, first, last), last
        if draft.low(start) not in HONORIFICS | TITLES:
            start = trimmed(draft, start, last, clues.plain)
            start, end = bare(draft, start, last, clues.alone)
            start += _field(draft, start, end)
        while end - start > 2 and draft.low(end - 1) in _HONOURS:  # noqa: PLR2004  names
            end -= 1
        if draft.lows[start:end] in clues.firms:
            continue
        if start < end and _person(draft, start, end, clues.echoes):
            _place(draft, start, end, roster)


def _field(draft: Draft, first: int, last: int) -> bool:
    """Whether a post's field stands before the name: "CEO of News [Ana Prieto]"."""
    if last - first <= 2 or draft.low(first - 1) != "of":  # noqa: PLR2004  a whole name
        return False
    post = draft.role(first - 2) is not None
    return post and is_given(draft.low(first + 1)) and not is_given(draft.low(first))


def _echoes(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the words that stand alone with a capital, as surnames do later on."""
    return frozenset(
        token.low
        for draft in drafts
        for index, token in enumerate(draft.tokens)
        if draft.capital(index)
        and len(token.text) >= _SHORTEST
        and (draft.titled or not opens(draft, index))
        and (draft.titled or not draft.capital(index - 1))
        and (draft.titled or not draft.capital(index + 1))
    )


def _from_honorific(draft: Draft, first: int, last: int) -> int:
    """Return where the last honorific of the run stands ("Army Gen. Ona Reyl")."""
    for index in range(last - 2, first, -1):
        if draft.low(index) in HONORIFICS and draft.low(index - 1) not in HONORIFICS:
            return index
    return first


def _person(draft: Draft, first: int, last: int, echoes: Container[str]) -> bool:
    honoured = draft.low(first) in HONORIFICS | TITLES
    start = _past_honorifics(draft, first, last)
    words = draft.lows[start:last]
    if not words or len(words) > _MOST_WORDS or is_place(words):
        return False
    if honoured:
        return words[-1] not in TAILS | TITLES
    if len(words) == 1:
        return _one_word(draft, first, last)
    return shaped(draft, first, last) and proven(draft, first, last, echoes)


def _one_word(draft: Draft, first: int, last: int) -> bool:
    """Whether one word is somebody's surname: "manager Orr", not "coach Said"."""
    low = draft.low(first)
    if common(low) or low in TAILS or acronym(draft.tokens[first].text):
        return False
    if low in atlas().demonyms or draft.low(first - 1) in DETERMINERS:
        return False
    if draft.role(first - 1) is None:
        return alone(draft, first) and not _named_before(draft, first)
    return draft.low(last) not in {"'s", "of", "&", "-"} and low.isalpha()


def _named_before(draft: Draft, first: int) -> bool:
    """Whether the word before is of the name too, and no adjective: "Tearful Orr"."""
    described = opens(draft, first - 1) and adjective(draft.low(first - 1))
    return draft.capital(first - 1) and not described


def _past_honorifics(draft: Draft, first: int, last: int) -> int:
    while first < last and draft.low(first) in HONORIFICS:
        first += 1
    return first


def _place(draft: Draft, first: int, last: int, roster: Roster) -> None:
    name = draft.text(_past_honorifics(draft, first, last), last)
    if draft.place(first, last, PersonRef(name)) and name:
        single = last - _past_honorifics(draft, first, last) == 1
        if not (single and roster.by_surname(name)):
            roster.add(name)


def _place_titled(draft: Draft, roster: Roster, plain: Container[str]) -> None:
    """Find people where capitals say nothing: known names, given name and surname."""
    known = Phrases((tuple(t.low for t in tokenize(n)), n) for n in roster.names)
    index = 0
    while index < len(draft.tokens):
        found = known.longest(draft.lows, index)
        if found and found[0] - index > 1 and draft.free(index, found[0]):
            _place(draft, index, found[0], roster)
            index = found[0]
            continue
        last = _titled_end(draft, index, plain)
        if last:
            _place(draft, index, last, roster)
        index = last or index + 1


def _titled_end(draft: Draft, first: int, plain: Container[str]) -> int | None:
    """Return the end of "Given [M.] [de] Surname" at *first*, if it stands there."""
    low = draft.low(first)
    if draft.owner[first] is not None or not draft.capital(first):
        return None
    fits = is_given(low) and low not in FUNCTION
    if not fits and not (low in HONORIFICS or draft.role(first - 1)):
        return None
    index = first + 1
    while draft.low(index) in PARTICLES or _initial(draft, index):
        index += 1
    if not _surname_like(draft, index, plain):
        return None
    last = index + 1
    place = is_place(draft.lows[first:last])
    return None if place else last + (draft.low(last) in SUFFIXES)


def _initial(draft: Draft, index: int) -> bool:
    return draft.capital(index) and draft.low(index).endswith(".") and index > 0


def _surname_like(draft: Draft, index: int, plain: Container[str]) -> bool:
    low = draft.low(index)
    if not draft.capital(index) or draft.owner[index] is not None:
        return False
    return not (common(low) or low in plain or low in TAILS)


def _settle(drafts: Sequence[Draft], roster: Roster) -> None:
    """Give every person found the fullest name that the article has."""
    for draft in drafts:
        for span in draft.spans():
            if isinstance(span.ref, PersonRef):
                ref = _resolved(span.ref, roster)
                draft.lift(span)
                if ref is not None:
                    draft.place(span.first, span.last, ref)


def _resolved(ref: PersonRef, roster: Roster) -> PersonRef | None:
    if ref.watched:
        return ref
    if " " not in ref.name:
        return roster.by_surname(ref.name)
    particle = ref.name.partition(" ")[0].lower() in PARTICLES
    return (roster.by_surname(ref.name) if particle else None) or roster.full(ref.name)


def _place_short(draft: Draft, roster: Roster, plain: Container[str]) -> None:
    """Mark surnames, and given names, that stand alone for people known by now."""
    for first, last in _single(draft, plain):
        low = draft.low(last - 1)
        ref = roster.by_surname(draft.text(first, last))
        if ref is None and last - first == 1 and not common(low):
            ref = roster.by_given(low)
        if ref is not None and (not common(low) or not opens(draft, first)):
            draft.place(first, last, ref)


def _single(draft: Draft, plain: Container[str]) -> Iterator[tuple[int, int]]:
    for first, last in runs(draft):
        if draft.titled:
            yield from ((i, i + 1) for i in range(first, last))
            continue
        start = trimmed(draft, first, last, ())
        if start == last:
            start = first
        start, end = bare(draft, start, last, ())
        if end - start == 1 or draft.low(start) in PARTICLES | HONORIFICS:
            yield start, end
