"""Find roles in a sentence: rank, field, head and what stands before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.document import Part, RoleRef
from rules.language.sentences import Stretch
from rules.language.words import common, words
from rules.model import Capacity
from rules.spans.boards import place_boards
from rules.spans.draft import Draft
from rules.spans.names import is_given
from rules.spans.role_fields import HYPHEN, parted, with_field, with_hyphen
from rules.spans.role_proof import proven
from rules.spans.roles import DISTINCT, RoleEntry, table
from rules.spans.shapes import TAILS

_PREFIXES = ("ex-", "co-", "then-", "vice-", "deputy-")
_QUOTES = frozenset("\"'\u201c\u2018")
_GIVEN = frozenset({"dean"})
_LEARNED = words("'s the its their school college university faculty law medical")
_SUFFIXES = ("-elect", "-designate", "-in-waiting")


@dataclass(frozen=True, slots=True)
class _Words:
    """Compared forms with role prefixes taken off, and the prefixes by place."""

    plain: tuple[str, ...]
    marks: dict[int, str]

    @classmethod
    def of(cls, lows: Sequence[str]) -> _Words:
        marks: dict[int, str] = {}
        plain = tuple(_stripped(low, i, marks) for i, low in enumerate(lows))
        return cls(plain, marks)


def place_roles(draft: Draft) -> None:
    """Mark every role of the sentence, with its qualifiers inside the span."""
    words = _Words.of(draft.lows)
    index = 0
    while index < len(draft.tokens):
        end = _at(draft, words, index) if draft.owner[index] is None else None
        index = end or index + 1
    place_boards(draft)
    _share(draft)


def whole(label: str) -> RoleRef | None:
    """Return the role that is all of *label*, or None."""
    draft = Draft.of(label, Stretch(Part.BODY, 0, len(label), 0))
    place_roles(draft)
    spans = draft.spans()
    if len(spans) == 1 and (spans[0].first, spans[0].last) == (0, len(draft.tokens)):
        ref = spans[0].ref
        return ref if isinstance(ref, RoleRef) else None
    return None


def _stripped(low: str, index: int, marks: dict[int, str]) -> str:
    if "-" not in low or table().posts.longest([low], 0):
        return low
    head, field = parted(low)
    if field:
        marks[index] = field
        return head
    for prefix in _PREFIXES:
        if low.startswith(prefix) and _known(low.removeprefix(prefix)):
            marks[index] = prefix[:-1]
            return low.removeprefix(prefix)
    for suffix in _SUFFIXES:
        if low.endswith(suffix):
            marks[index] = "designate"
            return low.removesuffix(suffix)
    return low


def _known(word: str) -> bool:
    rest = [word.removesuffix("s"), "executive", "president", "minister"]
    field = table().fields.longest([word], 0) is not None
    return field or table().posts.longest(rest, 0) is not None or word == "prime"


def _at(draft: Draft, words: _Words, first: int) -> int | None:
    """Mark the role whose head starts at *first*; return its end."""
    match = _match(words, first)
    if match is None or not draft.free(first, match[0]):
        return None
    end, post = match
    if end - first == 1 and (_surname(draft, first) or _is_field(words, first)):
        return None
    if _spelt(draft, first) or _given(draft, first):
        return None
    if post.verb and not proven(draft, first, end):
        return None
    role = RoleRef(post.label, post.key, seats=post.seats, seat=post.seat)
    field = words.marks.get(end - 1, "")
    if field.startswith(HYPHEN):
        end, role = with_hyphen(words.plain, end, field, (post, role))
    start, end, role = with_field(draft, words.plain, (first, end), (post, role))
    if draft.low(end) in {"designate", "elect", "emeritus"}:
        role = _qualified(role, "designate") if draft.low(end) != "emeritus" else role
        end += 1
    start, role = _with_qualifiers(draft, words, start, role)
    for index in range(first, end):
        role = _qualified(role, words.marks.get(index, ""))
    return end if draft.place(start, end, role) else None


def _given(draft: Draft, first: int) -> bool:
    """Whether the role word is a given name: "Dean Orr", not "Law Dean Orr"."""
    if not draft.capital(first) or not draft.capital(first + 1):
        return False
    before = draft.low(first - 1)
    led = draft.capital(first - 1) or before in table().qualifiers or before in _LEARNED
    return draft.low(first) in _GIVEN and not led


def _spelt(draft: Draft, first: int) -> bool:
    """Whether only the wording is meant: the word "chairman"."""
    quoted = draft.low(first - 1) in _QUOTES
    return quoted and draft.low(first - 2) in {"word", "term", "phrase", "title"}


def _surname(draft: Draft, index: int) -> bool:
    """Whether the role word is somebody's surname here: "Talia Dean"."""
    low = draft.low(index - 1)
    named = draft.capital(index) and draft.capital(index - 1) and is_given(low)
    return named and not common(low) and draft.tokens[index].text.istitle()


def _is_field(words: _Words, index: int) -> bool:
    """Whether the word only tells the field of a post: "justice minister"."""
    found = table().fields.longest(words.plain, index)
    post = table().posts.longest(words.plain, found[0]) if found else None
    return post is not None and post[1].domain in {"left", "both"}


