"""Who and what a trigger's clause names: subject, object, and behind prepositions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.clauses import Clause, Link
from rules.document import OrgRef, PersonRef, UnitRef
from rules.items import Item, Office, Sort
from rules.scene import Scene
from rules.verbgroup import verb_group
from rules.verbs import verblike
from rules.words import DETERMINERS, PREPOSITIONS, words

_JOINERS = frozenset({"and", "&", ","})
_COMPANIONS = frozenset({"alongside", "with", "plus"})
_JOBS = words(
    "role post job position seat office duties title helm reins chair company firm "
    "club bank team side agency group organisation organization unit board party "
    "paper school university studio charity network lab body"
)
JOB_NOUNS = words("role post job position office duties title seat helm")
ORG_NOUNS = words(
    "company firm club bank agency group organisation organization party paper "
    "school university studio charity network lab side team"
)
_PERSON_GAP = 4
_BESIDE = 3
_GAP = 6
_OFFICE_FILLERS = words(
    "the a an its his her their new to be as of post position role job office "
    "first newly created next in charge serve serving interim , to- permanent "
    "full-time u.s. british global sole company club team group bank firm one "
    "act acting become take over step up work return"
)


@dataclass(frozen=True, slots=True)
class Who:
    """A person filling a slot, with the offices beside the name.

    *certain* is false when a pronoun was bound loosely.
    """

    person: PersonRef
    offices: tuple[Office, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands in one place of the clause."""

    people: tuple[Who, ...] = ()
    offices: tuple[Office, ...] = ()
    organization: OrgRef | None = None
    unit: UnitRef | None = None
    noun: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return not (
            self.people or self.offices or self.organization or self.unit or self.noun
        )


NOTHING = Argument()


