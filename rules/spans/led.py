"""Mark the fields of work that somebody leads: "will oversee [research] at Halden"."""

from __future__ import annotations

from rules.document import DateRef, OrgRef, UnitRef
from rules.language.words import words
from rules.spans.draft import Draft
from rules.spans.roles import table

_LEADS = words(
    "lead leads leading led oversee oversees overseeing head heads heading run runs "
    "running manage manages managing"
)
_BEFORE = words("up all of its their the our his her global")
_AFTER = words("efforts effort operations activities work function functions")
_ENDS = words(", . ; : ) and as from following after across globally worldwide")
_AT = words("at for of")
_REACH = 4


def place_led(draft: Draft) -> None:
    """Mark each field that stands right behind a verb of leading."""
    for index in range(len(draft.tokens)):
        if draft.low(index) in _LEADS and draft.owner[index] is None:
            _place(draft, index + 1)


def _place(draft: Draft, index: int) -> None:
    first, owner = _beginning(draft, index)
    end = table().fields.longest(draft.lows, first)
    last = end[0] if end is not None else first
    if last == first or any(draft.owner[i] is not None for i in range(first, last)):
        return
    name = draft.text(first, last)
    last += draft.low(last) in _AFTER
    if _closes(draft, last):
        begin = index if draft.low(index) == "all" else first
        draft.place(begin, last, UnitRef(name, owner))


def _beginning(draft: Draft, index: int) -> tuple[int, str | None]:
    """Return where the field begins, behind "all of" or "Halden's", and whose it is."""
    owner = None
    for _ in range(_REACH):
        ref = draft.ref(index)
        if draft.low(index) in _BEFORE or draft.low(index) == "'s":
            index += 1
        elif isinstance(ref, OrgRef):
            span = draft.span(index)
            owner, index = ref.name, span.last if span else index + 1
        else:
            break
    return index, owner


def _closes(draft: Draft, index: int) -> bool:
    """Whether the noun phrase ends here: not in "leads research into cancer"."""
    if index >= len(draft.tokens) or draft.low(index) in _ENDS:
        return True
    if draft.low(index) in _AT:
        return isinstance(draft.ref(index + 1), OrgRef) or draft.low(index + 1) == "the"
    return isinstance(draft.ref(index), DateRef)
