"""Short names given in brackets: "Multiple Sclerosis Trust (MS Trust)" is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.document import OrgRef, Span
from rules.spans.draft import Draft


def join_bracketed(drafts: Iterable[Draft]) -> None:
    """Give both names the watched one of the two, wherever they stand."""
    drafts = tuple(drafts)
    same: dict[str, OrgRef] = {}
    for draft in drafts:
        for span in draft.spans():
            _note(draft, span, same)
    for draft in drafts if same else ():
        for span in draft.spans():
            ref = span.ref
            if isinstance(ref, OrgRef) and ref.name in same:
                draft.lift(span)
                known = same[ref.name]
                both = replace(ref, name=known.name, watched=known.watched)
                draft.place(span.first, span.last, both)


def _note(draft: Draft, span: Span, same: dict[str, OrgRef]) -> None:
    """Note the pair when *span* stands in brackets behind another name."""
    before = draft.span(span.first - 2)
    inside = draft.low(span.first - 1) == "(" and draft.low(span.last) == ")"
    if not inside or before is None:
        return
    full, short = before.ref, span.ref
    if isinstance(full, OrgRef) and isinstance(short, OrgRef):
        if short.watched and not full.watched:
            same[full.name] = short
        elif full.watched and not short.watched:
            same[short.name] = full
