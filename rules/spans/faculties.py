"""Colleges, schools and departments of the university or ministry in focus: units."""

from __future__ import annotations

from collections.abc import Iterable

from rules.document import OrgRef, UnitRef
from rules.language.words import words
from rules.spans.draft import Draft

_HOUSES = words("university college institute school academy ministry agency council")
_PARTS = words(
    "college school faculty department division office bureau centre center institute"
)


def place_faculties(drafts: Iterable[Draft], focus: OrgRef | None) -> None:
    """Mark "College of Arts" as a unit of the watched university in focus."""
    if focus is None or not focus.watched or not _house(focus.name):
        return
    for draft in drafts:
        for span in draft.spans():
            ref = span.ref
            if isinstance(ref, OrgRef) and not ref.watched and _part(ref.name):
                draft.lift(span)
                draft.place(span.first, span.last, UnitRef(ref.name, focus.name))


def _house(name: str) -> bool:
    lows = name.lower().split()
    return bool(_HOUSES & {lows[0], lows[-1]}) or lows[-1] in {"state", "tech"}


def _part(name: str) -> bool:
    first, _, rest = name.lower().partition(" ")
    return (first in _PARTS and rest.startswith("of ")) or (
        " " in name and name.lower().rsplit(" ", 1)[1] in {"college", "school"}
    )
