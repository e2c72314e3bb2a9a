"""Rule files: one TOML file a rule, refused with its name when anything is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rules.errors import RuleError
from rules.language.words import words
from rules.model import Kind, WatchedOrganization, WatchedUnit, Watchlist
from rules.rule import Example, Measured, Rule, Slots, Standing, Voice
from rules.wording import wordings

_PLACES = words(
    "subject object complement infinitive possessor predicate person own fronted "
    "antecedent seat as to from of at by with for in on alongside over into the"
) | {"first team", "second team"}
_SLOTS = frozenset(Slots.__dataclass_fields__)
_KEYS = words(
    "title status kind voice triggers slots cause implies requires traps takes needs "
    "future negative denies patterns measured example"
)
_MEASURED = words("right wrong on")
_EXAMPLE = words("text title published watch units claims")
_CLAIM = words(
    "kind person organization unit role capacity modality when replaces cause into"
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
    if "patterns" in table:
        return _pattern_rule(file, table)
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
        denies=table.get("denies", False),
        measured=_measured(table.get("measured")),
    )


def _pattern_rule(file: str, table: dict[str, Any]) -> Rule:
    """Return a rule of the pattern reader: wordings in place of triggers and slots."""
    both = sorted({"triggers", "voice", "slots"} & table.keys())
    if both:
        raise ValueError(f"has patterns, and {both[0]} as well")
    patterns = _strings(table["patterns"], "patterns")
    if not patterns:
        raise ValueError("has no pattern")
    return Rule(
        id=file.removesuffix(".toml"),
        title=table["title"],
        standing=Standing(table["status"]),
        kind=Kind(table["kind"]),
        voice=Voice.PATTERN,
        triggers=(),
        slots=Slots(),
        examples=_examples(table.get("example", [])),
        cause=table.get("cause"),
        implies=table.get("implies"),
        patterns=tuple(w for pattern in patterns for w in wordings(pattern)),
        measured=_measured(table.get("measured")),
    )


def _measured(table: dict[str, Any] | None) -> Measured | None:
    if table is None:
        return None
    _known(table, _MEASURED, "measured")
    right, wrong = table["right"], table["wrong"]
    if not (isinstance(right, int) and isinstance(wrong, int)) or min(right, wrong) < 0:
        raise ValueError("measured: right and wrong are no counts")
    return Measured(right, wrong, str(table["on"]))


def _slots(table: dict[str, Any]) -> Slots:
    _known(table, _SLOTS, "slots")
    places = {slot: _strings(value, slot) for slot, value in table.items()}
    for slot, names in places.items():
        _known(dict.fromkeys(names), _PLACES, f"slot {slot}")
    if not (places.get("person") or places.get("unit")):
        raise ValueError("has no place for the person, nor for the team")
    return Slots(**places)


def _examples(tables: list[dict[str, Any]]) -> tuple[Example, ...]:
    examples = tuple(_numbered(n, table) for n, table in enumerate(tables, 1))
    if not any(example.claims for example in examples):
        raise ValueError("has no example that it reads")
    if all(example.claims for example in examples):
        raise ValueError("has no example in which it stays silent")
    return examples


def _numbered(number: int, table: dict[str, Any]) -> Example:
    """Return one example; what is wrong with it is said with its number."""
    try:
        return _example(table)
    except KeyError as error:
        raise ValueError(f"example {number} lacks {error}") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"example {number}: {error}") from error


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
