"""Rows as a file has them -> starting tenures, or every row that is wrong. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from state.fold.posts import post_key
from state.model import StartingTenure
from watcher.config.build import tenure
from watcher.config.keys import TenureTable
from watcher.config.load import dotted, from_pydantic

# Enough for every legislature of the world; more is another kind of file.
MOST = 100_000
# Every member of an old parliament; the time to sort them grows with the square.
MOST_OF_POST = 20_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """One tenure as written. *where* follows the file's name: ":7" or ": posts[2]".

    *names* are what the file calls a key, where that is not our word.
    """

    where: str
    facts: Mapping[str, object]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that is wrong, at which key, and why."""

    where: str
    key: str
    reason: str

    def told(self, file: Path) -> str:
        """Return the line that a person reads."""
        return ": ".join(filter(None, (f"{file}{self.where}", self.key, self.reason)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file came to: rows, and what could not even be made a row."""

    rows: tuple[RawRow, ...] = ()
    bad: tuple[BadRow, ...] = ()


def checked(parsed: Parsed) -> tuple[tuple[StartingTenure, ...], tuple[BadRow, ...]]:
    """Return the tenures of good rows, and every bad row."""
    if len(parsed.rows) + len(parsed.bad) > MOST:
        reason = f"has more than {MOST} rows; split the file"
        return (), (BadRow("", "", reason),)
    good: dict[tuple[str, ...], str] = {}
    found: list[StartingTenure] = []
    bad = list(parsed.bad)
    for row in parsed.rows:
        one = _checked(row)
        if isinstance(one, StartingTenure):
            same = good.setdefault(_identity(one), row.where)
            if same == row.where:
                found.append(one)
                continue
            one = [BadRow(row.where, "person", f"is the same as{same}")]
        bad += one
    return tuple(found), (*bad, *_crowded(found))


def _crowded(found: Iterable[StartingTenure]) -> Iterator[BadRow]:
    """Yield the posts that have more tenures than one post ever had."""
    posts = {post_key(one.post): one.post for one in found}
    counts = Counter(post_key(one.post) for one in found)
    for key, post in posts.items():
        if counts[key] > MOST_OF_POST:
            name = f"{post.role} of {post.unit or post.organization}"
            reason = f"has {counts[key]} tenures, more than {MOST_OF_POST}"
            yield BadRow("", name, reason)


def _checked(row: RawRow) -> StartingTenure | list[BadRow]:
    try:
        table = TenureTable.model_validate(dict(row.facts))
    except ValidationError as error:
        faults = from_pydantic(error, TenureTable)
        return [_bad(row, dotted(fault.place), fault.reason) for fault in faults]
    if table.until is not None and table.until.before(table.since):
        return [_bad(row, "until", f"is before `{row.names.get('since', 'since')}`")]
    return tenure(table)


def _bad(row: RawRow, key: str, reason: str) -> BadRow:
    return BadRow(row.where, row.names.get(key, key), reason)


def _identity(one: StartingTenure) -> tuple[str, ...]:
    return (post_key(one.post), one.person.casefold(), str(one.since))


def without_blanks(facts: Mapping[str, object]) -> dict[str, object]:
    """Return what is said: an empty text or nothing is as good as no key."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


def only_bad(*bad: BadRow) -> Parsed:
    """Return what a file comes to that has no rows at all."""
    return Parsed((), tuple(bad))


def joined(parts: Iterable[RawRow | BadRow]) -> Parsed:
    """Sort good rows from bad ones, in their order; too many are not read on."""
    every = tuple(islice(parts, MOST + 1))
    return Parsed(
        tuple(part for part in every if isinstance(part, RawRow)),
        tuple(part for part in every if isinstance(part, BadRow)),
    )
