"""Longest match of known phrases on a list of tokens, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_VALUE = ""


class Phrases(Generic[T]):
    """Phrases as sequences of compared forms, each with the value given first."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self._root: dict[str, Any] = {}
        for words, value in entries:
            self.add(words, value)

    def add(self, words: Sequence[str], value: T) -> None:
        """Add one phrase, unless it stands already."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        if words:
            node.setdefault(_VALUE, value)

    def longest(self, lows: Sequence[str], first: int) -> tuple[int, T] | None:
        """Return the end and value of the longest phrase that starts at *first*."""
        node, best = self._root, None
        for index in range(first, len(lows)):
            if lows[index] not in node:
                break
            node = node[lows[index]]
            if _VALUE in node:
                best = (index + 1, node[_VALUE])
        return best
