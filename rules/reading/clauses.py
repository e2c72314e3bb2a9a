"""Cut a folded sentence into clauses, each with what it hangs on.

Linear and without a parser: boundaries are marks, conjunctions and relative words;
a look ahead of a few items tells "and left" from "and Ana Prieto left".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.document import Quotation, Sentence
from rules.language.verbs import verblike
from rules.language.words import words
from rules.reading.clause import Clause, Link
from rules.reading.items import Item, Sort
from rules.reading.lookahead import HARD, RELATIVE, REPORTS, SUBORDINATE, Ahead, timed
from rules.reading.stretches import stretches

_TIMED = frozenset({"after", "before", "since", "until", "till", "following", "even"})
_COORDINATE = frozenset({"and", "but", "or", "so", "yet", "nor", "then"})
_TURNS = words(
    "replaced replaces succeeded succeeds becomes became joins joined takes took "
    "leaves left resigned resigns moves moved"
)
_BASES = words(
    "become join leave return succeed replace serve resign retire quit take step hand"
)
_INFINITE = words("to will would shall 'll")
_SUCCEEDING = frozenset({"replacing", "succeeding"})


@dataclass(slots=True)
class _Draft:
    index: int
    link: Link
    marker: str = ""
    parent: int | None = None
    head: Item | None = None
    shared: bool = False
    quotation: Quotation | None = None
    fronted: bool = False
    comma: bool = False
    verbal: bool = False
    items: list[Item] = field(default_factory=list)

    def add(self, item: Item) -> None:
        self.items.append(item)
        self.verbal = self.verbal or (not item.mention and verblike(item.low))

    def finished(self) -> Clause:
        return Clause(
            self.index,
            tuple(self.items),
            self.link,
            self.marker,
            self.parent,
            self.head,
            self.shared,
            self.quotation,
            tuple("" if item.mention else item.low for item in self.items),
        )


def cut(sentence: Sentence, items: Sequence[Item]) -> tuple[Clause, ...]:
    """Return the clauses of *sentence*, whose folded *items* are given."""
    drafts: list[_Draft] = []
    for link, quotation, some in stretches(sentence, items):
        _Cutter(drafts, some, link, quotation).run()
    return tuple(draft.finished() for draft in drafts)


class _Cutter:
    """Cuts one stretch of items; *drafts* are the clauses of the sentence so far."""

    def __init__(
        self,
        drafts: list[_Draft],
        items: list[Item],
        link: Link,
        quotation: Quotation | None,
    ) -> None:
        self._drafts = drafts
        self._items = items
        self._ahead = Ahead(items)
        self._link = link
        self._quotation = quotation
        self._stack: list[_Draft] = []
        self._push(link)

    def run(self) -> None:
        """Walk over the items once."""
        for index, item in enumerate(self._items):
            if item.mention or not self._bounds(index, item.low):
                self._top.add(item)
                if item.low in REPORTS and self._ahead.reported(index):
                    self._push(Link.COMPLEMENT, parent=self._top)

    @property
    def _top(self) -> _Draft:
        return self._stack[-1]

    def _push(
        self,
        link: Link,
        *,
        parent: _Draft | None = None,
        marker: str = "",
        head: Item | None = None,
    ) -> _Draft:
        draft = _Draft(
            len(self._drafts),
            link,
            marker,
            parent.index if parent else None,
            head,
            quotation=self._quotation,
        )
        self._drafts.append(draft)
        self._stack.append(draft)
        return draft

    def _bounds(self, index: int, low: str) -> bool:
        """Open or close a clause at this word; whether the word is used up."""
        if low in HARD or low == ",":
            return self._hard(low) if low in HARD else self._comma(index)
        if low == "that":
            return self._that(index)
        if low in RELATIVE:
            return self._relative(index)
        if low in _COORDINATE:
            return self._coordinate(index, low)
        if low in _SUCCEEDING:
            return self._succeeding(index)
        return low in SUBORDINATE and self._subordinate(index, low)

    def _succeeding(self, index: int) -> bool:
        if self._behind_office(index):
            parent = self._close_to_main()
            self._push(Link.PARTICIPLE, parent=parent).shared = True
        return False

    def _behind_office(self, index: int) -> bool:
        """Whether it stands right behind a name or a title: "as chief replacing"."""
        before = self._items[index - 1].sort if index else None
        return self._top.verbal and before in {Sort.OFFICE, Sort.PERSON}

    def _that(self, index: int) -> bool:
        told = self._ahead.told(index)
        if told:
            self._push(Link.COMPLEMENT, parent=self._top)
        return told

    def _hard(self, low: str) -> bool:
        before = self._stack[0]
        self._stack.clear()
        marker = ":" if low == ":" else ""
        self._push(self._link, parent=before if marker else None, marker=marker)
        return True

    def _comma(self, index: int) -> bool:
        top = self._top
        if top.fronted and (top.verbal or top.link is Link.SUBORDINATE):
            self._stack.pop()
            return True
        if self._describes(top) and len(self._stack) > 1:
            resumed = not self._stack[-2].verbal and not self._listed(index)
            if resumed or self._ahead.low(index + 1) in {"as", "to"}:
                self._stack.pop()
                return True
        if self._ahead.participle(self._ahead.past_adverbs(index + 1)):
            parent = self._close_to_main()
            self._push(Link.PARTICIPLE, parent=parent, marker="").shared = True
            return True
        if self._splice(index + 1):
            self._stack.clear()
            self._push(self._link)
            return True
        if self._tail(index + 1):
            parent = self._close_to_main()
            self._push(Link.MAIN, parent=None, marker="tail")
            return True
        return False

    def _describes(self, top: _Draft) -> bool:
        """Whether it is a relative clause, or goes on with one: "who came and won"."""
        while top.link is Link.COORDINATE and top.parent is not None:
            top = self._drafts[top.parent]
        return top.link is Link.RELATIVE

    def _splice(self, index: int) -> bool:
        """Whether a new sentence follows a mere comma: "Hale left, Orr took over"."""
        top = self._top
        plain = top.verbal and top.link in {Link.MAIN, Link.COORDINATE}
        behind = bool(top.items) and top.items[-1].mention
        verb = self._ahead.low(index + 1)
        named = self._ahead.sort(index) is Sort.PERSON
        return plain and behind and named and verb in _TURNS

    def _close_to_main(self) -> _Draft:
        top = self._top
        while len(self._stack) > 1 and self._top.link is Link.RELATIVE:
            self._stack.pop()
        return self._top if self._top.items else top

    def _listed(self, index: int) -> bool:
        """Whether the comma parts the members of a list of names."""
        before = self._items[index - 1].sort if index else None
        return before is Sort.PERSON and self._ahead.sort(index + 1) is Sort.PERSON

    def _tail(self, index: int) -> bool:
        """Whether ", the company said" ends the sentence here."""
        rest = self._items[index : index + 8]
        lows = [item.low for item in rest]
        says = next((i for i, low in enumerate(lows) if low in REPORTS), None)
        if says is None or (self._top.link is Link.MAIN and not self._top.verbal):
            return False
        return not any(low == "," for low in lows[:says])

    def _relative(self, index: int) -> bool:
        top = self._top
        comma = bool(top.items) and top.items[-1].low == ","
        if comma:
            top.items.pop()
        head = top.items[-1] if top.items else None
        if head is None and self._ahead.low(index) in {"who", "which", "where"}:
            return False
        draft = self._push(
            Link.RELATIVE, parent=top, marker=self._ahead.low(index), head=head
        )
        draft.comma, draft.shared = comma, True
        return True

    def _coordinate(self, index: int, low: str) -> bool:
        place = self._ahead.past_adverbs(index + 1)
        bare = self._ahead.verb(place) or self._goes_on(place)
        if not bare and not self._ahead.subject(index + 1):
            return False
        top = self._top
        if not bare and not top.verbal:
            return False
        comma = bool(top.items) and top.items[-1].low == ","
        if comma:
            top.items.pop()
        if not bare or comma:
            self._unwind(comma=comma)
        top = self._stack.pop()
        under = top.marker if top.link in {Link.SUBORDINATE, Link.COORDINATE} else ""
        marker = under if under in SUBORDINATE else low
        draft = self._push(Link.COORDINATE, parent=top, marker=marker)
        draft.shared = bare
        return True

    def _goes_on(self, index: int) -> bool:
        """Whether an infinitive is shared: "to join Halden and [become] its chair"."""
        lows = [item.low for item in self._top.items if not item.mention]
        return self._ahead.low(index) in _BASES and not _INFINITE.isdisjoint(lows)

    def _unwind(self, *, comma: bool) -> None:
        """Leave relative clauses, and behind a comma subordinate ones too."""
        leave = {Link.RELATIVE, Link.PARTICIPLE}
        if comma:
            leave |= {Link.SUBORDINATE, Link.COMPLEMENT}
        while len(self._stack) > 1 and self._top.link in leave:
            self._stack.pop()

    def _subordinate(self, index: int, low: str) -> bool:
        after = self._items[index + 1] if index + 1 < len(self._items) else None
        if after is None:
            return False
        if not self._opened(index, low, after):
            return False
        top = self._top
        if not top.items and top.link is Link.SUBORDINATE:
            return True
        fronted = not top.items
        draft = self._push(Link.SUBORDINATE, parent=top, marker=low)
        draft.fronted = fronted
        return True

    def _opened(self, index: int, low: str, after: Item) -> bool:
        """Whether the word opens a clause: not "as director", "after 7 years"."""
        if low == "as":
            titled = self._ahead.sort(index + 1) is Sort.OFFICE and not self._top.verbal
            return self._ahead.as_clause(index + 1) and not titled
        if low == "even" and after.low not in {"after", "as", "if", "though"}:
            return False
        return not (low in _TIMED and timed(after))
