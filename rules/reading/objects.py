"""What stands behind and before a trigger: objects, phrases, offices, possessors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.language.verbs import verblike
from rules.language.words import DETERMINERS, PREPOSITIONS, words
from rules.reading.argument import NOTHING, Argument, Who, opening
from rules.reading.clause import Clause
from rules.reading.items import Office, Sort
from rules.reading.subjects import Subjects
from rules.reading.taken import JOBS

_JOINERS = frozenset({"and", "&", ","})
_PERSON_GAP = 4
_GAP = 6
_BE = words("is are was were will be")
_ARTS = words(
    "dancer ballerina violinist cellist flautist trumpet photographer boy girl"
)
_KINDS = words(
    "club side team outfit franchise champions giants leaders strugglers newcomers"
)
_HIRES = words(
    "hires men women people newcomers executives colleagues officers duo pair"
)
_SUCH = words("including include : namely")
_ENDS = PREPOSITIONS | {","}
_OFFICE_FILLERS = words(
    "the a an its his her their new to be as of post position role job office "
    "first newly created next in charge serve serving interim , permanent three "
    "two four five members member full-time u.s. british global sole company club "
    "team group bank firm one act acting become take over step up work return"
)


class Objects:
    """Finds what the triggers in one sentence's clauses take."""

    def __init__(self, subjects: Subjects) -> None:
        self._subjects = subjects

    def object(self, clause: Clause, end: int) -> Argument:
        """Return what stands right behind a trigger that ends at item *end*."""
        end = _past_aside(clause, end)
        for index in range(end, min(end + _GAP, len(clause.items))):
            item = clause.items[index]
            if item.sort is Sort.DATE:
                continue
            if item.sort is Sort.PERSON and index - end > _PERSON_GAP:
                return NOTHING
            if item.mention or (item.low == "her" and _objective(clause, index)):
                return self._mention(clause, index)
            if item.low in JOBS and not _introduces(clause, index):
                return self._job(clause, index)
            if _describing(clause, index):
                continue
            if item.low in _ENDS or verblike(item.low):
                return _noun(clause, end, index)
        return _noun(clause, end, len(clause.items))

    def _mention(self, clause: Clause, index: int) -> Argument:
        """Return what the mention at *index* opens: a list, a pronoun, a team."""
        item = clause.items[index]
        match item.sort:
            case Sort.PERSON:
                if clause.lows[index + 1 : index + 2] == ("'s",):
                    return NOTHING
                return Argument(tuple(self._list(clause, index)))
            case Sort.PRONOUN | Sort.WORD:
                return self._subjects.pronoun(clause, item)
            case Sort.OFFICE:
                return Argument(tuple(self._named(clause, index)), item.offices)
            case _:
                return opening(clause, index)

    def _list(self, clause: Clause, first: int) -> Iterator[Who]:
        """Yield the people of a list that starts at item *first*."""
        index = first
        items = clause.items
        while index < len(items):
            item = items[index]
            if item.person is None:
                return
            yield Who(item.person, item.offices)
            index += 1
            while index < len(items) and items[index].low in _JOINERS:
                index += 1
            if index < len(items) and items[index - 1].low not in _JOINERS:
                return

    def _named(self, clause: Clause, office: int) -> Iterator[Who]:
        """Yield the people of "two directors, Mary Orr and Bill Babb"."""
        after = office + 2
        if after >= len(clause.items):
            return
        after += (
            clause.lows[office + 1 : after] == (",",) and clause.lows[after] in _SUCH
        )
        if clause.lows[office + 1] in _SUCH | {","}:
            yield from self._list(clause, after)

    def behind(self, clause: Clause, end: int, preposition: str) -> Argument:
        """Return what stands behind the first such preposition after *end*."""
        first = end - (end > 0 and clause.lows[end - 1] == preposition)
        for index in range(first, len(clause.items)):
            if clause.lows[index] == preposition:
                found = self._phrase(clause, index + 1)
                if not found.empty:
                    return found
        return NOTHING

    def _phrase(self, clause: Clause, first: int) -> Argument:
        for index in range(first, min(first + _GAP, len(clause.items))):
            item = clause.items[index]
            if item.sort is Sort.DATE:
                return NOTHING
            if item.mention:
                return self._mention(clause, _narrowed(clause, index))
            if item.low in JOBS and not _introduces(clause, index):
                return self._job(clause, index)
            made = index > first and clause.lows[index - 1] == "newly"
            if not made and (item.low in _ENDS or verblike(item.low)):
                return self._namely(clause, index)
        return NOTHING

    def _namely(self, clause: Clause, index: int) -> Argument:
        """Read "two new hires, [Ana Prieto and Lee Ito]"."""
        counted = index and clause.lows[index - 1] in _HIRES
        if not counted or clause.lows[index] not in {",", ":"}:
            return NOTHING
        return Argument(tuple(self._list(clause, index + 1)))

    def _job(self, clause: Clause, index: int) -> Argument:
        """Read "the post of chief executive"; else the noun alone."""
        after = index + 1
        if after < len(clause.items) and clause.lows[after] in {"of", "as"}:
            found = self.office(clause, after + 1)
            if found:
                return Argument(offices=found)
        return Argument(noun=clause.lows[index])

    def office(self, clause: Clause, first: int) -> tuple[Office, ...]:
        """Return the offices named at *first*, over "to be its new"."""
        for index in range(first, min(first + _GAP, len(clause.items))):
            item = clause.items[index]
            if item.sort is Sort.OFFICE:
                shared = 2 * (clause.lows[index + 1 : index + 2] == ("and",))
                prize = _prize(clause.lows[index + 1 : index + 4 + shared])
                return () if prize else item.offices
            if item.sort is Sort.DATE:
                continue
            if item.mention or item.low not in _OFFICE_FILLERS:
                return ()
        return ()

    def fronted(self, clause: Clause, trigger: int) -> tuple[Office, ...]:
        """Return the offices of "As finance chief, Ana Prieto will run ..."."""
        lows = clause.lows[:trigger]
        if lows[:1] not in {("as",), ("after",)} or "as" not in lows:
            return ()
        return self.office(clause, lows.index("as") + 1)

    def past_people(self, clause: Clause, end: int) -> int:
        """Return the index behind the people that stand at *end*."""
        index = _first_person(clause, end)
        last = index
        while index < len(clause.items):
            item = clause.items[index]
            if item.sort in {Sort.PERSON, Sort.PRONOUN}:
                last = index + 1
            elif not (item.low in _JOINERS | DETERMINERS and not item.mention):
                break
            index += 1
        return last


