"""The spans of a sentence as marks on the article's text, for whoever explains it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.document import DateRef, OrgRef, PersonRef, Ref, RoleRef, Sentence, UnitRef
from rules.model import Mark

_SORTS: dict[type, str] = {
    PersonRef: "person",
    OrgRef: "organization",
    UnitRef: "unit",
    RoleRef: "post",
    DateRef: "date",
}


def marks(sentence: Sentence) -> Iterator[Mark]:
    """Yield a mark for every span of *sentence*, in order."""
    for span in sentence.spans:
        start = sentence.tokens[span.first].start
        end = sentence.tokens[span.last - 1].end
        yield Mark(start, end, _SORTS[type(span.ref)], _meaning(span.ref))


def _meaning(ref: Ref) -> str:
    match ref:
        case RoleRef():
            return ref.label
        case DateRef():
            return str(ref.when)
        case _:
            return ref.name
