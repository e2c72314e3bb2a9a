"""Which organisation an article is about, and what "the company" then means."""

from __future__ import annotations

from collections.abc import Sequence

from rules.document import How, OrgRef, Part, RoleRef
from rules.language.words import FUNCTION, SAYS, words
from rules.spans.draft import Draft
from rules.spans.topics import rival

_NOUNS = words(
    "company firm bank club agency university lab laboratory start-up startup "
    "school newspaper magazine broadcaster airline retailer carmaker automaker "
    "brewer studio network museum orchestra council ministry league federation "
    "organisation organization institution institute hospital college charity "
    "foundation publisher chipmaker drugmaker insurer lender brewery watchdog "
    "regulator association society corporation conglomerate manufacturer maker "
    "bookseller grocer supermarket theatre opera zoo library choir concern "
    "group party union bureau department paper daily weekly station channel chain "
    "lender academy authority trust airport railway carrier operator outlet charity"
)
_POINTS = frozenset({"the", "this", "our"})
_WEAK = frozenset(
    {"group", "party", "union", "bureau", "department", "council", "concern"}
)
_LEAGUES = frozenset({"league"})
_MODIFIERS = 3


def focus_of(drafts: Sequence[Draft]) -> OrgRef | None:
    """Return the organisation that the article is about, when exactly one fits."""
    watched = _mentioned(drafts, watched=True)
    if len(watched) == 1:
        return None if _in_passing(drafts) else watched[0]
    return _first(drafts, watched=bool(watched))


def _in_passing(drafts: Sequence[Draft]) -> bool:
    """Whether the headline names others, and no opening sentence what is watched."""
    head = [d for d in drafts if d.stretch.part is Part.HEADLINE]
    opening = [d for d in drafts if d.stretch.part is not Part.BODY]
    return bool(_mentioned(head, watched=False)) and not _mentioned(
        opening, watched=True
    )


def _first(drafts: Sequence[Draft], *, watched: bool) -> OrgRef | None:
    """Return the only one of the headline, of the lead, of both, or of the article."""
    head = [d for d in drafts if d.stretch.part is Part.HEADLINE]
    lead = [d for d in drafts if d.stretch.part is Part.LEAD]
    for some in (head, lead, drafts):
        found = _mentioned(some, watched=watched)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _mentioned(drafts: Sequence[Draft], *, watched: bool) -> list[OrgRef]:
    found: dict[str, OrgRef] = {}
    for draft in drafts:
        for span in draft.spans():
            ref = span.ref
            if not isinstance(ref, OrgRef) or ref.press:
                continue
            if ref.watched or not watched:
                found.setdefault(ref.name, OrgRef(ref.name, watched=ref.watched))
    return list(found.values())


def place_anaphora(drafts: Sequence[Draft], focus: OrgRef | None) -> None:
    """Mark "the company" and its like as the organisation in focus."""
    if focus is None:
        return
    ref = OrgRef(focus.name, How.ANAPHOR, focus.watched)
    parts = set(focus.name.lower().split())
    # A club plays in "the league"; only a league is one.
    nouns = _NOUNS if parts & _LEAGUES else _NOUNS - _LEAGUES
    for draft in drafts:
        for index in range(1, len(draft.tokens)):
            own = draft.low(index) in parts
            if draft.low(index) in nouns and (own or not draft.capital(index)):
                first = _pointed(draft, index)
                if first is None or not _ends(draft, index + 1):
                    continue
                if not rival(draft, first, focus):
                    draft.place(first, index + 1, ref)


def _pointed(draft: Draft, noun: int) -> int | None:
    """Return where "the" stands before the noun, over "this old tile" maker."""
    if draft.low(noun - 1) in _POINTS:
        return noun - 1
    if draft.low(noun) in _WEAK:
        return None
    for index in range(noun - 1, max(-1, noun - 2 - _MODIFIERS), -1):
        if draft.low(index) == "this":
            return index
        plain = draft.low(index)[:1].isalpha() and draft.low(index) not in FUNCTION
        if not plain or draft.owner[index] is not None:
            return None
    return None


def _ends(draft: Draft, index: int) -> bool:
    """Whether the noun phrase ends here: "the company said", not "the company car"."""
    low = draft.low(index)
    if not low[:1].isalpha() or low in FUNCTION or low in SAYS:
        return True
    verb = low.endswith(("ed", "s")) or low == "then"
    return verb or isinstance(draft.ref(index), RoleRef)
