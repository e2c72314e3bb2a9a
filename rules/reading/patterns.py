"""The pattern reader: tight wordings laid over one sentence, word beside word.

It knows nothing of clauses, voice or subjects, so that it errs elsewhere than the
frame reader does: what both say may be told. Any word that could turn the meaning
(a denial, an "if", a question) silences it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rules.document import RoleRef
from rules.language.words import DETERMINERS, words
from rules.reading.argument import Who
from rules.reading.clause import Clause
from rules.reading.finding import Found
from rules.reading.items import Item, Office, Sort
from rules.reading.ranked import outranked
from rules.reading.verbgroup import verb_group
from rules.rule import Rule
from rules.rulebook import RuleBook, Tree
from rules.wording import AUXILIARIES, Spelling

_MOST = 20
_ASIDES = {(",", "who"), (",", "whose"), (",", "which"), (",", "where")}
_SKIPS = 3
_AUXILIARY = 5
_BLOCKS = words(
    "if unless whether could may might should not n't never no denied denies deny "
    "nobody cannot can't won't isn't wasn't didn't doesn't hasn't without reportedly "
    "weigh weighs weighed allegedly rumour rumours rumor rumors rumoured rumored "
    "speculation unlikely "
    "likely tipped linked favourite favorite wants urged urges calls call demand "
    "demands had could've ? or ex former formerly once previously who whose when "
    "while hopes bid vote poll talks considering weighs weighing threatens refuses"
)
_LIGHT = words(
    "also now then formally officially finally immediately today yesterday tonight "
    "soon temporarily permanently recently just unanimously unexpectedly abruptly "
    "suddenly dramatically sensationally his her their the"
)
_BORDERS = words(
    ", : ; . | ( ) that and but as said says confirmed after new next "
    "confirm confirms announce announces announced unveil unveils"
)
_LEADS = words("to will would is are was were be been has have being got gets")
_SPELLS = ("-year", "-month", "-week", "-day", "-season", "-match", "-game")
_HONOURS = words("year month week day match season series tournament decade")
_OPENERS = DETERMINERS | words(
    "him them it with for to down up out off over back at from"
)
_ENDS = words(
    ", . ; : ? ! | ( ) and but as after amid over following in on at by for to from "
    "with because when while of effective next this last early late who which until"
)
_THINGS = frozenset({Sort.PERSON, Sort.ORGANIZATION, Sort.UNIT, Sort.OFFICE})
_SLOTS = {
    Sort.PERSON: ("{person}", "{old}", "{new}", "{agent}"),
    Sort.ORGANIZATION: ("{org}", "{agent}"),
    Sort.UNIT: ("{unit}",),
}


@dataclass(frozen=True, slots=True)
class _Match:
    """One wording laid over the items: *places* is where each element stands."""

    rule: Rule
    wording: Spelling
    places: tuple[int, ...]
    end: int


class Patterns:
    """Reads the folded items of one sentence with a rule book's patterns."""

    def __init__(self, book: RuleBook, items: Sequence[Item]) -> None:
        self._tree = book.tree
        self._items = tuple(items)
        lows = tuple("" if item.mention else item.low for item in self._items)
        self._clause = Clause(0, self._items, lows=lows)

    def read(self) -> Iterator[Found]:
        """Yield what the wordings find, the longest at each place."""
        clear = (m for m in self._matches() if not self._blocked(m.end))
        yield from islice(map(self._found, clear), _MOST)

    def _blocked(self, end: int) -> bool:
        """Whether a word can turn what ends at *end*; ", who ..." behind it cannot."""
        lows = self._clause.lows
        pairs = enumerate(pairwise(lows))
        aside = (i for i, pair in pairs if i >= end and pair in _ASIDES)
        said = " ".join(lows[: next(aside, len(lows))]).replace("no longer", "")
        return not _BLOCKS.isdisjoint(said.split())

    def _matches(self) -> Iterator[_Match]:
        end = 0
        for start in range(len(self._items)):
            if start < end or not self._opens(start):
                continue
            fits = list(self._walk(self._tree, start, ()))
            if fits:
                best = max(fits, key=lambda m: (m.end, len(m.places)))
                end = best.end
                yield best

    def _opens(self, start: int) -> bool:
        """Whether a wording may begin here: not in the middle of a longer name."""
        before = self._items[start - 1] if start else None
        if before is None or before.sort is Sort.DATE or before.low in _BORDERS:
            return True
        return not self._items[start].mention and before.low not in _LEADS

    def _walk(
        self, node: Tree, index: int, places: tuple[int, ...], skips: int = _SKIPS
    ) -> Iterator[_Match]:
        for rule, wording in node.ends:
            if not self._goes_on(wording, places, index):
                yield _Match(rule, wording, places, index)
        if index >= len(self._items):
            return
        item = self._items[index]
        for element, end in self._steps(node, index):
            after = node.after[element]
            yield from self._walk(after, end, (*places, end - 1), skips)
        if places and skips and _light(item):
            yield from self._walk(node, index + 1, places, skips - 1)

    def _steps(self, node: Tree, index: int) -> Iterator[tuple[str, int]]:
        """Yield the elements that may stand at *index*, and where each of them ends."""
        for element in _elements(self._items[index]):
            if element in node.after:
                yield element, self._past(index)
        for element, (inside, last) in AUXILIARIES.items():
            if element in node.after:
                yield from ((element, end) for end in self._run(index, inside, last))

    def _run(
        self, index: int, inside: frozenset[str], last: frozenset[str]
    ) -> Iterator[int]:
        """Yield every end of a run of auxiliaries: "[has been]", "[is set to be]"."""
        for end in range(index, min(index + _AUXILIARY, len(self._items))):
            low = self._clause.lows[end]
            if low in last:
                yield end + 1
            if low not in inside and low not in _LIGHT:
                return

    def _goes_on(self, wording: Spelling, places: tuple[int, ...], end: int) -> bool:
        """Whether the verb takes more than the wording does: "fired a shot"."""
        after = self._items[end : end + 1]
        if not after:
            return False
        if self._longer(wording.elements[-1], end):
            return True
        if wording.form is None:
            return False
        if not any(e.startswith("{") for e in wording.elements[wording.anchor :]):
            return after[0].sort in _THINGS or after[0].low in _OPENERS
        return False

    def _longer(self, last: str, end: int) -> bool:
        """Whether the last slot is only the beginning of a longer noun phrase."""
        match last:
            case "{post}":
                return self._more(end)
            case "{person}":
                return self._items[end].low == "'s"
            case "{org}" | "{unit}":
                return not _closing(self._items[end])
            case word if word.isalpha():
                return not self._items[end].mention and not _over(self._items[end])
            case _:
                return False

    def _more(self, end: int) -> bool:
        """Whether the post is somebody's title, or an honour: "coach of the year"."""
        if not _closing(self._items[end]) or outranked(self._clause, end):
            return True
        lows = self._clause.lows[end : end + 3]
        dates = [i.sort is Sort.DATE for i in self._items[end + 1 : end + 3]]
        honour = lows[:1] == ("of",) and (any(dates) or bool(_HONOURS & set(lows)))
        return honour or lows[:2] == ("for", "a")

    def _past(self, index: int) -> int:
        """Return the end of "Ana Prieto, Lee Ito and Jo Adler", or of one item."""
        end = index + 1
        while self._items[index].sort is Sort.PERSON and self._joined(end):
            end += 2
        return end

    def _joined(self, index: int) -> bool:
        lows = self._clause.lows[index : index + 1]
        names = self._items[index + 1 : index + 2]
        person = bool(names) and names[0].sort is Sort.PERSON
        return person and bool({"and", "&"}.intersection(lows))

    def _found(self, match: _Match) -> Found:
        anchor = match.places[match.wording.anchor]
        return Found(
            rule=match.rule,
            clause=self._clause,
            start=anchor,
            end=anchor + 1,
            group=verb_group(self._clause, anchor),
            form=match.wording.form,
            people=self._people(match, "{person}"),
            offices=self._offices(match),
            organization=next((i.organization for i in self._at(match, "{org}")), None),
            predecessors=self._people(match, "{old}"),
            successors=self._people(match, "{new}"),
        )

    def _at(self, match: _Match, slot: str) -> Iterator[Item]:
        """Yield the items that fill *slot*, people beside it too."""
        pairs = zip(match.wording.elements, match.places, strict=True)
        for element, place in pairs:
            if element == slot:
                yield from self._named(place)

    def _named(self, last: int) -> Iterator[Item]:
        """Yield "Ana Prieto" and "Lee Ito" of the list that ends at *last*."""
        first = last
        while first > 1 and self._joined(first - 1) and self._items[last].person:
            first -= 2
        yield from self._items[first : last + 1]

    def _people(self, match: _Match, slot: str) -> tuple[Who, ...]:
        found = self._at(match, slot)
        return tuple(Who(i.person, i.offices) for i in found if i.person is not None)

    def _offices(self, match: _Match) -> tuple[Office, ...]:
        for slot in ("{post}", "{incoming}", "{seat}"):
            for item in self._at(match, slot):
                return tuple(o for o in item.offices if o.role)
        return self._implied(match)

    def _implied(self, match: _Match) -> tuple[Office, ...]:
        """Return the head of what is led: "will lead the tuning team"."""
        key = match.rule.implies
        unit = next((i.unit for i in self._at(match, "{unit}")), None)
        org = next((i.organization for i in self._at(match, "{org}")), None)
        if key is None or (unit is None and org is None):
            return ()
        return (Office(RoleRef(key, key), org, unit, "the"),)


def _light(item: Item) -> bool:
    """Whether it may stand between the words of a wording: a day, "five-year"."""
    light = item.low in _LIGHT or item.low.endswith(_SPELLS)
    return item.sort is Sort.DATE or light


def _over(item: Item) -> bool:
    """Whether a wording that ends in a word may end before *item*."""
    return item.low != "to" and (_closing(item) or item.low.endswith("ly"))


def _closing(item: Item) -> bool:
    """Whether a name may end before *item*: not in "Halden fans"."""
    return item.sort is Sort.DATE or item.low in _ENDS


def _elements(item: Item) -> tuple[str, ...]:
    """Return the elements of a wording that *item* can stand for."""
    if item.sort is Sort.OFFICE:
        roles = [o.role for o in item.offices if o.role]
        new = ("{incoming}",) if any(r.incoming for r in roles) else ()
        seat = ("{seat}",) if any(r.seat for r in roles) else ()
        return ("{post}", "{agent}", *new, *seat)
    return _SLOTS.get(item.sort, () if item.mention else (item.low,))
