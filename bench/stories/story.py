"""Read story files: what is watched and known, the articles, and what should follow.

A story is one TOML file. `told` of an article are the messages expected when all come
in the order of the file, `board` is who sits where after the last, `review` what waits
for a person. Articles of one `id` are texts of one article, in this order.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from rules.model import (
    Article,
    Capacity,
    Reading,
    WatchedOrganization,
    WatchedPerson,
    WatchedUnit,
    Watchlist,
)
from rules.reader import Reader
from rules.rulebook import RuleBook
from rules.spans.roles import role_key
from rules.when import When
from state.fold.posts import seats
from state.model import Post, Source, StartingTenure


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it comes: read, with the moment it is first seen."""

    reading: Reading
    source: Source
    seen: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One story file. *review* None is not checked."""

    name: str
    title: str
    case: str
    watchlist: Watchlist
    known: tuple[StartingTenure, ...]
    items: tuple[Item, ...]
    board: tuple[str, ...]
    on: date
    review: tuple[str, ...] | None


@cache
def load(path: Path) -> Story:
    """Return the story of a file, its articles read by the bundled rules."""
    told = tomllib.loads(path.read_text("utf-8"))
    watchlist = _watchlist(told)
    reader = Reader(watchlist, RuleBook.bundled())
    items = tuple(_item(n, a, reader) for n, a in enumerate(told["articles"]))
    days = [item.seen.date() for item in items]
    return Story(
        path.stem,
        told["title"],
        told["case"],
        watchlist,
        tuple(_tenure(k, told) for k in told.get("known", ())),
        items,
        tuple(sorted(told["board"])),
        told.get("on", max(days)),
        tuple(told["review"]) if "review" in told else None,
    )


def _watchlist(told: dict[str, Any]) -> Watchlist:
    organizations = tuple(
        WatchedOrganization(
            o["name"],
            tuple(o.get("aliases", ())),
            tuple(WatchedUnit(name) for name in o.get("units", ())),
        )
        for o in told["organizations"]
    )
    return Watchlist(organizations, tuple(map(WatchedPerson, told.get("people", ()))))


def _tenure(known: dict[str, Any], told: dict[str, Any]) -> StartingTenure:
    role = known["role"]
    key = role_key(role)
    organization = known.get("organization", told["organizations"][0]["name"])
    post = Post(organization, known.get("unit"), key, role, seats(key))
    capacity = Capacity(known.get("capacity", "substantive"))
    since = When.parse(known.get("since", ""))
    return StartingTenure(post, known["person"], since, None, capacity)


def _item(number: int, told: dict[str, Any], reader: Reader) -> Item:
    published = datetime.combine(told["day"], time(9), UTC)
    name = told.get("id", f"article-{number}")
    url = f"https://news.example/{name}"
    article = Article(name, told["title"], told.get("text", ""), published, url)
    outlet = told.get("outlet", "Harbor Post")
    source = Source(outlet, told.get("owner", outlet), told.get("source", "newspaper"))
    seen = datetime.combine(told.get("seen", told["day"]), time(12), UTC)
    return Item(reader.read(article), source, seen, tuple(told.get("told", ())))


def moved(item: Item, seen: datetime) -> Item:
    """Return the same article as if it came at another moment."""
    return replace(item, seen=seen)
