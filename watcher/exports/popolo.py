"""Tenures as Popolo JSON: persons, organizations, posts and memberships. Pure.

Popolo has days, months and years and no ranges: a range is given as the smallest of
them that holds it, and left out when none does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.when import When
from state.model import Post, Tenure

Record = dict[str, str]


def dumped(tenures: Iterable[Tenure]) -> str:
    """Return the JSON document of *tenures*."""
    return json.dumps(document(tenures), ensure_ascii=False, indent=2)


def document(tenures: Iterable[Tenure]) -> dict[str, list[Record]]:
    """Return *tenures* as Popolo's four lists; each record stands once."""
    lists = _Lists()
    for tenure in tenures:
        lists.add(tenure)
    return {
        "persons": list(lists.persons.values()),
        "organizations": list(lists.organizations.values()),
        "posts": list(lists.posts.values()),
        "memberships": list(lists.memberships.values()),
    }


@dataclass(slots=True)
class _Lists:
    """The records so far, by their ids."""

    persons: dict[str, Record] = field(default_factory=dict)
    organizations: dict[str, Record] = field(default_factory=dict)
    posts: dict[str, Record] = field(default_factory=dict)
    memberships: dict[str, Record] = field(default_factory=dict)

    def add(self, tenure: Tenure) -> None:
        person = _id("person", tenure.person)
        self.persons[person] = {"id": person, "name": tenure.person}
        home = self._home(tenure.post)
        post = _id("post", tenure.post.key)
        self.posts[post] = {
            "id": post,
            "label": tenure.post.role,
            "role": tenure.post.role,
            "organization_id": home,
        }
        self.memberships[tenure.id] = {
            "id": tenure.id,
            "role": tenure.post.role,
            "label": tenure.capacity.value,
            "person_id": person,
            "organization_id": home,
            "post_id": post,
            **_dates(tenure),
            # Popolo has no word for an end without a date; more keys are allowed.
            "state": tenure.end_state.value,
        }

    def _home(self, post: Post) -> str:
        """Add the organisation and the unit of a post; return the inner one's id."""
        whole = _id("organization", post.organization)
        self.organizations[whole] = {"id": whole, "name": post.organization}
        if post.unit is None:
            return whole
        part = _id("organization", f"{post.organization}|{post.unit}")
        self.organizations[part] = {
            "id": part,
            "name": post.unit,
            "parent_id": whole,
            "classification": "unit",
        }
        return part


def _dates(tenure: Tenure) -> Record:
    dates = {"start_date": _date(tenure.start), "end_date": _date(tenure.end)}
    return {name: text for name, text in dates.items() if text}


def _date(when: When) -> str | None:
    """Return the smallest day, month or year that holds *when*; None if none does."""
    low, high = when.earliest, when.latest
    if low is None or high is None or low.year != high.year:
        return None
    if low == high:
        return low.isoformat()
    return f"{low:%Y-%m}" if low.month == high.month else f"{low:%Y}"


def _id(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.casefold().encode()).hexdigest()[:16]}"
