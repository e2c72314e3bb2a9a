"""Where a key stands in a TOML text: `tomllib` keeps no lines, people need them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*"
                  r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")  # fmt: skip
_FENCES = ('"""', "'''")


def lines(text: str) -> Mapping[Place, int]:
    """Return the line, from 1, of every table and key of *text*, by its path.

    An element of an array of tables has its number in the path: ("feeds", 1, "url").
    Keys inside inline tables are not listed; see `line_of`.
    """
    found: dict[Place, int] = {}
    table: Place = ()
    counts: Counter[Place] = Counter()
    for number, line in _outside_strings(text):
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if header:
            table = _table(header[2], counts, many=header[1] == "[[")
            found.setdefault(table, number)
        elif key:
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def line_of(place: Place, found: Mapping[Place, int]) -> int | None:
    """Return the line of *place*, or of the nearest thing around it that has one."""
    for length in range(len(place), 0, -1):
        if place[:length] in found:
            return found[place[:length]]
    return None


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that do not begin inside a multi-line string."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        if fence is None:
            yield number, line
            fence = next((f for f in _FENCES if line.count(f) == 1), None)
        elif fence in line:
            fence = None


def _parts(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(dotted: str, counts: Counter[Place], *, many: bool) -> Place:
    """Return the path of a header, numbering the elements of arrays of tables."""
    path: Place = ()
    names = _parts(dotted.strip())
    for depth, name in enumerate(names):
        path = (*path, name)
        if many and depth == len(names) - 1:
            counts[path] += 1
        if counts[path]:
            path = (*path, counts[path] - 1)
    return path
