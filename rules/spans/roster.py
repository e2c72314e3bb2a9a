"""Who is who in one article: full names, short forms, and what stays ambiguous."""

from __future__ import annotations

from collections.abc import Iterable

from rules.document import How, PersonRef
from rules.model import WatchedPerson
from rules.spans.names import given, parts, same_person, surname

_MOST_NAMESAKES = 50


class Roster:
    """The people that an article names: add full names first, then ask for short."""

    def __init__(self, watched: Iterable[WatchedPerson] = ()) -> None:
        self._watched: dict[str, list[WatchedPerson]] = {}
        for person in watched:
            for name in (person.name, *person.aliases):
                self._watched.setdefault(surname(name), []).append(person)
        self._groups: dict[str, list[list[str]]] = {}
        self._given: dict[str, set[str]] = {}

    def add(self, name: str) -> None:
        """Record a full name (or a surname that stands alone with a title)."""
        groups = self._groups.setdefault(surname(name), [])
        for group in groups:
            if name in group:
                return
            if given(name) and same_person(name, group[0]):
                group.append(name)
                group.sort(key=len, reverse=True)
                return
        if len(groups) < _MOST_NAMESAKES:
            groups.append([name])
        for word in given(name)[:1]:
            self._given.setdefault(word, set()).add(surname(name))

    def full(self, name: str) -> PersonRef:
        """Return the person of a full name: the watched or the fullest form of it."""
        for person in self._watched.get(surname(name), ()):
            if given(name) and any(
                same_person(name, known) for known in (person.name, *person.aliases)
            ):
                return PersonRef(person.name, _how(name, person.name), watched=True)
        for group in self._groups.get(surname(name), ()):
            if name in group:
                return PersonRef(group[0], _how(name, group[0]))
        return PersonRef(name)

    def by_surname(self, word: str) -> PersonRef | None:
        """Return the one person of this surname; None when nobody or several."""
        key = " ".join(parts(word))
        groups = [g for g in self._groups.get(key, ()) if given(g[0])]
        if len(groups) == 1:
            return self._alias(groups[0][0], word)
        if groups:
            return None
        watched = {person.name: person for person in self._watched.get(key, ())}
        if len(watched) == 1:
            name = next(iter(watched))
            return PersonRef(name, How.ALIAS, watched=True)
        alone = self._groups.get(key, ())
        return PersonRef(alone[0][0], How.EXPLICIT) if alone and not watched else None

    def by_given(self, word: str) -> PersonRef | None:
        """Return the one person of this given name, if no surname is the same."""
        surnames = self._given.get(" ".join(parts(word)), set())
        if len(surnames) != 1 or self._groups.get(" ".join(parts(word))):
            return None
        key = next(iter(surnames))
        groups = [g for g in self._groups.get(key, ()) if given(g[0])]
        mine = [g for g in groups if parts(word) == given(g[0])[:1]]
        return self._alias(mine[0][0], word) if len(mine) == 1 else None

    def _alias(self, name: str, word: str) -> PersonRef:
        ref = self.full(name)
        how = How.EXPLICIT if word == ref.name else How.ALIAS
        return PersonRef(ref.name, how, ref.watched)

    @property
    def names(self) -> tuple[str, ...]:
        """Every full name recorded, in no order that matters."""
        groups = (g for found in self._groups.values() for g in found)
        return tuple(name for group in groups for name in group)


def _how(written: str, known: str) -> How:
    return How.EXPLICIT if written == known else How.ALIAS
