"""All rules together: loaded from files, their wordings ready for matching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path

from rules.errors import RuleError
from rules.language.phrases import Phrases
from rules.language.verbs import Form, forms
from rules.rule import Rule, Trigger, Voice
from rules.rulefile import parse
from rules.wording import Spelling

_LEFT_OUT = frozenset({"the", "his", "her", "their"})


@dataclass(slots=True)
class Tree:
    """Where the wordings of all patterns may go on, and which of them end here."""

    after: dict[str, Tree] = field(default_factory=dict)
    ends: list[tuple[Rule, Spelling]] = field(default_factory=list)


class RuleBook:
    """All rules, and their triggers ready for matching."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        groups: dict[tuple[str, ...], list[Trigger]] = {}
        for rule in self.rules:
            for trigger in _wordings(rule):
                groups.setdefault(trigger.words, []).append(trigger)
        self._phrases = Phrases((w, tuple(group)) for w, group in groups.items())
        self.tree = _tree(self.rules)
        anchors = (a for rule in self.rules for w in rule.patterns for a in _anchors(w))
        self._words = frozenset(" ".join(words) for words in groups) | set(anchors)

    @classmethod
    def bundled(cls) -> RuleBook:
        """Return the rules that come with the program; they are read once."""
        return _bundled()

    @classmethod
    def load(cls, directory: Path | Traversable) -> RuleBook:
        """Read every rule file of *directory*; raises RuleError on a bad one."""
        return cls(_rules_in(directory))

    @classmethod
    def beside(cls, directory: Path | None) -> RuleBook:
        """Return the bundled rules and those of *directory*; raises RuleError.

        A rule of the same name as one of ours is refused: two of one name could not
        be told apart in the votes of a claim.
        """
        bundled = cls.bundled()
        if directory is None:
            return bundled
        known = {rule.id for rule in bundled.rules}
        own = _rules_in(directory)
        for rule in own:
            if rule.id in known:
                raise RuleError(f"{rule.id}.toml", "has the name of a bundled rule")
        return cls((*bundled.rules, *own))

    def get(self, name: str) -> Rule | None:
        """Return the rule of that name, if there is one."""
        return next((rule for rule in self.rules if rule.id == name), None)

    @property
    def triggers(self) -> frozenset[str]:
        """Return every wording that makes a sentence worth reading."""
        return self._words

    def at(
        self, lows: tuple[str, ...], first: int
    ) -> tuple[int, tuple[Trigger, ...]] | None:
        """Return the end and the rules of the longest trigger that starts here."""
        return self._phrases.longest(lows, first)


def _tree(rules: Iterable[Rule]) -> Tree:
    """Return all wordings of all patterns as one tree, from their first elements."""
    root = Tree()
    for rule in rules:
        for wording in rule.patterns:
            node = root
            for element in wording.elements:
                node = node.after.setdefault(element, Tree())
            node.ends.append((rule, wording))
    return root


def _anchors(wording: Spelling) -> tuple[str, ...]:
    """Return the wording's telling words, or what marks a new holder's title."""
    behind = wording.elements[wording.anchor :]
    if behind[0] == "{incoming}":
        return ("new", "next", "incoming")
    return (" ".join(takewhile(str.isalpha, behind)) or behind[0],)


def _rules_in(directory: Path | Traversable) -> tuple[Rule, ...]:
    try:
        files = sorted(directory.iterdir(), key=lambda file: file.name)
        texts = {f.name: f.read_bytes() for f in files if f.name.endswith(".toml")}
    except OSError as error:
        raise RuleError(str(directory), f"cannot be read: {error}") from error
    return tuple(parse(name, text) for name, text in texts.items())


@cache
def _bundled() -> RuleBook:
    return RuleBook.load(resources.files("rules").joinpath("book"))


def _wordings(rule: Rule) -> Iterable[Trigger]:
    for trigger in _shorter(rule.triggers):
        first, *rest = trigger.split()
        match rule.voice:
            case Voice.PATTERN:
                return
            case Voice.NOMINAL | Voice.PHRASE:
                yield Trigger(rule, None, (first, *rest))
            case Voice.ACTIVE | Voice.PASSIVE | Voice.INVERTED:
                for word, form in forms(first):
                    if _fits(rule.voice, form):
                        yield Trigger(rule, form, (word, *rest))


def _shorter(triggers: Iterable[str]) -> Iterator[str]:
    """Yield every trigger, and as headlines have it: "take helm"."""
    for trigger in triggers:
        yield trigger
        first, *rest = trigger.split()
        bare = [word for word in rest if word not in _LEFT_OUT]
        if bare and len(bare) < len(rest):
            yield " ".join((first, *bare))


def _fits(voice: Voice, form: Form) -> bool:
    match voice:
        case Voice.PASSIVE:
            return form is Form.PARTICIPLE
        case Voice.INVERTED:
            return form is Form.GERUND
        case _:
            return True