class Arguments:
    """Finds the arguments of triggers in the clauses of one sentence."""

    def __init__(self, clauses: Sequence[Clause], scene: Scene) -> None:
        self.clauses = clauses
        self._scene = scene
        self._new: dict[int, tuple[Who, ...]] = {}

    def came(self, clause: Clause, people: tuple[Who, ...]) -> None:
        """Remember who came in by *clause*: a participle behind it speaks of them."""
        self._new.setdefault(clause.index, people)

    def subject(self, clause: Clause, first: int) -> Argument:
        """Return the subject of a verb group that starts at item *first*."""
        index = first - 1
        while index >= 0:
            item = clause.items[index]
            if item.low == "," and not item.mention:
                index = self._over_comma(clause, index)
                continue
            if item.sort is Sort.DATE:
                index -= 1 + _preposition(clause, index - 1)
                continue
            start = self._group_start(clause, index)
            if _preposition(clause, start - 1):
                index = start - 2
                continue
            found = self._nominal(clause, start, index)
            return found
        return self._inherited(clause)

    def _over_comma(self, clause: Clause, comma: int) -> int:
        """Return where to go on left of ", best known for his plays,"."""
        if comma and clause.items[comma - 1].sort is Sort.PERSON:
            return comma - 1
        for index in range(comma - 1, -1, -1):
            low = clause.lows[index]
            if low == "," and index and clause.items[index - 1].sort is Sort.PERSON:
                return index - 1
            if comma - index <= _BESIDE and clause.items[index].sort is Sort.PERSON:
                return index
            if verblike(low):
                break
        return -1 if comma < 2 else comma - 1  # noqa: PLR2004  a word and its comma

    def _group_start(self, clause: Clause, index: int) -> int:
        """Return the first item of the noun phrase that ends at *index*."""
        start = index
        if clause.items[index].sort is Sort.PERSON:
            before = _joined(clause, start)
            while before is not None:
                start = before
                before = _joined(clause, start)
            return start
        if clause.items[index].mention:
            return start
        while start > 0 and self._plain(clause, start - 1):
            start -= 1
        return start

    def _plain(self, clause: Clause, index: int) -> bool:
        item = clause.items[index]
        low = item.low
        if item.mention:
            return False
        return not (low in PREPOSITIONS or low == "," or verblike(low))

    def _nominal(self, clause: Clause, start: int, index: int) -> Argument:
        items = clause.items[start : index + 1]
        people = tuple(self._whos(items))
        if people:
            return Argument(people)
        item = items[-1]
        if item.sort is Sort.PRONOUN:
            return self._pronoun(clause, item)
        if item.mention:
            return _owned(clause, index)
        nouns = [i.low for i in items if not i.mention]
        if nouns and nouns[-1] in {"both", "all"}:
            return NOTHING
        return Argument(noun=nouns[-1] if nouns else "?")

    def _whos(self, items: Sequence[Item]) -> Iterator[Who]:
        for item in items:
            if item.person is not None:
                yield Who(item.person, item.offices)

    def _pronoun(self, clause: Clause, item: Item) -> Argument:
        if item.low in {"i", "me"}:
            speaker = clause.speaker
            return Argument((Who(speaker),)) if speaker else Argument(noun="i")
        if item.low not in {"he", "she", "him", "her", "himself", "herself"}:
            return Argument(noun=item.low)
        bound = self._scene.antecedent(self._before(clause), item.first)
        if bound is None:
            return Argument(noun=item.low)
        return Argument((Who(bound.person, bound.offices, bound.certain),))

    def _before(self, clause: Clause) -> tuple[Item, ...]:
        """Return the people named in this sentence outside the clause's own verb."""
        return tuple(
            item
            for other in self.clauses
            for item in other.items
            if item.sort is Sort.PERSON
        )

    def _inherited(self, clause: Clause) -> Argument:
        if clause.link is Link.RELATIVE and clause.marker in {"who", "which", ""}:
            return self._head(clause)
        if clause.speaker is not None and clause.link is Link.QUOTED:
            return NOTHING
        if not clause.shared or clause.parent is None:
            return NOTHING
        parent = self.clauses[clause.parent]
        if clause.link is Link.PARTICIPLE and parent.index in self._new:
            return Argument(self._new[parent.index])
        return self.subject_of(parent)

    def _head(self, clause: Clause) -> Argument:
        head = clause.head
        if head is None:
            return NOTHING
        if head.person is not None:
            return Argument((Who(head.person, head.offices),))
        if head.sort is Sort.OFFICE and clause.marker == "which":
            return NOTHING
        return _argument(head) if head.mention else Argument(noun=head.low)

    def subject_of(self, clause: Clause) -> Argument:
        """Return the subject of the clause's first verb."""
        for index, low in enumerate(clause.lows):
            if verblike(low):
                return self.subject(clause, verb_group(clause, index).first)
        last = clause.items[-1] if clause.items else None
        if last is not None and last.person is not None:
            return Argument((Who(last.person, last.offices),))
        return self._inherited(clause)

    def object(self, clause: Clause, end: int) -> Argument:
        """Return what stands right behind a trigger that ends at item *end*."""
        for index in range(end, min(end + _GAP, len(clause.items))):
            item = clause.items[index]
            if item.sort is Sort.DATE:
                continue
            if item.sort is Sort.PERSON:
                near = index - end <= _PERSON_GAP
                return Argument(tuple(self._list(clause, index))) if near else NOTHING
            if item.sort is Sort.PRONOUN:
                return self._pronoun(clause, item)
            if item.mention:
                return _argued(clause, index)
            if item.low == "her" and self._objective(clause, index):
                return self._pronoun(clause, item)
            if item.low in _JOBS:
                return Argument(noun=item.low)
            if item.low in PREPOSITIONS or item.low == "," or verblike(item.low):
                return Argument(noun=clause.lows[index - 1]) if index > end else NOTHING
        return NOTHING

    def taken(self, clause: Clause, end: int) -> str:
        """Return what sort of thing the verb takes: "organization", "job", "none" ...

        "other" is a thing that nobody leads or leaves as a post: a room, a wife.
        """
        for index in range(end, len(clause.items)):
            item = clause.items[index]
            if item.sort is Sort.DATE or _passing(item):
                continue
            if item.mention:
                return str(item.sort)
            if item.low in _JOBS:
                return "job"
            if index == end and _closes(item.low):
                return "none"
            if _closes(item.low) or index > end + _GAP:
                return "other"
        return "none" if self._nothing_left(clause, end) else "other"

    def _nothing_left(self, clause: Clause, end: int) -> bool:
        return all(i.sort is Sort.DATE or _passing(i) for i in clause.items[end:])

    def _objective(self, clause: Clause, index: int) -> bool:
        """Whether "her" is the object, not "her role"."""
        after = clause.items[index + 1] if index + 1 < len(clause.items) else None
        if after is None or after.low in BE_NEXT:
            return True
        return not after.mention and after.low in PREPOSITIONS | {","}

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
            if item.sort is Sort.PERSON:
                return Argument(tuple(self._list(clause, index)))
            if item.sort is Sort.DATE:
                return NOTHING
            if item.sort is Sort.PRONOUN:
                return self._pronoun(clause, item)
            if item.mention:
                return _argued(clause, index)
            if item.low in _JOBS:
                return self._job(clause, index)
            if item.low in PREPOSITIONS or item.low == "," or verblike(item.low):
                return NOTHING
        return NOTHING

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
                prize = _prize(clause.lows[index + 1 : index + 4])
                return () if prize else item.offices
            if item.sort is Sort.DATE:
                continue
            if item.mention or item.low not in _OFFICE_FILLERS:
                return ()
        return ()

    def fronted(self, clause: Clause, trigger: int) -> tuple[Office, ...]:
        """Return the offices of "As finance chief, Ana Prieto will run ..."."""
        if clause.lows[:1] != ("as",):
            return ()
        return self.office(clause, 1) if trigger else ()

    def past_people(self, clause: Clause, end: int) -> int:
        """Return the index behind the people that stand at *end*."""
        index = end
        last = end
        while index < len(clause.items):
            item = clause.items[index]
            if item.sort in {Sort.PERSON, Sort.PRONOUN}:
                last = index + 1
            elif not (item.low in _JOINERS | DETERMINERS and not item.mention):
                break
            index += 1
        return last

    def possessor(self, clause: Clause, trigger: int) -> Argument:
        """Return whose departure it is: "Hale's", "his", "the club's"."""
        index = trigger - 1
        while index >= 0 and self._adjective(clause, index):
            index -= 1
        if index < 0:
            return NOTHING
        item = clause.items[index]
        if item.low in {"his", "her", "their"} and not item.mention:
            return self._own(clause, index)
        if item.low == "'s" and index > 0:
            return _argument(clause.items[index - 1])
        return NOTHING

    def _adjective(self, clause: Clause, index: int) -> bool:
        item = clause.items[index]
        stop = PREPOSITIONS | DETERMINERS | {"his", "her", "'s", ",", "and"}
        return not item.mention and item.low not in stop and not verblike(item.low)

    def _own(self, clause: Clause, index: int) -> Argument:
        """Bind "his departure": to the clause's own subject when it is a person."""
        subject = self.subject_of(clause) if index else NOTHING
        item = clause.items[index]
        if len(subject.people) == 1 or (subject.people and item.low == "their"):
            return subject
        if item.low == "their":
            return NOTHING
        bound = self._scene.antecedent(self._before(clause), item.first)
        if bound is None:
            return NOTHING
        return Argument((Who(bound.person, bound.offices, bound.certain),))

    def predicate(self, clause: Clause, end: int) -> Argument:
        """Return the person behind "is": "Succeeding her is Raj Menon"."""
        for index in range(end, len(clause.items)):
            if clause.lows[index] in BE_NEXT:
                found = self.object(clause, index + 1)
                if found.people:
                    return found
        return NOTHING

    def companions(self, clause: Clause, end: int) -> tuple[Who, ...]:
        """Return who goes along: "alongside CTO Mira Lund"."""
        for index in range(end, len(clause.items)):
            if clause.lows[index] == "alongside" or (
                clause.lows[index] == "with"
                and clause.lows[index - 1] in {"along", "together"}
            ):
                return self._phrase(clause, index + 1).people
        return ()


