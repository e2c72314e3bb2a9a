"""May this article, or this sentence, matter at all? Two automata answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs

from rules.language.text import LIMIT
from rules.model import Verdict, Watchlist
from rules.spans.aliases import peoples, wordings
from rules.spans.names import parts

UNWATCHED = "names nothing that is watched"
_SHORT = 4
_LONE = re.compile("[\ud800-\udfff]")


class _Finder:
    """Finds the first whole word or phrase of a list in a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if word.strip()})
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._words,
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def first(self, text: str) -> tuple[str, int, int] | None:
        """Return the first whole match, the longest there: the word and its place.

        Every match is looked at: "named to", which "named Tom" begins like, must not
        hide "named". The automaton takes no lone surrogate; one is a blank to it.
        """
        plain = text if text.isascii() else _LONE.sub(" ", text)
        best: tuple[str, int, int] | None = None
        for index, start, end in self._automaton.find_matches_as_indexes(
            plain, overlapping=True
        ):
            if best is not None and start > best[1]:
                break
            if _whole(text, start, end):
                best = self._words[index], start, end
        return best


class Gate:
    """Passes articles with a watched name and a trigger, sentences with a trigger.

    Names are compared without case but for short ones, triggers always so. An open
    watch list needs no name.
    """

    def __init__(self, watchlist: Watchlist, triggers: Iterable[str]) -> None:
        names = tuple(_names(watchlist))
        self._open = watchlist.open
        self._short = _Finder(name for name in names if len(name) <= _SHORT)
        self._long = _Finder(name.lower() for name in names if len(name) > _SHORT)
        self._triggers = _Finder(trigger.lower() for trigger in triggers)

    def article(self, content: str) -> Verdict:
        """Judge a whole article by its first `LIMIT` characters."""
        text = content[:LIMIT]
        low = lowered(text)
        name = self._short.first(text) or self._long.first(low)
        if name is None and not self._open:
            return Verdict("gate", passed=False, note=UNWATCHED)
        trigger = self._triggers.first(low)
        if trigger is None:
            return Verdict("gate", passed=False, note="has no word of a change of post")
        about = f"names {name[0]} and" if name else "watches everything and"
        word, start, end = trigger
        return Verdict("gate", True, f"{about} has {word!r}", start, end)  # noqa: FBT003  passed

    def sentence(self, text: str) -> Verdict:
        """Judge one sentence: places are offsets into *text*."""
        trigger = self._triggers.first(lowered(text))
        if trigger is None:
            return Verdict("gate", passed=False, note="has no word of a change of post")
        word, start, end = trigger
        return Verdict("gate", True, f"has {word!r}", start, end)  # noqa: FBT003  passed


def lowered(text: str) -> str:
    """Return *text* in lower case with every character at its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("\u2019", "'")


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the match."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)


def _names(watchlist: Watchlist) -> Iterator[str]:
    for person in watchlist.people:
        for name in (person.name, *person.aliases):
            yield name
            yield name.split()[-1] if len(parts(name)) > 1 else name
    for organization in watchlist.organizations:
        yield from wordings(organization.name, organization.aliases)
        yield from peoples(organization.name)
        for unit in organization.units:
            yield unit.name
            yield from unit.aliases
