"""A clause: a part of a sentence with one verb, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules.document import PersonRef, Quotation
from rules.reading.items import Item


class Link(StrEnum):
    """How a clause hangs on the one it belongs to."""

    MAIN = "main"
    COORDINATE = "coordinate"
    RELATIVE = "relative"
    SUBORDINATE = "subordinate"
    COMPLEMENT = "complement"
    PARTICIPLE = "participle"
    ASIDE = "aside"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. *parent* is the index of the clause it hangs on.

    *marker* is the word that opens it ("after", "if"), *head* what a relative clause
    speaks of, *shared* whether its subject is the parent's, *speaker* who is quoted.
    *lows* are the compared forms of its items; a mention is no word.
    """

    index: int
    items: tuple[Item, ...]
    link: Link = Link.MAIN
    marker: str = ""
    parent: int | None = None
    head: Item | None = None
    shared: bool = False
    quotation: Quotation | None = None
    lows: tuple[str, ...] = ()

    @property
    def speaker(self) -> PersonRef | None:
        """Return who says it, when it is quoted and the speaker is known."""
        return self.quotation.speaker if self.quotation else None