def _first_person(clause: Clause, end: int) -> int:
    """Return the place of the name in "career diplomat Ana Prieto", else *end*."""
    for index in range(end, min(end + _PERSON_GAP, len(clause.items))):
        item = clause.items[index]
        if item.sort is Sort.PERSON:
            return index
        if item.mention or item.low in _ENDS or verblike(item.low):
            break
    return end


def _introduces(clause: Clause, index: int) -> bool:
    """Whether the noun only introduces a name: "club legend Xan Orr"."""
    near = clause.items[index + 1 : index + 3]
    for item in near:
        if item.mention:
            return item.sort is Sort.PERSON
        if item.low in _ENDS or verblike(item.low):
            return False
    return False


def _describing(clause: Clause, index: int) -> bool:
    """Whether a participle only describes who follows: "recently hired coach Orr"."""
    after = clause.items[index + 1 : index + 2]
    named = bool(after) and after[0].sort is Sort.PERSON
    return named and clause.lows[index].endswith("ed") and index > 0


def _past_aside(clause: Clause, end: int) -> int:
    """Return the place behind ", with Ana Prieto," where one stands at *end*."""
    if clause.lows[end : end + 1] != (",",):
        return end
    closing = (
        i for i in range(end + 1, end + _GAP) if clause.lows[i : i + 1] == (",",)
    )
    return next(closing, end - 1) + 1


def _noun(clause: Clause, end: int, stop: int) -> Argument:
    """Return the plain noun that ends right before item *stop*."""
    near = end < stop <= end + _GAP
    return Argument(noun=clause.lows[stop - 1]) if near else NOTHING


def _objective(clause: Clause, index: int) -> bool:
    """Whether "her" is the object, not "her role"."""
    after = clause.items[index + 1] if index + 1 < len(clause.items) else None
    if after is None or after.low in _BE:
        return True
    return not after.mention and after.low in _ENDS


def _prize(lows: Sequence[str]) -> bool:
    """Whether the office is an honour: "coach of the year", "mayor for a day"."""
    if not _ARTS.isdisjoint(lows[:1]):
        return True
    return bool({"year", "month", "week", "day", "match", "series"} & set(lows))


def _narrowed(clause: Clause, index: int) -> int:
    """Return the place of Halden in "by [Second League club Halden]", else *index*."""
    items = clause.items[index : index + 3]
    kind = len(items) > 2 and items[1].low in _KINDS  # noqa: PLR2004  both and the kind
    named = kind and items[0].organization and items[2].organization
    return index + 2 if named else index
