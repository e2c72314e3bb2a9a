"""The demo's news: who publishes what, in which words, and when. Reads only seeds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HOUR = timedelta(hours=1)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wording:
    """How a piece reads from *at* on. *body* is its paragraphs, *summary* a teaser."""

    at: datetime
    title: str
    summary: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the whole text."""
        parts = self.body.split("\n\n")
        return tuple(" ".join(part.split()) for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news with its wordings, the first as published."""

    path: str
    wordings: tuple[Wording, ...]

    @property
    def published(self) -> datetime:
        """The moment at which it first appeared."""
        return self.wordings[0].at

    def at(self, moment: datetime) -> Wording | None:
        """Return how it reads at *moment*, or None before it is published."""
        shown = [wording for wording in self.wordings if wording.at <= moment]
        return shown[-1] if shown else None


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher. *whole* when its feed carries whole texts, not teasers."""

    name: str
    kind: str
    path: str
    whole: bool
    pieces: tuple[Piece, ...]

    def showing(self, moment: datetime) -> tuple[tuple[Piece, Wording], ...]:
        """Return what its feed shows at *moment*, the newest piece first."""
        pairs = ((piece, piece.at(moment)) for piece in self.pieces)
        shown = [(piece, wording) for piece, wording in pairs if wording is not None]
        shown.sort(key=lambda pair: pair[0].published, reverse=True)
        return tuple(shown[:_SHOWN])


def load(directory: Path) -> tuple[Outlet, ...]:
    """Return the outlets whose news stands in *directory*, one file each."""
    files = sorted(directory.glob("*.toml"))
    return tuple(_outlet(tomllib.loads(file.read_text("utf-8"))) for file in files)


def _outlet(data: dict[str, Any]) -> Outlet:
    folder = data["path"].rpartition("/")[0]
    return Outlet(
        name=data["name"],
        kind=data["kind"],
        path=data["path"],
        whole=data["whole"],
        pieces=tuple(_piece(folder, item) for item in data["items"]),
    )


def _piece(folder: str, item: dict[str, Any]) -> Piece:
    first = {"at": item["published"], "summary": "", **item}
    wordings = [_wording(first)]
    for edit in item.get("edits", ()):
        first = {**first, **edit}
        wordings.append(_wording(first))
    return Piece(f"{folder}/{item['id']}", tuple(wordings))


def _wording(item: dict[str, Any]) -> Wording:
    return Wording(item["at"], item["title"], item["summary"], item["body"].strip())


def instants(outlets: Iterable[Outlet]) -> tuple[datetime, ...]:
    """Return the full hours at which a poll finds something new, in order.

    The midnights before them are there, too: what was announced for a day comes true
    before that day's news.
    """
    wordings = (w for o in outlets for piece in o.pieces for w in piece.wordings)
    hours = {_next_hour(wording.at) for wording in wordings}
    return tuple(sorted(hours | {hour.replace(hour=0) for hour in hours}))


def arriving(
    outlets: Iterable[Outlet], instant: datetime
) -> tuple[tuple[Outlet, Wording, bool], ...]:
    """Return what a poll at *instant* finds new, and whether it is an edit."""
    return tuple(
        (outlet, wording, wording is not piece.wordings[0])
        for outlet in outlets
        for piece in outlet.pieces
        for wording in piece.wordings
        if _next_hour(wording.at) == instant
    )


def _next_hour(moment: datetime) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole if whole == moment else whole + HOUR
