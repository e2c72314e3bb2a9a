"""Rules as data: one TOML file a rule, with examples that prove it.

A rule names its trigger words, their voice, and where the sentence keeps the person,
the office and the organisation. It knows nothing of denial, rumour or history: that
is judged in one place for all rules (`status.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from rules.errors import RuleError
from rules.language.phrases import Phrases
from rules.language.verbs import Form, forms
from rules.language.words import words
from rules.model import Kind, WatchedOrganization, WatchedUnit, Watchlist


class Voice(StrEnum):
    """How the trigger stands in its clause."""

    ACTIVE = "active"
    PASSIVE = "passive"
    INVERTED = "inverted"
    NOMINAL = "nominal"
    PHRASE = "phrase"


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
    "predicate", "person" (what stands beside the person's name) or a preposition.
    """

    person: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    predecessor: tuple[str, ...] = ()
    successor: tuple[str, ...] = ()
    companion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. *kind* is what it says of the person in its person slot.

    Whoever fills *predecessor* goes out and whoever fills *successor* comes in, of
    the same post. *requires* names slots without which nothing is read, *traps* words
    right behind the trigger that make it mean something else, *takes* what may stand
    behind the verb (a sort of item, "job" or "none"; empty is anything), *needs*
    words of which one must follow in the clause ("leave" after "take"), *implies* the
    role that the words tell by themselves, *future* that it is only read of the
    future and *negative* that the trigger's own negation is understood.
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


@dataclass(frozen=True, slots=True)
class Trigger:
    """One wording of a rule's trigger and the form of its verb."""

    rule: Rule
    form: Form | None
    words: tuple[str, ...]


class RuleBook:
    """All rules, and their triggers ready for matching."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        groups: dict[tuple[str, ...], list[Trigger]] = {}
        for rule in self.rules:
            for trigger in _wordings(rule):
                groups.setdefault(trigger.words, []).append(trigger)
        self._phrases = Phrases((w, tuple(group)) for w, group in groups.items())
        self._words = frozenset(" ".join(words) for words in groups)

    @classmethod
    def bundled(cls) -> RuleBook:
        """Return the rules that come with the program; they are read once."""
        return _bundled()

    @classmethod
    def load(cls, directory: Path | Traversable) -> RuleBook:
        """Read every rule file of *directory*; raises RuleError on a bad one."""
        try:
            files = sorted(directory.iterdir(), key=lambda file: file.name)
            texts = {f.name: f.read_bytes() for f in files if f.name.endswith(".toml")}
        except OSError as error:
            raise RuleError(str(directory), f"cannot be read: {error}") from error
        return cls(parse(name, text) for name, text in texts.items())

    @property
    def triggers(self) -> frozenset[str]:
        """Return every wording that makes a sentence worth reading."""
        return self._words

    def at(
        self, lows: tuple[str, ...], first: int
    ) -> tuple[int, tuple[Trigger, ...]] | None:
        """Return the end and the rules of the longest trigger that starts here."""
        return self._phrases.longest(lows, first)


@cache
def _bundled() -> RuleBook:
    return RuleBook.load(resources.files("rules").joinpath("book"))


def _wordings(rule: Rule) -> Iterable[Trigger]:
    for trigger in rule.triggers:
        first, *rest = trigger.split()
        match rule.voice:
            case Voice.NOMINAL | Voice.PHRASE:
                yield Trigger(rule, None, (first, *rest))
            case Voice.ACTIVE | Voice.PASSIVE | Voice.INVERTED:
                for word, form in forms(first):
                    if _fits(rule.voice, form):
                        yield Trigger(rule, form, (word, *rest))


def _fits(voice: Voice, form: Form) -> bool:
    match voice:
        case Voice.PASSIVE:
            return form is Form.PARTICIPLE
        case Voice.INVERTED:
            return form is Form.GERUND
        case _:
            return True


_PLACES = words(
    "subject object complement infinitive possessor predicate person fronted "
    "antecedent as to from of at by with for in on alongside over the"
)
_SLOTS = frozenset(Slots.__dataclass_fields__)
_KEYS = words(
    "title status kind voice triggers slots cause implies requires traps takes needs "
    "future negative example"
)
_EXAMPLE = words("text title published watch units claims")
_CLAIM = words(
    "kind person organization unit role capacity modality when replaces cause"
)


def parse(file: str, data: bytes) -> Rule:
    """Return the rule that *file* holds; raises RuleError, naming what is wrong."""
    try:
        return _rule(file, tomllib.loads(data.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(file, f"is not TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleError(file, f"lacks or misplaces {error}") from error
    except ValueError as error:
        raise RuleError(file, str(error)) from error


def _rule(file: str, table: dict[str, Any]) -> Rule:
    _known(table, _KEYS, "the rule")
    slots = _slots(table["slots"])
    triggers = _strings(table["triggers"], "triggers")
    requires = _strings(table.get("requires", []), "requires")
    if not triggers or not all(trigger.split() for trigger in triggers):
        raise ValueError("has no trigger, or an empty one")
    if not set(requires) <= _SLOTS:
        raise ValueError("requires a slot that does not exist")
    return Rule(
        id=file.removesuffix(".toml"),
        title=table["title"],
        standing=Standing(table["status"]),
        kind=Kind(table["kind"]),
        voice=Voice(table["voice"]),
        triggers=triggers,
        slots=slots,
        examples=_examples(table.get("example", [])),
        cause=table.get("cause"),
        implies=table.get("implies"),
        requires=requires,
        traps=frozenset(_strings(table.get("traps", []), "traps")),
        takes=frozenset(_strings(table.get("takes", []), "takes")),
        needs=frozenset(_strings(table.get("needs", []), "needs")),
        future=table.get("future", False),
        negative=table.get("negative", False),
    )


def _slots(table: dict[str, Any]) -> Slots:
    _known(table, _SLOTS, "slots")
    places = {slot: _strings(value, slot) for slot, value in table.items()}
    for slot, names in places.items():
        _known(dict.fromkeys(names), _PLACES, f"slot {slot}")
    if not places.get("person"):
        raise ValueError("has no place for the person")
    return Slots(**places)


def _examples(tables: list[dict[str, Any]]) -> tuple[Example, ...]:
    examples = tuple(_example(table) for table in tables)
    if not any(example.claims for example in examples):
        raise ValueError("has no example that it reads")
    if all(example.claims for example in examples):
        raise ValueError("has no example in which it stays silent")
    return examples


def _example(table: dict[str, Any]) -> Example:
    _known(table, _EXAMPLE, "an example")
    for claim in table["claims"]:
        _known(claim, _CLAIM, "an example's claim")
        Kind(claim["kind"])
    units = tuple(WatchedUnit(name) for name in table.get("units", []))
    watched = tuple(WatchedOrganization(name) for name in table.get("watch", []))
    if units:
        watched = (WatchedOrganization(watched[0].name, (), units), *watched[1:])
    published = table.get("published")
    return Example(
        text=table["text"],
        claims=tuple(table["claims"]),
        title=table.get("title", ""),
        published=_noon(published) if published else None,
        watchlist=Watchlist(watched),
    )


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def _strings(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{name} is not a list of words")
    return tuple(value)


def _known(table: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise ValueError(f"{where} has an unknown {unknown[0]!r}")
