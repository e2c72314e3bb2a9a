"""Rows out of Popolo JSON: memberships with their persons, posts, organizations. Pure.

An organization under another is a unit of the one at the top.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.model import Capacity
from watcher.imports.rows import (
    BadRow,
    Parsed,
    RawRow,
    joined,
    only_bad,
    without_blanks,
)

NAMES = {
    "organization": "organization_id",
    "unit": "organization_id",
    "person": "person_id",
    "since": "start_date",
    "until": "end_date",
    "capacity": "label",
}
_LISTS = ("persons", "organizations", "posts", "memberships")
_OVER = frozenset({"ended", "unknown"})
_CAPACITIES = frozenset(capacity.value for capacity in Capacity)

Record = Mapping[str, Any]


class _LooseEndError(Exception):
    """A reference that leads nowhere; *key* has it."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


def from_popolo(data: Record) -> Parsed:
    """Return a row for each membership of a Popolo document."""
    bad = [
        BadRow("", name, "is not a list of objects")
        for name in _LISTS
        if not _is_list(data.get(name, []))
    ]
    if bad:
        return only_bad(*bad)
    people = _People({name: _by_id(data.get(name, [])) for name in _LISTS})
    members = enumerate(data.get("memberships", []))
    return joined(people.row(f": memberships[{n}]", one) for n, one in members)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _by_id(records: list[Record]) -> dict[str, Record]:
    return {str(record["id"]): record for record in records if "id" in record}


class _People:
    """The document's records by list and id, and how they refer to each other."""

    def __init__(self, lists: Mapping[str, Mapping[str, Record]]) -> None:
        self.lists = lists
        self.tops: dict[int, Record] = {}

    def row(self, where: str, member: Record) -> RawRow | BadRow:
        try:
            return RawRow(where, without_blanks(self._facts(member)), NAMES)
        except _LooseEndError as error:
            return BadRow(where, error.key, error.reason)

    def _facts(self, member: Record) -> dict[str, object]:
        post = self._inner(member, "post", "posts")
        person = self._inner(member, "person", "persons")
        body = self._inner(member, "organization", "organizations")
        body = body or self._inner(post, "organization", "organizations")
        whole = self._top(body)
        label = member.get("label")
        return {
            "organization": whole.get("name"),
            "unit": body.get("name") if body is not whole else None,
            "role": member.get("role") or post.get("label") or post.get("role"),
            "person": person.get("name"),
            "since": member.get("start_date"),
            "until": member.get("end_date") or _over(member),
            "capacity": label if label in _CAPACITIES else None,
        }

    def _inner(self, record: Record, key: str, place: str) -> Record:
        """Return what *record* holds or refers to; nothing when it does neither."""
        inside, name = record.get(key), record.get(f"{key}_id")
        if isinstance(inside, dict):
            return inside
        if name is None:
            return {}
        found = self.lists[place].get(str(name))
        if found is None:
            raise _LooseEndError(f"{key}_id", f"{name!r} is not in {place}")
        return found

    def _top(self, body: Record) -> Record:
        """Return the organization above all; a long line of them is walked once."""
        above = {id(body): body}
        top = body
        while id(top) not in self.tops:
            parent = self._inner(top, "parent", "organizations")
            if parent == {}:
                break
            if id(parent) in above:
                raise _LooseEndError("parent_id", "goes round in a circle")
            above[id(parent)] = top = parent
        top = self.tops.get(id(top), top)
        self.tops |= dict.fromkeys(above, top)
        return top


def _over(member: Record) -> str | None:
    """Return "unknown" for what our own export calls over without a date."""
    return "unknown" if member.get("state") in _OVER else None
