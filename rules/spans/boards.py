"""Seats on a board: "joins the board", "to its board of directors", "a director"."""

from __future__ import annotations

from dataclasses import replace

from rules.document import RoleRef
from rules.language.words import DETERMINERS, FUNCTION, words
from rules.spans.draft import Draft

MEMBER = "board member"
_JOINS = words(
    "join joins joined joining rejoin rejoins rejoined leave leaves left leaving quit "
    "quits quitting exit exits exited exiting"
)
_ONTO = words(
    "appointed appoints appoint appointing appointment named names naming elected "
    "elects elect election re-elected added adds add addition returns returned return "
    "nominated nominates nominate promoted recruited recruits brings brought picked"
)
_OFF = words(
    "resigned resigns resign resigning resignation resignations retired retires retire "
    "retirement removed removes removal ousted ousts voted steps stepped step stepping "
    "departed departs departure withdrew withdraws thrown kicked exit stands stood"
)
_SITS = words(
    "serve serves served serving sit sits sat sitting seat seats place places"
)
_BY_PREPOSITION = {
    "to": _ONTO,
    "onto": _ONTO,
    "from": _OFF,
    "off": _OFF,
    "on": _SITS,
}
_BODIES = words(
    "directors trustees governors managers management regents commissioners"
)
_KINDS = words("supervisory main executive group parent whole entire full company club")
_SIZES = ("-member", "-person", "-strong", "-seat")
_WORKPLACES = frozenset({"at", "for", "in"})
_INDEFINITE = frozenset({"a", "additional"})
_ELECTED = _ONTO | words("become becomes became as remain remains stays")
_OWNER = 5
_REACH = 9
_BREAKS = frozenset({";", ":", ".", "?", "!"})


def place_boards(draft: Draft) -> None:
    """Mark boards that somebody joins, leaves or sits on as the post of a member."""
    for index in [i for i, low in enumerate(draft.lows) if low == "board"]:
        if draft.owner[index] is None:
            last = _end(draft, index)
            if _closes(draft, last) and _governed(draft, index):
                _seat(draft, index, last)
    _settle_directors(draft)


def _seat(draft: Draft, first: int, last: int) -> None:
    for index in range(first, last):
        span = draft.span(index)
        if span is not None:
            draft.lift(span)
    draft.place(first, last, RoleRef(MEMBER, MEMBER, seats=None))


def _end(draft: Draft, board: int) -> int:
    of = draft.low(board + 1) == "of" and draft.low(board + 2) in _BODIES
    return board + 3 if of else board + 1


def _closes(draft: Draft, last: int) -> bool:
    """Whether no longer noun has the board in it ("board meeting")."""
    low = draft.low(last)
    if low == "'s" or (draft.capital(last - 1) and not draft.titled):
        return False
    return not low[:1].isalpha() or low in FUNCTION or draft.owner[last] is not None


def _governed(draft: Draft, board: int) -> bool:
    """Whether a verb or a preposition of membership stands over the board."""
    governor = _governor(draft, board)
    if governor is None:
        return False
    low = draft.low(governor)
    if low in _JOINS:
        return True
    verbs = _BY_PREPOSITION[low]
    for index in range(governor - 1, max(-1, governor - 1 - _REACH), -1):
        if draft.low(index) in verbs:
            return True
        if draft.low(index) in _BREAKS:
            return False
    return False


def _governor(draft: Draft, board: int) -> int | None:
    """Return the verb or preposition before "the board", "Halden's main board"."""
    for index in range(board - 1, max(-1, board - 1 - _OWNER), -1):
        low = draft.low(index)
        if low in _JOINS or low in _BY_PREPOSITION:
            bare = index == board - 1 and low == "on"
            return None if bare else index
        if not _owns(draft, index):
            return None
    return None


def _owns(draft: Draft, index: int) -> bool:
    """Whether the word may stand between "joins" and "board"."""
    low = draft.low(index)
    if low in DETERMINERS | _KINDS or low in {"'s", "-"} or draft.capital(index):
        return True
    return low.endswith(_SIZES) or draft.low(index + 1) == "'s"


def _settle_directors(draft: Draft) -> None:
    """Take "elected a director", "two directors quit" for members of the board."""
    for span in draft.spans():
        role = span.ref
        if not isinstance(role, RoleRef) or role.key != "director":
            continue
        if _one_of_many(draft, span.first, span.last):
            draft.lift(span)
            seat = replace(role, key=MEMBER, seats=None)
            draft.place(span.first, span.last, seat)


def _one_of_many(draft: Draft, first: int, last: int) -> bool:
    """Whether "director" means one of a board, not the one who directs."""
    before, after = draft.low(first - 1), draft.low(last)
    if after in _WORKPLACES:
        return False
    if before in {"elected", "re-elected"}:
        return True
    many = draft.low(last - 1) == "directors"
    if before not in _INDEFINITE and not many:
        return False
    if after == "of" and draft.capital(last + 1) and not many:
        return True
    return not _ELECTED.isdisjoint(draft.lows[max(0, first - _REACH) : first - 1])
