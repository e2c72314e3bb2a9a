"""What a rule is: its triggers or patterns, its slots, and the examples that prove it.

A rule knows nothing of denial, rumour or history: that is judged in one place for all
rules (`reading/status.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.language.verbs import Form
from rules.model import Kind, Watchlist
from rules.wording import Spelling

_GOOD = 0.9
_PRIOR = 0.92
_WEIGHT = 4


class Voice(StrEnum):
    """How the trigger stands in its clause."""

    ACTIVE = "active"
    PASSIVE = "passive"
    INVERTED = "inverted"
    NOMINAL = "nominal"
    PHRASE = "phrase"
    PATTERN = "pattern"


class Standing(StrEnum):
    """Whether a rule may alert alone, or only propose a candidate."""

    STABLE = "stable"
    EXPERIMENTAL = "experimental"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims that it must give; none means that it must stay silent."""

    text: str
    claims: tuple[Mapping[str, str], ...]
    title: str = ""
    published: datetime | None = None
    watchlist: Watchlist = field(default_factory=Watchlist)


@dataclass(frozen=True, slots=True)
class Slots:
    """Where each part of the claim is looked for, the best place first.

    A place is "subject", "object", "complement", "infinitive", "possessor",
    "predicate", "person" (what stands beside the person's name), "first team" and
    "second team" (behind the trigger) or a preposition. A rule of a team has *unit* in
    place of *person*, and *into* for what the team becomes.
    """

    person: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    predecessor: tuple[str, ...] = ()
    successor: tuple[str, ...] = ()
    companion: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """How a rule did on news that nobody had seen when it was written.

    *right* and *wrong* count its findings as a careful reader judged them, *on* names
    the texts.
    """

    right: int
    wrong: int
    on: str

    @property
    def precision(self) -> float:
        """Return the expected share of right findings, from 0 to 1.

        Few verdicts say little, so that each rule starts with what all rules together
        had (`_PRIOR`), worth `_WEIGHT` verdicts: a mean of the beta-binomial.
        """
        right = self.right + _PRIOR * _WEIGHT
        return right / (self.right + self.wrong + _WEIGHT)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. *kind* is what it says of the person in its person slot.

    A rule is read by the frame reader when it has *triggers*, and by the pattern
    reader when it has *patterns*; *measured* is what it has earned on unseen news.

    Whoever fills *predecessor* goes out and whoever fills *successor* comes in, of
    the same post. *requires* names slots without which nothing is read, *traps* words
    right behind the trigger that make it mean something else, *takes* what may stand
    behind the verb (a sort of item, "job" or "none"; empty is anything), *needs*
    words of which one must follow in the clause ("leave" after "take"), *implies* the
    role that the words tell by themselves, *future* that it is only read of the
    future, *negative* that the trigger's own negation is understood and *denies* that
    the words themselves say no: "turned down the job".
    """

    id: str
    title: str
    standing: Standing
    kind: Kind
    voice: Voice
    triggers: tuple[str, ...]
    slots: Slots
    examples: tuple[Example, ...]
    cause: str | None = None
    implies: str | None = None
    requires: tuple[str, ...] = ()
    traps: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    future: bool = False
    negative: bool = False
    denies: bool = False
    patterns: tuple[Spelling, ...] = ()
    measured: Measured | None = None

    @property
    def earned(self) -> bool:
        """Whether the rule's measured precision lets it alert alone."""
        seen = self.measured
        return seen is not None and seen.precision >= _GOOD


@dataclass(frozen=True, slots=True)
class Trigger:
    """One wording of a rule's trigger and the form of its verb."""

    rule: Rule
    form: Form | None
    words: tuple[str, ...]
