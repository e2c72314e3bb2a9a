"""Countries and other places, and what their people are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rules.language.phrases import Phrases
from rules.language.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Atlas:
    """Known places by their compared forms; *nations* are the countries among them.

    *demonyms* gives the country that "french" or "ukrainian" speaks of.
    """

    places: Phrases[str]
    nations: Phrases[str]
    demonyms: dict[str, str]


@cache
def atlas() -> Atlas:
    """Return the bundled places."""
    path = resources.files("rules").joinpath("data", "places.txt")
    places: Phrases[str] = Phrases(())
    nations: Phrases[str] = Phrases(())
    demonyms: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            for name in _plain(line[1:]):
                places.add(_lows(name), name)
        elif line[:1] not in {"#", ""}:
            country, others, people = line.split("|")
            for name in [country, *filter(None, others.split(";"))]:
                places.add(_lows(name), country)
                nations.add(_lows(name), country)
            demonyms.update(dict.fromkeys(people.split(), country))
    return Atlas(places, nations, demonyms)


def _plain(line: str) -> Iterator[str]:
    yield from line.split(";") if ";" in line else line.split()


def _lows(name: str) -> tuple[str, ...]:
    return tuple(token.low for token in tokenize(name))


def is_place(lows: tuple[str, ...]) -> bool:
    """Whether these words are, all of them, the name of a known place."""
    found = atlas().places.longest(lows, 0)
    return found is not None and found[0] == len(lows)
