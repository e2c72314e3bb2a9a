"""What sort of thing a verb takes: a post, a house, a person, another, or none."""

from __future__ import annotations

from collections.abc import Sequence

from rules.language.verbs import verblike
from rules.language.words import DETERMINERS, PREPOSITIONS, words
from rules.reading.clause import Clause
from rules.reading.items import Item, Sort

JOBS = words(
    "role post job position seat office duties title helm reins chair company firm "
    "club bank team side agency group organisation organization unit board party "
    "paper school university studio charity network lab body label retailer airline "
    "carmaker automaker lender start-up startup brand giant business association "
    "federation union council institute museum orchestra theatre newspaper magazine "
    "broadcaster corporation conglomerate publisher insurer"
)
"""Words for a post or a house that is not named."""

_BODIES = words(
    "government cabinet parliament congress committee frontbench leadership running "
    "management politics duty service army force police"
)
_PARTS = words(
    "team division group unit department office branch bureau arm section desk "
    "operations activities work efforts businesses research engineering sales staff "
    "programme program project projects initiative push faculty college campaign"
)
_ADDED = words(
    "together alone unless until since although last next this two three four five "
    "six days weeks months years side fc united city inc ltd plc group half midway "
    "alongside less just first job so then again with without despite amid following"
)
_EARLY = words("early immediately now soon today yesterday tomorrow too also once")
_TIMES = words("end start close conclusion beginning expiry next once least meeting")
"""What follows "at" behind a verb of leaving: not "left at sixteen"."""

_SPANS = words("hours days weeks months years day week month year minutes")
_CLOSING = words("to , pending and or but because when while ) ( that if . ? !")
_GAP = 6
_PERSON_GAP = 4


def taken(clause: Clause, end: int) -> str:
    """Return what sort of thing the verb takes: "organization", "job", "none" ...

    "other" is a thing that nobody leads or leaves as a post: a room, a wife.
    """
    for index in range(end, len(clause.items)):
        item = clause.items[index]
        if item.sort is Sort.DATE or _passing(item):
            continue
        if item.mention:
            return "other" if _owning(clause, index) else _sort(item)
        if item.low in JOBS:
            return "job"
        if index == end and _later(clause, index):
            return "none"
        if index == end and _closes(item.low):
            return "other" if _elsewhere(clause, end) else "none"
        if _closes(item.low) or index > end + _GAP:
            return "other"
    return "none" if _nothing_left(clause, end) else "other"


def _elsewhere(clause: Clause, end: int) -> bool:
    """Whether it is from no post: "steps down from the stage", "left at six"."""
    near = clause.items[end + 1 : end + 1 + _GAP]
    if clause.lows[end] == "at":
        return not any(i.mention or i.low in _TIMES for i in near[:_PERSON_GAP])
    if clause.lows[end] not in {"from", "off"}:
        return False
    stop = next((n for n, i in enumerate(near) if _closes(i.low)), len(near))
    return not any(i.mention or i.low in JOBS | _BODIES for i in near[:stop])


def _nothing_left(clause: Clause, end: int) -> bool:
    return all(i.sort is Sort.DATE or _passing(i) for i in clause.items[end:])


def _owning(clause: Clause, index: int) -> bool:
    """Whether the name only opens a longer one: "Halden fans", "Halden a message"."""
    if clause.items[index].sort is not Sort.ORGANIZATION:
        return False
    after = clause.items[index + 1 : index + 2]
    if after and after[0].low == "'s":
        return _of_its(clause.items[index + 2 : index + 2 + _GAP])
    if not after or after[0].mention or not after[0].low[:1].isalpha():
        return False
    low = after[0].low
    if low in {"a", "an"}:
        return True
    ends = _closes(low) or _passing(after[0]) or low in JOBS | DETERMINERS
    return not ends and not low.endswith("ing") and low not in _ADDED


def _of_its(items: Sequence[Item]) -> bool:
    """Whether it is a thing of the house that is no part of it: "Halden's parade"."""
    for item in items:
        if item.mention or item.low in JOBS | _BODIES | _PARTS:
            return False
        if _closes(item.low):
            return True
    return bool(items)


def _later(clause: Clause, index: int) -> bool:
    """Whether a span of time follows: "resigns [days after]", "two weeks into"."""
    near = clause.lows[index : index + 3]
    for place, low in enumerate(near):
        if low in _SPANS:
            return clause.lows[index + place + 1 : index + place + 2] != ("of",)
    return False


def _passing(item: Item) -> bool:
    low = item.low
    return not item.mention and (low.endswith("ly") or low in _EARLY)


def _closes(low: str) -> bool:
    return low in PREPOSITIONS | _CLOSING or verblike(low)


def _sort(item: Item) -> str:
    """Return what sort of mention it is; "seat" for the presidency or the helm."""
    seat = any(o.role is not None and o.role.seat for o in item.offices)
    return "seat" if seat and item.sort is Sort.OFFICE else str(item.sort)
