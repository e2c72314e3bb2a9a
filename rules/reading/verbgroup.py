"""The verb around a trigger: auxiliaries, negation, what "to leave" hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from rules.language.verbs import Form
from rules.language.words import AUXILIARIES, words
from rules.reading.clause import Clause
from rules.reading.items import Sort

BE = words("is are was were be been being 's 're am isn't aren't wasn't weren't")
_GET = words("get gets got getting")
_NOT = words(
    "not never n't isn't wasn't aren't weren't won't wouldn't hasn't haven't hadn't "
    "didn't doesn't don't cannot can't couldn't shouldn't nor"
)
_SHORT = words("'ll 'd 've ve ll didn't couldn't shouldn't can't haven't hadn't don't")
_ADVERBS = words(
    "also now then later soon still just already again recently currently first "
    "finally formally officially both all ever yet too either immediately "
    "eventually promptly back reportedly today yesterday instead once long never "
    "not n't himself herself themselves"
)
_AUXILIARIES = AUXILIARIES | _SHORT | BE | _GET
_NOT_ADVERBS = words("family early only ally july supply monopoly assembly")
_DETERMINERS = words("a an the his her its their any no new")
GOVERNORS = words(
    "set expected due agreed scheduled poised slated ready about going plans plan "
    "planned planning intends intend intended decided decides decision likely "
    "unlikely tipped considering considered wants want wanted hopes hope hoped "
    "urged asked called refuses refused declined declines forced threatened "
    "offered offers vowed chosen picked selected elected named appointed tapped "
    "hired ordered believed thought understood said reported rumoured rumored "
    "deal decides opted opts proposed proposes seeking seeks sought trying tries "
    "tried bid attempt effort deal plans move choice offer bound prepared preparing "
    "prepares preparing pressure calls request demand right power agrees agree "
    "willing unwilling reluctant able unable supposed favourite favorite lined "
    "wishes failed fails continues continued promised promises voted votes moves "
    "needs need had has have announced announces chose signed begin began starts "
    "started volunteered pledged contender candidate front-runner option invited "
    "reason time up tapped approved nominated confirmed allowed pushed pushing "
    "return returns brought drafted recruited time intention intends told helped"
)


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The words of a clause from *first* to its trigger that make one verb.

    *auxiliaries* in order of the text; *governor* what an infinitive hangs on, the
    nearest first.
    """

    first: int
    auxiliaries: tuple[str, ...] = ()
    governors: tuple[str, ...] = ()
    negated: bool = False
    infinitive: bool = False

    @property
    def bare(self) -> bool:
        """Whether the verb stands without any auxiliary."""
        return not self.auxiliaries and not self.infinitive

    @property
    def perfect(self) -> bool:
        """Whether it is "has left" or "had left"."""
        return bool(set(self.auxiliaries) & {"has", "have", "had", "'ve"})

    def passive(self, form: Form | None) -> bool:
        """Whether an auxiliary makes it a passive: "was fired", "got sacked"."""
        last = self.auxiliaries[-1] if self.auxiliaries else ""
        return form is Form.PARTICIPLE and last in BE | _GET | {"having"}


def verb_group(clause: Clause, trigger: int) -> VerbGroup:
    """Return the group whose main verb stands at item *trigger*."""
    reading = _Leftwards(clause)
    index = trigger - 1
    while index >= 0:
        step = reading.take(index)
        if step == 0:
            break
        index -= step
    return VerbGroup(
        max(index, -1) + 1,
        tuple(reversed(reading.auxiliaries)),
        tuple(reading.governors),
        reading.negated,
        reading.infinitive,
    )


class _Leftwards:
    """Reads a verb group from its main verb to the left, item by item."""

    def __init__(self, clause: Clause) -> None:
        self._clause = clause
        self.auxiliaries: list[str] = []
        self.governors: list[str] = []
        self.negated = False
        self.infinitive = False

    def take(self, index: int) -> int:
        """Return how many items the word at *index* uses up; 0 ends the group."""
        low = self._clause.lows[index]
        if self._clause.items[index].sort is Sort.DATE:
            return 1 + _timed(self._clause, index - 1)
        self.negated = self.negated or low in _NOT
        if low == "longer" and index and self._clause.lows[index - 1] == "no":
            self.negated = True
            return 2
        if low == "to":
            self.infinitive = True
            return 1
        if self.infinitive and low in GOVERNORS and not self._has(low, index):
            return self._govern(low, index)
        if low in _AUXILIARIES:
            self.auxiliaries.append(low)
            return 1
        return int(low in _NOT or _adverb(low))

    def _govern(self, low: str, index: int) -> int:
        """Take "set", or "no plans" with what stands before the noun."""
        self.governors.append(low)
        before = self._clause.lows[index - 1] if index else ""
        if before not in _DETERMINERS or low.endswith("ed"):
            return 1
        self.negated = self.negated or before == "no"
        return 2

    def _has(self, low: str, index: int) -> bool:
        """Whether "has" is an auxiliary: "has agreed to", not "has to leave"."""
        lows = self._clause.lows
        nearest = lows[index + 1] if index + 1 < len(lows) else ""
        return low in {"has", "have", "had"} and nearest != "to"


def _timed(clause: Clause, index: int) -> int:
    return int(index >= 0 and clause.lows[index] in {"on", "in", "late", "early", "by"})


def _adverb(low: str) -> bool:
    return low in _ADVERBS or (low.endswith("ly") and low not in _NOT_ADVERBS)
