"""Find teams and divisions: by name, by what someone heads, and by "the team"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.document import How, OrgRef, RoleRef, Span, UnitRef
from rules.language.words import DETERMINERS, FUNCTION, SAYS, words
from rules.spans.draft import Draft
from rules.spans.led import place_led
from rules.spans.roles import table
from rules.spans.runs import opens

_NOUNS = words(
    "team division group unit department organization organisation brigade battalion "
    "regiment squadron"
)
_KEPT = words("lab desk arm bureau branch studio office business operation section")
_BODIES = words(
    "office bureau department organization organisation business section branch"
)
"""Kinds that make an organisation of its own where they have a capital."""
_PLAIN = words(
    "new old whole entire same first second third other current former big "
    "small large own best top young key important most main senior different "
    "many several management leadership executive football cricket rugby "
    "national home away winning legal founding women men youth world working "
    "independent police fire british american rival single diverse strong great "
    "expert rescue transition campaign medical government state federal armed "
    "terrorist ethnic minority age family lobby lobbying rebel advocacy "
    "pressure rights interest support peer military control task research-led "
    "dream championship olympic home-grown stellar growing elite tight-knit "
    "special two three four five six seven eight nine ten full back private "
    "public post head"
)
ANAPHORA = frozenset({"team", "unit", "division", "department", "group"})
_POINTS = frozenset({"the", "its", "their", "that", "this"})
_LONGEST = 3
_HEADS = frozenset({"head", "deputy head"})
_STOP = (
    FUNCTION | SAYS | {"state", "government", "household", "school", "list", "class"}
)


def place_units(drafts: Sequence[Draft]) -> None:
    """Mark units named in the text, then "the team" where one alone is in play."""
    last: UnitRef | None = None
    seen: set[tuple[str, str | None]] = set()
    for draft in drafts:
        _place_named(draft)
        _place_headed(draft)
        place_led(draft)
        for index in range(len(draft.tokens)):
            span = draft.span(index)
            if span and isinstance(span.ref, UnitRef) and span.first == index:
                last = span.ref
                seen.add((span.ref.name, span.ref.organization))
            elif last and len(seen) == 1 and _points(draft, index):
                found = UnitRef(last.name, last.organization, How.ANAPHOR, last.watched)
                draft.place(index, index + 2, found)


def _points(draft: Draft, index: int) -> bool:
    """Whether "the team" stands here by itself."""
    if draft.low(index) not in _POINTS or draft.low(index + 1) not in ANAPHORA:
        return False
    after = draft.low(index + 2)
    return (
        after in FUNCTION or not after[:1].isalpha() or after in SAYS or after == "'s"
    )


def _place_named(draft: Draft) -> None:
    """Mark "the data desk", "Halden's tuning team" and a watched name with its noun."""
    for index in range(1, len(draft.tokens)):
        low = draft.low(index)
        if low not in _NOUNS | _KEPT or draft.owner[index] is not None:
            continue
        before = draft.span(index - 1)
        if before and isinstance(before.ref, UnitRef) and before.last == index:
            draft.lift(before)
            draft.place(before.first, index + 1, before.ref)
        elif before is None or isinstance(before.ref, OrgRef):
            _place_noun(draft, index)


def _place_noun(draft: Draft, noun: int) -> None:
    first = _modifiers(draft, noun)
    pointed = draft.low(first - 1) in _POINTS | {"'s", "our"} or isinstance(
        draft.ref(first - 1), OrgRef
    )
    if first == noun or not (pointed or draft.capital(first)):
        return
    if opens(draft, first) and not pointed:
        return
    if draft.capital(noun) and draft.low(noun) in _BODIES and not _owner(draft, first):
        return
    kept = noun + 1 if draft.low(noun) in _KEPT else noun
    draft.place(first, noun + 1, UnitRef(draft.text(first, kept), _owner(draft, first)))


def _modifiers(draft: Draft, noun: int) -> int:
    first = noun
    while noun - first < _LONGEST and first > 0:
        low = draft.low(first - 1)
        if draft.owner[first - 1] is not None or low in _PLAIN | _STOP:
            break
        if not low[:1].isalpha() or low in DETERMINERS or low.endswith(("ed", "ly")):
            break
        first -= 1
    return first


def _owner(draft: Draft, first: int) -> str | None:
    """Return the organisation right before: "Halden's tuning team"."""
    before = first - 1 - (draft.low(first - 1) == "'s")
    ref = draft.ref(before)
    return ref.name if isinstance(ref, OrgRef) else None


def _place_headed(draft: Draft) -> None:
    """Mark what someone heads: "head of tuning", "tuning lead", "cloud chief"."""
    for span in draft.spans():
        if isinstance(span.ref, RoleRef) and span.ref.key in _HEADS:
            if draft.low(span.last) in {"of", "for"}:
                _place_after(draft, span)
            else:
                _place_before(draft, span)


def _place_after(draft: Draft, span: Span) -> None:
    first = span.last + 1 + (draft.low(span.last + 1) in _POINTS)
    last = first
    while (
        last - first < _LONGEST
        and _matter(draft, last)
        and not _acts(draft, first, last)
    ):
        last += 1
        if draft.low(last - 1) in _NOUNS | _KEPT:
            break
        listed = draft.low(last) == "and" and _matter(draft, last + 1)
        if listed and last - first < _LONGEST - 1:
            last += 1
    if last > first:
        noun = draft.low(last - 1) in _NOUNS and last - first > 1
        name = draft.text(first, last - noun)
        owner = _owner(draft, first) or _owner(draft, span.first)
        draft.place(first, last, UnitRef(name, owner))


def _acts(draft: Draft, first: int, index: int) -> bool:
    """Whether the word after a unit's first one is rather a verb ("joins")."""
    verb = draft.low(index).endswith(("s", "ed"))
    return index > first and verb and not table().fields.longest(draft.lows, index)


def _matter(draft: Draft, index: int) -> bool:
    """Whether a small noun that may be a field of work stands here."""
    low = draft.low(index)
    if index >= len(draft.tokens) or draft.owner[index] is not None:
        return False
    if not low[:1].isalpha() or low in _STOP | _PLAIN or low.startswith("ex-"):
        return False
    field = table().fields.longest(draft.lows, index) is not None
    return not draft.capital(index) or field


def _place_before(draft: Draft, span: Span) -> None:
    index = span.first - 1
    low = draft.low(index)
    if index < 0 or not _matter(draft, index) or draft.capital(index):
        return
    if low.endswith(("ed", "ly", "ing", "s")) or low in _PEOPLE or low in _PLAIN:
        return
    if draft.low(span.last)[:1].isalpha() and draft.ref(span.last) is None:
        return
    draft.place(index, index + 1, UnitRef(low, _owner(draft, index)))


_PEOPLE = words(
    "party union club company church firm city council world opposition gang "
    "rebel faction community team group protest regime bank league state "
    "country province region tribal cult militia spiritual religious political "
    "conservative liberal labour tory republican democrat democratic civil "
    "student strike coup junta government majority minority senate house "
    "cabinet crime mob mafia business industry de strong dissident great "
    "powerful civilian sack influential veteran outspoken "
    "natural born separatist nationalist clan tribe village town market golf"
)
"""What a leader leads without its being a team: "party leader", "crime boss"."""
