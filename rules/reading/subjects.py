"""Who a verb speaks of: the subject, found from the verb group leftwards."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from rules.language.verbs import verblike
from rules.language.words import PREPOSITIONS, words
from rules.reading.argument import NOTHING, Argument, Who, closing, of_item
from rules.reading.clause import Clause, Link
from rules.reading.items import Item, Sort
from rules.reading.ranked import listed, ranked
from rules.reading.scene import Scene
from rules.reading.verbgroup import verb_group

_JOINERS = frozenset({"and", "&", ","})
_AND = frozenset({"and", "&"})
_BESIDE = 3
_LEAVES = words("left leaves leaving quit quits")
_BEATS = words("beat beats beating defeated defeats defeating edged pipped outpolled")
_INTENTS = words("decision intention plans plan intent wish desire")


class Subjects:
    """Finds the subjects of the verbs in one sentence's clauses."""

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
        if clause.lows[first : first + 1] == ("to",):
            agreed = _for_whom(clause) or self._of_rank(clause, first)
            if agreed is not None:
                return agreed
            index = _beaten(clause, index)
            if _aims(clause, first):
                return self.subject_of(clause)
        while index >= 0:
            item = clause.items[index]
            if item.low == "," and not item.mention:
                index = self._over_comma(clause, index)
                continue
            if item.sort is Sort.DATE:
                index -= 1 + _preposition(clause, index - 1)
                continue
            start = self._group_start(clause, index)
            start -= start > 1 and clause.lows[start - 1] == "the"
            left = _left_of(clause, start, first)
            if left is None:
                return self._nominal(clause, start, index)
            index = left
        return self._inherited(clause)

    def _of_rank(self, clause: Clause, first: int) -> Argument | None:
        """Return who "is the latest to go", or "The latest to go is" whom."""
        copula, place = ranked(clause, first), listed(clause, first)
        if copula is not None:
            return self.subject(clause, verb_group(clause, copula).first)
        if place is None:
            return None
        people = tuple(self._whos(clause.items[place:]))
        return Argument(people) if people else None

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
            return self.pronoun(clause, item)
        if item.mention:
            return closing(clause, index)
        nouns = [i.low for i in items if not i.mention]
        if nouns and nouns[-1] in {"both", "all"}:
            return NOTHING
        return Argument(noun=nouns[-1] if nouns else "?")

    def _whos(self, items: Sequence[Item]) -> Iterator[Who]:
        for item in items:
            if item.person is not None:
                yield Who(item.person, item.offices)

    def pronoun(self, clause: Clause, item: Item) -> Argument:
        """Return whom a pronoun means, else the word itself."""
        if item.low in {"i", "me"}:
            speaker = clause.speaker
            return Argument((Who(speaker),)) if speaker else Argument(noun="i")
        if item.low not in {"he", "she", "him", "her", "himself", "herself"}:
            return Argument(noun=item.low)
        own = self._own_names(clause, item) if item.low in {"him", "her"} else set()
        found = self.antecedent(item, own)
        return Argument(noun=item.low) if found.empty else found

    def _own_names(self, clause: Clause, item: Item) -> set[str]:
        """Return whom "him" cannot mean: those who do it to him."""
        before = (i for i in clause.items if i.first < item.first)
        return {i.person.name for i in before if i.person is not None}

    def antecedent(self, item: Item, but: Container[str] = ()) -> Argument:
        """Return the person in play before *item*, none of *but*: "she", "his"."""
        people = (i for c in self.clauses for i in c.items if i.person is not None)
        here = (i for i in people if i.person and i.person.name not in but)
        bound = self._scene.antecedent(here, item.first)
        if bound is None:
            return NOTHING
        sure = bound.certain and not self._rival(item.first)
        return Argument((Who(bound.person, bound.offices, sure),))

    def _rival(self, before: int) -> bool:
        """Whether a pronoun may mean a nameless subject: ", the minister he sacked"."""
        named = [i.first for c in self.clauses for i in c.items if i.person is not None]
        heads = (c.items[0] for c in self.clauses if c.items)
        return any(
            item.last <= before and min(named, default=before) < item.first
            for item in heads
            if item.sort is Sort.OFFICE and any(o.owner == "the" for o in item.offices)
        )

    def _inherited(self, clause: Clause) -> Argument:
        if clause.link is Link.RELATIVE and clause.marker in {"who", "which", ""}:
            return self._head(clause)
        if clause.speaker is not None and clause.link is Link.QUOTED:
            return NOTHING
        shares = clause.shared or clause.link is Link.SUBORDINATE
        shares = shares or (clause.link is Link.COMPLEMENT and _intends(clause))
        if not shares or clause.parent is None:
            return NOTHING
        parent = self.clauses[clause.parent]
        agreed = _for_whom(parent) if clause.link is Link.COORDINATE else None
        if agreed is not None:
            return agreed
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
        return of_item(head) if head.mention else Argument(noun=head.low)

    def subject_of(self, clause: Clause) -> Argument:
        """Return the subject of the clause's first verb."""
        for index, low in enumerate(clause.lows):
            if verblike(low):
                return self.subject(clause, verb_group(clause, index).first)
        last = clause.items[-1] if clause.items else None
        if last is not None and last.person is not None:
            return Argument((Who(last.person, last.offices),))
        return self._inherited(clause)


def _aims(clause: Clause, first: int) -> bool:
    """Whether it is what somebody leaves for: "left Orbis [to become] chair"."""
    before = clause.items[first - 1] if first else None
    house = before is not None and before.sort is Sort.ORGANIZATION
    return house and not _LEAVES.isdisjoint(clause.lows[:first])


def _left_of(clause: Clause, start: int, first: int) -> int | None:
    """Return where to go on left of a phrase that is not the subject, at *start*."""
    if _preposition(clause, start - 1) and not _with_somebody(clause, start, first):
        return start - 2
    return _beside_others(clause, start)


def _beside_others(clause: Clause, start: int) -> int | None:
    """Return where somebody stands beside nameless others: "Hale and [his staff]"."""
    if clause.items[start].sort not in {Sort.WORD, Sort.OFFICE}:
        return None
    joiner = start
    while joiner and start - joiner <= _BESIDE and clause.lows[joiner] not in _AND:
        if joiner < start and not _beside(clause, joiner):
            return None
        joiner -= 1
    if joiner < 1 or clause.lows[joiner] not in _AND:
        return None
    return joiner - 1 if clause.items[joiner - 1].sort is Sort.PERSON else None


def _with_somebody(clause: Clause, start: int, first: int) -> bool:
    """Whether it is who is to do it: "with [Orr] to replace him"."""
    return clause.lows[start - 1] == "with" and clause.lows[first : first + 1] == (
        "to",
    )


def _beaten(clause: Clause, index: int) -> int:
    """Return the place before "beat [her] to become leader", else *index*."""
    for place in range(index, max(-1, index - _BESIDE - 1), -1):
        if clause.lows[place] in _BEATS:
            return place - 1
    return index


def _for_whom(clause: Clause) -> Argument | None:
    """Return who is to do it: "a deal for [Ana Prieto] to join"."""
    for index, item in enumerate(clause.items):
        around = clause.lows[index - 1 : index + 2 : 2] if index else ()
        if item.person is not None and around == ("for", "to"):
            return Argument((Who(item.person, item.offices),))
    return None


def _intends(clause: Clause) -> bool:
    """Whether it is what the reporter means to do: "announced his decision to go"."""
    lows = clause.lows[:_BESIDE]
    return bool(_INTENTS.intersection(lows)) and "to" in clause.lows[: _BESIDE + 1]


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
