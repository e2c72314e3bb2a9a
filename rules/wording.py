"""Pattern wordings: "{person} <succeed> {old} [as {post}]" spelt out as sequences.

A pattern is words, slots in braces, `[...]` for what may be left out, `(a|b c)` for
choices, `<succeed>` for every finite form of a verb in the active and `<be name>` in
the passive. Spelt out there is nothing left to try twice: matching walks a tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rules.language.verbs import Form, forms
from rules.language.words import words

SLOTS = words("{person} {old} {new} {agent} {post} {incoming} {seat} {org} {unit}")
_NEW = "{incoming}"
_WEAK = words(
    "to will has have been is are was were be as at of the in for by from his her "
    "their its on with and would a an"
)
_MOST = 2_000
_MARKS = "[]()|"
AUXILIARIES = {
    "{be}": (
        words("is are was were be been being has have will to set due would get"),
        words("is are was were be been being gets got getting"),
    ),
    "{will}": (
        words("will to would is are was set due has have agreed agrees about ready"),
        words("will to would 'll"),
    ),
    "{has}": (words("has have 've"), words("has have 've")),
    "{is}": (words("is are will be"), words("is are be 's")),
}
"""What may stand before a verb's form, and what must stand right before it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One sequence of words and slots; *anchor* is the place of its main word."""

    elements: tuple[str, ...]
    anchor: int
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of elements; *anchor* counts from its own start."""

    elements: tuple[str, ...] = ()
    anchor: int | None = None
    form: Form | None = None

    def then(self, other: _Part) -> _Part:
        elements = self.elements + other.elements
        if self.anchor is not None or other.anchor is None:
            return _Part(elements, self.anchor, self.form)
        return _Part(elements, len(self.elements) + other.anchor, other.form)


def wordings(pattern: str) -> tuple[Spelling, ...]:
    """Return every sequence that *pattern* stands for; raises ValueError."""
    parser = _Parser(list(_tokens(pattern)), pattern)
    parts = parser.choice()
    if parser.rest:
        raise ValueError(f"pattern {pattern!r} closes what it never opened")
    return tuple(dict.fromkeys(_anchored(part, pattern) for part in parts))


def _anchored(part: _Part, pattern: str) -> Spelling:
    if part.anchor is not None:
        return Spelling(part.elements, part.anchor, part.form)
    places = range(len(part.elements) - 1, -1, -1)
    for telling in (_strong, _NEW.__eq__):
        for place in places:
            if telling(part.elements[place]):
                return Spelling(part.elements, place)
    raise ValueError(f"pattern {pattern!r} has a wording without any word")


def _strong(element: str) -> bool:
    """Whether the word by itself hints at a change of post."""
    return element.isalpha() and element not in _WEAK


def _tokens(pattern: str) -> Iterator[str]:
    """Yield the pattern's words, slots, verbs and marks."""
    for mark in _MARKS:
        pattern = pattern.replace(mark, f" {mark} ")
    inside: list[str] = []
    for piece in pattern.split():
        inside.append(piece)
        if piece.startswith("<") and not piece.endswith(">"):
            continue
        if len(inside) > 1 and not piece.endswith(">"):
            continue
        yield " ".join(inside)
        inside = []
    if inside:
        raise ValueError(f"pattern {pattern!r} leaves a verb open")


class _Parser:
    """Reads a pattern's tokens once, from the left."""

    def __init__(self, tokens: list[str], pattern: str) -> None:
        self.rest = tokens
        self._pattern = pattern

    def choice(self) -> list[_Part]:
        """Return the parts of "a|b c", up to what closes it."""
        parts = self._sequence()
        while self.rest[:1] == ["|"]:
            self.rest.pop(0)
            parts += self._sequence()
        return parts

    def _sequence(self) -> list[_Part]:
        parts = [_Part()]
        while self.rest and self.rest[0] not in {"]", ")", "|"}:
            parts = [a.then(b) for a, b in product(parts, self._one())]
            if len(parts) > _MOST:
                raise ValueError(f"pattern {self._pattern!r} has too many wordings")
        return parts

    def _one(self) -> list[_Part]:
        token = self.rest.pop(0)
        match token[0]:
            case "[":
                return [*self._closed("]"), _Part()]
            case "(":
                return self._closed(")")
            case "<":
                return list(_verb(token[1:-1]))
            case "{":
                return [_Part((self._slot(token),))]
            case _:
                return [_Part((token.lower(),))]

    def _closed(self, mark: str) -> list[_Part]:
        parts = self.choice()
        if self.rest[:1] != [mark]:
            raise ValueError(f"pattern {self._pattern!r} lacks {mark!r}")
        self.rest.pop(0)
        return parts

    def _slot(self, token: str) -> str:
        if token not in SLOTS:
            raise ValueError(f"pattern {self._pattern!r} has an unknown slot {token}")
        return token


def _verb(lemma: str) -> Iterator[_Part]:
    """Yield "succeeds", "{has} succeeded", "{will} succeed" ... or "{be} named" ..."""
    first, *rest = lemma.split()
    if first == "be" and rest:
        yield from _passive(rest[0], tuple(rest[1:]))
        return
    for word, form in forms(first):
        lead = _BEFORE[form]
        yield _Part((*lead, word, *rest), len(lead), form)


def _passive(lemma: str, rest: tuple[str, ...]) -> Iterator[_Part]:
    participle = next(w for w, form in forms(lemma) if form is Form.PARTICIPLE)
    for lead in ((), ("{be}",)):
        yield _Part((*lead, participle, *rest), len(lead), Form.PARTICIPLE)


_BEFORE: dict[Form, tuple[str, ...]] = {
    Form.BASE: ("{will}",),
    Form.THIRD: (),
    Form.PAST: (),
    Form.PARTICIPLE: ("{has}",),
    Form.GERUND: ("{is}",),
}
