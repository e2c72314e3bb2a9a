"""Names that only a user's own tagger sees: placed where no span of ours stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.document import OrgRef, PersonRef, Ref
from rules.spans.draft import Draft
from rules.voices import Named, NameSort

_REFS: dict[NameSort, type[PersonRef] | type[OrgRef]] = {
    NameSort.PERSON: PersonRef,
    NameSort.ORGANIZATION: OrgRef,
}


def place_votes(drafts: Iterable[Draft], names: Sequence[Named], content: str) -> None:
    """Mark each of *names* in the sentence that it lies in."""
    for draft in drafts:
        for name in names:
            if draft.stretch.start <= name.start < name.end <= draft.stretch.end:
                _place(draft, name, content)


def _place(draft: Draft, name: Named, content: str) -> None:
    inside = [
        index
        for index, token in enumerate(draft.tokens)
        if name.start <= token.start and token.end <= name.end
    ]
    if inside:
        ref: Ref = _REFS[name.sort](content[name.start : name.end])
        draft.place(inside[0], inside[-1] + 1, ref)