_EARLY = words("early immediately now soon today yesterday tomorrow too also at once")
_CLOSING = words("to , and or but because when while ) ( that if . ? !")
BE_NEXT = words("is are was were will be")


def _joined(clause: Clause, start: int) -> int | None:
    """Return where the person before "and [his assistant]" stands, if one does."""
    joiner = start - 1
    while joiner > 0 and start - joiner <= _BESIDE and _beside(clause, joiner):
        joiner -= 1
    if joiner < 1 or clause.lows[joiner] not in _JOINERS:
        return None
    before = joiner - 1 - (clause.lows[joiner - 1] == ",")
    if before < 0 or clause.items[before].sort is not Sort.PERSON:
        return None
    return before


def _beside(clause: Clause, index: int) -> bool:
    """Whether a plain word stands here, as in "and his assistant Kit Orr"."""
    low = clause.lows[index]
    return bool(low) and low not in _JOINERS | PREPOSITIONS and not verblike(low)


def _preposition(clause: Clause, index: int) -> bool:
    return index >= 0 and clause.lows[index] in PREPOSITIONS - {"out", "off", "up"}


def _argument(item: Item) -> Argument:
    if item.person is not None:
        return Argument((Who(item.person, item.offices),))
    return Argument((), item.offices, item.organization, item.unit)


def _argued(clause: Clause, index: int) -> Argument:
    """Read the mention at *index* with "Halden's tuning team", "the team at Halden"."""
    here = _argument(clause.items[index])
    after = clause.items[index + 1 : index + 3]
    if len(after) < 2:  # noqa: PLR2004  a joiner and a name
        return here
    joiner, other = after[0].low, after[1]
    if here.organization and joiner == "'s" and other.sort is Sort.UNIT:
        return replace(here, unit=other.unit)
    if here.unit and joiner in {"of", "at"} and other.organization:
        return replace(here, organization=other.organization)
    return here


def _owned(clause: Clause, index: int) -> Argument:
    """Read the mention that ends a noun phrase: "Halden's [tuning team]"."""
    here = _argument(clause.items[index])
    before = index - 1 - (index > 0 and clause.lows[index - 1] == "'s")
    if here.unit and before >= 0 and clause.items[before].organization:
        return replace(here, organization=clause.items[before].organization)
    return here


def _passing(item: Item) -> bool:
    low = item.low
    return not item.mention and (low.endswith("ly") or low in _EARLY)


def _closes(low: str) -> bool:
    return low in PREPOSITIONS | _CLOSING or verblike(low)


def _prize(lows: Sequence[str]) -> bool:
    """Whether the office is an honour: "coach of the year", "mayor for a day"."""
    return bool({"year", "month", "week", "day", "match", "series"} & set(lows))
