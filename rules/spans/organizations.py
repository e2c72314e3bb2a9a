"""Find organisations by shape: tails, heads, acronyms, names known beforehand."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rules.document import OrgRef
from rules.language.words import DETERMINERS, common, words
from rules.spans.directory import Directory
from rules.spans.draft import Draft
from rules.spans.names import is_given
from rules.spans.places import atlas, is_place
from rules.spans.runs import opens, trimmed
from rules.spans.shapes import HEADS, LEGAL, TAILS, acronym, known

_LISTING = words(
    "ministry department faculty school institute board college office bureau council"
)
_BODIES = words(
    "department committee commission council authority administration agency "
    "association"
)
_PEOPLES = words(
    "women men children people girls boys workers teachers farmers writers players "
    "prince princess king queen veterans"
)
_LONGEST = 8
_MAKES = words(
    "developed develops launched launches launching launch uses use used using "
    "released releases unveiled unveils built builds created creates"
)
_MADE = words("app apps chatbot model models users user bot software video videos")
"""What follows the name of a product."""


def place_shapes(
    drafts: Sequence[Draft], directory: Directory, plain: Container[str]
) -> None:
    """Mark organisations whose shape alone tells them, and record them."""
    for draft in drafts:
        _place_known_names(draft, directory)
        index = 0
        while index < len(draft.tokens):
            last = _shape_at(draft, index, plain)
            if last:
                _record(draft, index, last, directory)
            index = last or index + 1
    for draft in drafts:
        _place_acronyms(draft, directory)


def _record(draft: Draft, first: int, last: int, directory: Directory) -> None:
    name = draft.text(first, last)
    if draft.place(first, last, OrgRef(name)):
        directory.add(tuple(t.text for t in draft.tokens[first:last]), name)


def _place_known_names(draft: Draft, directory: Directory) -> None:
    texts = [token.text.replace("\u2019", "'") for token in draft.tokens]
    index = 0
    while index < len(texts):
        found = known().longest(texts, index)
        if found and _whole(draft, index, found[0]) and draft.free(index, found[0]):
            _record(draft, index, found[0], directory)
            index = found[0]
        else:
            index += 1


def _whole(draft: Draft, first: int, last: int) -> bool:
    """Whether the known name is no part of a longer one, nor of a person's."""
    given = draft.low(first - 1)
    named = last - first == 1 and draft.capital(first - 1) and first > 0
    person = named and is_given(given) and not common(given) and not draft.titled
    return not person and not _goes_on(draft, last) and not _begun(draft, first, last)


def _begun(draft: Draft, first: int, last: int) -> bool:
    """Whether a word before belongs to it: "Liberal Democratic Party"."""
    before = first - 1
    if last - first < 2 or before < 1 or draft.titled:  # noqa: PLR2004  many words
        return False
    plain = draft.low(before) in atlas().demonyms or not _open(draft, before)
    return not plain and common(draft.low(before)) and not opens(draft, before)


def _goes_on(draft: Draft, last: int) -> bool:
    """Whether a tail follows, so that the name is longer than the known one."""
    return draft.capital(last) and draft.low(last) in TAILS - LEGAL and not draft.titled


def _shape_at(draft: Draft, first: int, plain: Container[str]) -> int | None:
    """Return the end of the organisation that starts at *first*, if one does."""
    if not _open(draft, first) or draft.low(first - 1) == "-":
        return None
    if trimmed(draft, first, first + 1, plain) > first and not _headed(draft, first):
        return None
    if draft.low(first) in DETERMINERS:
        return None
    end = _headed(draft, first) or _tailed(draft, first, plain)
    if end is None or not draft.free(first, end):
        return None
    return None if is_place(draft.lows[first:end]) else end


def _open(draft: Draft, index: int) -> bool:
    return draft.capital(index) and draft.owner[index] is None


def _headed(draft: Draft, first: int) -> int | None:
    """Return the end of "University of Somewhere", "Ministry for Works and Ports"."""
    if draft.low(first) not in HEADS or draft.low(first + 1) not in {"of", "for"}:
        return None
    start = first + 2 + (draft.low(first + 2) == "the")
    last = start
    while last - first < _LONGEST and draft.capital(last):
        last += 1
        if draft.low(last) in {"and", "&", ","} and _listed(draft, last, start):
            last += 1
    return last if last > start else None


def _listed(draft: Draft, index: int, start: int) -> bool:
    """Whether "and" goes on with the same name, not with another thing."""
    headed = draft.low(start - 2) in _LISTING or draft.low(start - 3) in _LISTING
    return headed and draft.capital(index + 1) and draft.low(index) != ","


def _tailed(draft: Draft, first: int, plain: Container[str]) -> int | None:
    """Return the end of "Halden & Sons Ltd." at *first*: up to its last tail."""
    best, index = None, first + 1
    stop = first + (3 if draft.titled else _LONGEST)
    if draft.titled and (common(draft.low(first)) or draft.low(first) in plain):
        return None
    while index < min(stop, len(draft.tokens)):
        if not _open(draft, index):
            if _of_people(draft, index):
                index += 1
                continue
            if draft.low(index) not in {"&", "and"} or not _open(draft, index + 1):
                break
            if draft.low(index) == "and" and not _tail_near(draft, index + 1):
                break
            index += 1
            continue
        index += 1
        if draft.low(index - 1) in TAILS and index - first > 1:
            best = index
    return _with_place(draft, best) if best else None


def _of_people(draft: Draft, index: int) -> bool:
    """Whether "'s" stands inside a name: "Women's Soccer League"."""
    inside = draft.low(index) == "'s" and draft.low(index - 1) in _PEOPLES
    return inside and draft.capital(index + 1)


def _tail_near(draft: Draft, index: int) -> bool:
    near = draft.low(index + 1)
    return draft.capital(index + 1) and near in LEGAL | _BODIES


def _with_place(draft: Draft, last: int) -> int:
    """Take in the place of "Halden Museum of Somewhere", "Bank of the West"."""
    if draft.low(last) == "&" and draft.low(last + 1) in {"co.", "co"}:
        last += 2
    if (
        draft.low(last) == "of"
        and draft.low(last - 1) in HEADS
        and draft.capital(last + 1)
    ):
        last += 2
        while (
            draft.capital(last)
            and draft.owner[last] is None
            and draft.low(last) in TAILS
        ):
            last += 1
    return last


def _product(draft: Draft, index: int) -> bool:
    """Tell what a firm makes: "Halden's GlimBox app", "launched GlimBox"."""
    if draft.tokens[index].text.isupper() or draft.role(index + 1) is not None:
        return False
    if draft.low(index + 1) in _MADE or draft.low(index - 1) in _MAKES:
        return True
    owner = draft.ref(index - 2) if draft.low(index - 1) == "'s" else None
    return isinstance(owner, OrgRef)


def _place_acronyms(draft: Draft, directory: Directory) -> None:
    if draft.titled and all(t.text.isupper() for t in draft.tokens if t.text.isalpha()):
        return
    for index, token in enumerate(draft.tokens):
        free = draft.owner[index] is None and acronym(token.text)
        if free and not _product(draft, index):
            ends_name = draft.capital(index - 1) and not draft.titled
            if (
                ends_name
                and draft.owner[index - 1] is None
                and not opens(draft, index - 1)
            ):
                continue
            if (
                draft.capital(index + 1)
                and draft.owner[index + 1] is None
                and index + 1 < len(draft.tokens)
                and not draft.titled
            ):
                continue
            _record(draft, index, index + 1, directory)
