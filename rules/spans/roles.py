"""Posts and their wordings: what a role is called, which wordings are one post.

The table stands in `data/roles.toml`; `role_spans.py` finds roles in sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from rules.document import RoleRef
from rules.language.phrases import Phrases

DISTINCT = frozenset({"assistant", "associate"})
"""Qualifiers that make another post, as "deputy" does."""


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """One row of the table: *domain* says where a field of work may stand."""

    key: str
    label: str
    seats: int | None
    leads: bool
    domain: str
    verb: bool
    seat: bool = False


@dataclass(frozen=True, slots=True)
class RoleTable:
    """The table of posts, ready for matching."""

    posts: Phrases[RoleEntry]
    fields: Phrases[str]
    same: Mapping[str, str]
    qualifiers: Mapping[str, str]
    silent: frozenset[str]
    labels: Mapping[str, str]


@cache
def table() -> RoleTable:
    """Return the bundled table."""
    path = resources.files("rules").joinpath("data", "roles.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = [(_post(row), row["forms"]) for row in data["role"]]
    words = {w: kind for kind, group in data["qualifiers"].items() for w in group}
    fields = [(tuple(f.split()), f) for f in data["fields"]["words"]]
    return RoleTable(
        posts=Phrases(_entries(rows)),
        fields=Phrases(fields),
        same=data["fields"]["same"],
        qualifiers=words,
        silent=frozenset(f for post, forms in rows if not post.leads for f in forms),
        labels={f: p.key for p, forms in reversed(rows) for f in forms if p.leads},
    )


def _post(row: dict[str, Any]) -> RoleEntry:
    return RoleEntry(
        key=row["key"],
        label=row.get("label", row["key"]),
        seats=row.get("seats", 1) or None,
        leads=row.get("leads", True),
        domain=row.get("domain", ""),
        verb=row.get("verb", False),
        seat=row.get("seat", False),
    )


def _entries(
    rows: list[tuple[RoleEntry, list[str]]],
) -> Iterator[tuple[tuple[str, ...], RoleEntry]]:
    for row, forms in rows:
        for form in forms:
            post = row if row.leads else replace(row, key=form, label=form)
            yield tuple(form.split()), post
            if not (post.verb or post.seat):
                yield tuple(_plural(form).split()), post


def _plural(form: str) -> str:
    if form.endswith("man"):
        return form[:-3] + "men"
    if form.endswith("y"):
        return form[:-1] + "ies"
    return form + "s"


def leads(key: str) -> bool:
    """Whether the key is a post in our sense; researchers and founders hold none."""
    base = key.removeprefix("deputy ").removeprefix("assistant ")
    return base.removeprefix("associate ") not in table().silent


def role_key(label: str) -> str:
    """Return the key of the post that *label* words: "CEO" and "chief executive" agree.

    A label that is not known is its own key, in lower case.
    """
    ref = understand(label)
    return ref.key if ref else " ".join(label.lower().split())


def understand(label: str) -> RoleRef | None:
    """Return the role that *label* words from its first to its last word, if any."""
    from rules.spans.role_spans import whole  # noqa: PLC0415  roles and spans know each other

    return whole(label)
