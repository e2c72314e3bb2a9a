"""Fields of work around a role: "finance minister", "vice president of research"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.document import RoleRef
from rules.language.words import FUNCTION, SAYS, words
from rules.spans.draft import Draft
from rules.spans.names import is_given
from rules.spans.places import atlas, is_place
from rules.spans.roles import RoleEntry, table

_LONGEST_FIELD = 4
_LONGEST_NOUN = 2
_LONGEST_MINISTRY = 6
_OF = frozenset({"of", "for"})
_ENDS = words(", . ; : ) is was has will to on in and from said") | {""}
_AND = frozenset({"and", "&"})
_OFFICIALS = frozenset({"minister", "secretary", "secretary of state"})
_EXECUTIVES = frozenset({"vice president", "vice-chancellor"})
_WORK = words(
    "services affairs operations research advancement administration development "
    "relations education engineering planning enterprise finance marketing students"
)
_TITLES = words(
    "prime first deputy chief union state cabinet former new acting interim federal "
    "general senior junior assistant associate foreign press party company vice"
)
_NO_FIELD = FUNCTION | {"state", "board", "company", "club", "team", "group", "year"}
_HOUSES = words("museum gallery library theatre opera ballet academy branch")
"""What a director directs as a whole: no field of work within it."""

HYPHEN = "-"
_FIRED = frozenset(
    {"manager", "coach", "ceo", "president", "editor", "general manager"}
)
"""What the field that `parted` found begins with."""
_HEADS = frozenset({"president", "director", "manager", "minister", "secretary"})


def parted(low: str) -> tuple[str, str]:
    """Return the post and the field of "president-finance", else the word and ""."""
    head, _, tail = low.partition(HYPHEN)
    if head not in _HEADS or not tail:
        return low, ""
    known = table().fields.longest([tail], 0) or table().posts.longest([tail], 0)
    return (head, HYPHEN + tail) if known else (low, "")


def with_hyphen(
    plain: Sequence[str], end: int, field: str, known: tuple[RoleEntry, RoleRef]
) -> tuple[int, RoleRef]:
    """Return the end and the role of "president-human resources" before *end*."""
    post, role = known
    words = [field.removeprefix(HYPHEN), *plain[end : end + _LONGEST_FIELD]]
    last = _fields_from(words, 0)
    if last is None or post.domain not in {"left", "right", "both"}:
        return end, role
    return end + last - 1, _of_field(role, " ".join(words[:last]), post)


def with_field(
    draft: Draft,
    plain: Sequence[str],
    place: tuple[int, int],
    known: tuple[RoleEntry, RoleRef],
) -> tuple[int, int, RoleRef]:
    """Return place and role with the field of work that stands around the head.

    *plain* are the sentence's compared forms without role prefixes.
    """
    (first, end), (post, role) = place, known
    if post.domain in {"right", "both"}:
        after = _field_after(draft, plain, end, post) or _ministry_after(
            draft, end, post
        )
        if after:
            return first, after[0], _of_field(role, after[1], post)
    if post.domain in {"left", "both"}:
        before = _ministry_before(draft, first, post) or _field_before(
            draft, plain, first
        )
        if before and not _misread(post, before[1]):
            return before[0], end, _of_field(role, before[1], post)
    return first, end, role


def _misread(post: RoleEntry, field: str) -> bool:
    """Whether the word is no field here: "Club directors", "fire manager Orr"."""
    if post.key == "director":
        return field in _HOUSES
    return field == "fire" and post.key in _FIRED


def _of_field(role: RoleRef, field: str, post: RoleEntry) -> RoleRef:
    field = table().same.get(field, field)
    if post.key in {"vice president", "director"}:
        key, label = f"{post.key} {field}", f"{post.label} of {field}"
    else:
        base = "secretary" if post.key == "secretary of state" else post.key
        key = label = f"{field} {base}"
    key = table().labels.get(label, table().labels.get(f"{field} {post.key}", key))
    seats = role.seats if post.key in {"vice president", "manager"} else 1
    return replace(role, label=label, key=key, seats=seats)


def _field_after(
    draft: Draft, plain: Sequence[str], end: int, post: RoleEntry
) -> tuple[int, str] | None:
    """Return the end and name of "of research" or ", sales" after a role."""
    comma = post.key == "vice president" and draft.low(end) in {",", "-"}
    if not comma and draft.low(end) not in _OF:
        return None
    start = end + 1
    if draft.low(start) == "the" and post.key != "director":
        start += 1
    found = _fields_from(plain, start)
    if found is None and not comma and post.key in {"vice president", "director"}:
        found = _any_noun(draft, start)
    if found is None or not draft.free(end, found):
        return None
    return found, " ".join(plain[start:found])


def _fields_from(plain: Sequence[str], start: int) -> int | None:
    """Return where the fields that start at *start* end ("sales and marketing")."""
    found = table().fields.longest(plain, start)
    while found and found[0] + 1 < len(plain) and plain[found[0]] in {"and", "&"}:
        more = table().fields.longest(plain, found[0] + 1)
        if more is None:
            break
        found = more
    return found[0] if found else None


def _ministry_after(draft: Draft, end: int, post: RoleEntry) -> tuple[int, str] | None:
    """Return the end and name of "of Home Affairs": any ministry, known or not."""
    if draft.low(end) not in _OF or post.key not in _OFFICIALS | _EXECUTIVES:
        return None
    start = end + 1 + (draft.low(end + 1) == "the")
    if is_place((draft.low(start),)) or draft.low(start) in atlas().demonyms:
        return None
    last = start
    while _of_ministry(draft, last, start):
        last += 1
    while last > start and draft.low(last - 1) in _AND:
        last -= 1
    if last == start or not draft.capital(start):
        last = _small_nouns(draft, start)
    if last == start or not draft.free(end, last):
        return None
    if post.key in _EXECUTIVES and draft.low(last - 1) not in _WORK:
        return None
    return last, " ".join(draft.lows[start:last])


def _small_nouns(draft: Draft, start: int) -> int:
    """Return where "public service and administration" ends."""
    last = start
    while last - start < _LONGEST_MINISTRY and (
        _is_noun(draft, last)
        or (draft.low(last) in _AND and _is_noun(draft, last + 1) and last > start)
    ):
        last += 1
    return last if draft.low(last) in _ENDS else start


def _ministry_before(
    draft: Draft, first: int, post: RoleEntry
) -> tuple[int, str] | None:
    """Return the start and name of "Home Affairs" before "Minister"."""
    if post.key not in _OFFICIALS or draft.titled or not draft.capital(first):
        return None
    start = first
    while start > 0 and _of_ministry(draft, start - 1, first) and _inside(draft, start):
        start -= 1
    while start < first and draft.low(start) in _AND:
        start += 1
    if start == first:
        return None
    return start, " ".join(draft.lows[start:first])


def _of_ministry(draft: Draft, index: int, edge: int) -> bool:
    """Whether the word at *index* may be of a ministry's name."""
    low = draft.low(index)
    if (
        index < 0
        or abs(index - edge) > _LONGEST_MINISTRY
        or not draft.free(index, index + 1)
    ):
        return False
    if low in _AND:
        listed = draft.role(index - 3) is not None
        return draft.capital(index + 1) and draft.capital(index - 1) and not listed
    place = is_place((low,)) or low in atlas().demonyms
    word = draft.capital(index) and low.isalpha() and not place
    return word and low not in _TITLES and not is_given(low)


def _inside(draft: Draft, start: int) -> bool:
    """Whether the word before is no mere opening of the sentence: "Then Minister"."""
    return start - 1 > 0 or draft.low(start - 1) not in FUNCTION


def _any_noun(draft: Draft, start: int) -> int | None:
    """Return where the one or two small nouns at *start* end ("of mental fitness")."""
    last = start
    while last - start < _LONGEST_NOUN and _is_noun(draft, last):
        last += 1
    return last if last > start and not _is_noun(draft, last) else None


def _is_noun(draft: Draft, index: int) -> bool:
    low = draft.low(index)
    small = low.isalpha() and not draft.capital(index)
    return small and low not in _NO_FIELD and low not in SAYS


def _field_before(
    draft: Draft, plain: Sequence[str], first: int
) -> tuple[int, str] | None:
    """Return the start and name of the field before a role ("finance")."""
    stop = first - 1 if draft.low(first - 1) == "'s" else first
    for start in range(max(0, stop - _LONGEST_FIELD), stop):
        if _fields_from(plain, start) == stop and draft.free(start, first):
            return start, " ".join(plain[start:stop])
    return None
