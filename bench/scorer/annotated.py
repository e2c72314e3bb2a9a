"""Annotated news: an article with every event it tells, and which of them to alert on.

Two forms are read. TOML, one article a file, as in `tests/data/news/` (its README names
every key), and JSON lines with `events`, `alerts` and `alerts_optional` (indexes).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from rules.language.text import clean
from rules.model import Article, Kind

_KINDS = {"in": Kind.IN, "out": Kind.OUT, "start": Kind.IN, "end": Kind.OUT}


class AnnotationError(ValueError):
    """A file of annotated news is wrong; the message names file and key."""


class Tell(StrEnum):
    """What a watcher owes its user about an event."""

    ALERT = "alert"
    OPTIONAL = "optional"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the annotator read it; unknown is None."""

    kind: Kind
    person: str
    role: str | None
    organization: str | None
    unit: str | None
    tell: Tell


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article, what a user watches of it, and its events.

    *cases* are those of the taxonomy (C1 to C20, N1 to N20), *marks* its phenomena.
    """

    article: Article
    watch: tuple[str, ...]
    events: tuple[Told, ...]
    cases: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the article's id."""
        return self.article.id

    @property
    def quiet(self) -> bool:
        """Whether nothing in it may alert."""
        return all(event.tell is Tell.SILENT for event in self.events)


def load(path: Path) -> Iterator[Annotated]:
    """Yield the articles of a folder of TOML, a TOML file, or a file of JSON lines.

    Raises AnnotationError, naming the file.
    """
    if path.is_dir():
        for file in sorted(path.glob("*.toml")):
            yield _of_toml(file)
    elif path.suffix == ".toml":
        yield _of_toml(path)
    else:
        yield from _of_lines(path)


def _of_toml(file: Path) -> Annotated:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        events = tuple(
            _told(event, Tell(event["tell"])) for event in data.get("event", ())
        )
        return _annotated(file.stem, data, events)
    except (KeyError, TypeError, ValueError) as error:
        raise AnnotationError(f"{file.name}: {error}") from error


def _of_lines(file: Path) -> Iterator[Annotated]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                data = json.loads(line)
                yield _annotated(str(data["id"]), data, tuple(_indexed(data)))
            except (KeyError, TypeError, ValueError) as error:
                raise AnnotationError(f"{file.name}: line {number}: {error}") from error


def _indexed(data: Mapping[str, Any]) -> Iterator[Told]:
    must, may = set(data["alerts"]), set(data.get("alerts_optional") or ())
    for index, event in enumerate(data["events"]):
        optional = Tell.OPTIONAL if index in may else Tell.SILENT
        yield _told(event, Tell.ALERT if index in must else optional)


def _annotated(
    name: str, data: Mapping[str, Any], events: tuple[Told, ...]
) -> Annotated:
    published = datetime.fromisoformat(str(data["published"]))
    article = Article(
        name,
        " ".join(clean(data.get("title") or "").split()),
        clean(data["text"]),
        published if published.tzinfo else published.replace(tzinfo=UTC),
    )
    cases, marks = data.get("cases", ()), data.get("marks", ())
    return Annotated(
        article, tuple(data.get("watch") or ()), events, tuple(cases), tuple(marks)
    )


def _told(event: Mapping[str, Any], tell: Tell) -> Told:
    return Told(
        _KINDS[event.get("kind") or event["event"]],
        event["person"],
        event.get("role"),
        event.get("organization") or event.get("org"),
        event.get("unit"),
        tell,
    )