def _match(words: _Words, first: int) -> tuple[int, RoleEntry] | None:
    found = table().posts.longest(words.plain, first)
    if words.plain[first] == "chief" and (found is None or found[0] == first + 1):
        return _chief_officer(words.plain, first) or found
    if found is None and words.marks.get(first) == "co":
        found = table().posts.longest([words.plain[first].removesuffix("s")], 0)
        return (first + 1, found[1]) if found else None
    return found


def _chief_officer(plain: Sequence[str], first: int) -> tuple[int, RoleEntry] | None:
    """Return "chief SOMETHING officer", whatever it is."""
    for index in range(first + 2, min(first + 6, len(plain))):
        if plain[index] in {"officer", "officers"}:
            words = plain[first + 1 : index]
            if not all(w.replace("-", "").isalpha() or w == "&" for w in words):
                return None
            label = f"chief {' '.join(words)} officer"
            return index + 1, RoleEntry(
                label, label, 1, leads=True, domain="", verb=False
            )
    return None


def _with_qualifiers(
    draft: Draft, words: _Words, first: int, role: RoleRef
) -> tuple[int, RoleRef]:
    start = first
    for index in _backwards(draft, words, first):
        kind = table().qualifiers.get(words.plain[index], "other")
        role = _qualified(role, kind, words.plain[index])
        start = index
    return start, role


def _backwards(draft: Draft, words: _Words, first: int) -> Iterator[int]:
    index = first - 1
    while index >= 0 and draft.owner[index] is None:
        hyphen = words.plain[index] == "-" and index > 0
        word = words.plain[index - hyphen]
        known = word in table().qualifiers or _ordinal(word)
        if not known or _part_of_name(draft, index, word):
            return
        index -= hyphen
        yield index
        index -= 1


def _ordinal(word: str) -> bool:
    """Whether it counts holders: "the 46th president"."""
    return word[:1].isdecimal() and word.endswith(("st", "nd", "rd", "th"))


def _part_of_name(draft: Draft, index: int, word: str) -> bool:
    """Whether "Group" is the end of a firm's name: "Orbis Group CEO"."""
    return word in TAILS and draft.capital(index) and draft.capital(index - 1)


def _qualified(role: RoleRef, kind: str, word: str = "") -> RoleRef:
    """Return *role* as its qualifier of this *kind* makes it."""
    match kind:
        case "former" | "then" | "ex":
            role = replace(role, former=True)
        case "incoming" | "outgoing":
            role = _marked(role, kind)
        case "designate":
            role = replace(role, incoming=True, capacity=Capacity.DESIGNATE)
        case "deputy" | "vice":
            role = _ranked(replace(role, capacity=Capacity.DEPUTY), "deputy")
        case "co":
            role = replace(role, capacity=Capacity.CO, seats=None)
        case "interim":
            role = replace(role, capacity=Capacity.INTERIM)
        case "acting":
            role = replace(role, capacity=Capacity.ACTING)
        case _:
            pass
    return _ranked(replace(role, seats=None), word) if word in DISTINCT else role


def _marked(role: RoleRef, kind: str) -> RoleRef:
    coming = kind == "incoming"
    return replace(
        role, incoming=role.incoming or coming, outgoing=role.outgoing or not coming
    )


def _ranked(role: RoleRef, rank: str) -> RoleRef:
    if role.key.startswith((rank, "vice ")):
        return role
    return replace(role, label=f"{rank} {role.label}", key=f"{rank} {role.key}")


def _share(draft: Draft) -> None:
    """Let "former chairman and chief executive" qualify both posts."""
    spans = draft.spans()
    for before, span in pairwise(spans):
        first, second = before.ref, span.ref
        if not isinstance(first, RoleRef) or not isinstance(second, RoleRef):
            continue
        if draft.lows[before.last : span.first] not in {("and",), (",",), ("&",)}:
            continue
        if draft.lows[span.first] in table().qualifiers or _own(second):
            continue
        draft.lift(span)
        draft.place(span.first, span.last, _like(second, first))


def _own(role: RoleRef) -> bool:
    """Whether the role brings a qualifier of its own."""
    told = role.former or role.incoming or role.outgoing
    return told or role.capacity is not Capacity.SUBSTANTIVE


def _like(role: RoleRef, other: RoleRef) -> RoleRef:
    shared = {Capacity.INTERIM, Capacity.ACTING, Capacity.DESIGNATE}
    capacity = other.capacity if other.capacity in shared else role.capacity
    return replace(
        role,
        capacity=capacity,
        former=other.former,
        incoming=other.incoming,
        outgoing=other.outgoing,
    )


def requalify(draft: Draft) -> None:
    """Carry "former" over an organisation: "former Halden chief executive"."""
    for span in draft.spans():
        role = span.ref
        before = draft.span(span.first - 1)
        if not isinstance(role, RoleRef) or before is None:
            continue
        if isinstance(before.ref, RoleRef) or draft.person(before.first):
            continue
        changed = _reached(draft, before.first - 1, role)
        if draft.low(before.first).startswith("ex-"):
            changed = replace(changed, former=True)
        if changed != role:
            draft.lift(span)
            draft.place(span.first, span.last, changed)


def _reached(draft: Draft, index: int, role: RoleRef) -> RoleRef:
    while index >= 0 and draft.low(index) in table().qualifiers:
        low = draft.low(index)
        kind = table().qualifiers[low]
        if kind != "deputy":
            role = _qualified(role, kind)
        index -= 1
    return role
