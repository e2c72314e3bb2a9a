"""Who is in play: people of the sentences before, for "she" and for "the head"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.document import PersonRef
from rules.reading.items import Item, Office, Sort

_BACK = 2


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The person a pronoun means; *certain* when no one else is in play."""

    person: PersonRef
    offices: tuple[Office, ...] = ()
    certain: bool = True


class Scene:
    """The folded sentences of one article, read in order."""

    def __init__(self) -> None:
        self._sentences: list[tuple[Item, ...]] = []
        self._new: frozenset[str] = frozenset()

    def enter(self, items: Sequence[Item], newcomers: Iterable[str] = ()) -> None:
        """Add the people of a sentence that has been read, *newcomers* among them."""
        people = tuple(i for i in items if i.sort is Sort.PERSON)
        self._sentences.append(people)
        self._new = frozenset(newcomers)

    def antecedent(self, here: Iterable[Item], before: int) -> Antecedent | None:
        """Return whom a pronoun at token *before* means, or None.

        People named before it in its own sentence come first, then those of the
        sentence before, and of the one before that. Of several, whoever has just come
        into a post: "Hale named Prieto chief. She replaces Adler."
        """
        own = _distinct(item for item in here if item.last <= before)
        if own:
            return _one(own)
        for people in reversed(self._sentences[-_BACK:]):
            found = _distinct(people)
            new = [i for i in found if i.person and i.person.name in self._new]
            if found:
                return _one(new if len(new) == 1 else found)
        return None


def _distinct(items: Iterable[Item]) -> list[Item]:
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda i: i.first):
        if item.person is not None:
            found.setdefault(item.person.name, item)
    return list(found.values())


def _one(people: list[Item]) -> Antecedent | None:
    """Return the only one surely, the first named of two loosely."""
    first = people[0]
    if first.person is None:
        return None
    return Antecedent(first.person, first.offices, certain=len(people) == 1)
