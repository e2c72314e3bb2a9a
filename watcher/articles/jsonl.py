"""`watcher read --jsonl`: one JSON object in, one out, each in a state of its own.

A bad line gives an error object for that line, and the next is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from rules.language.text import clean
from rules.model import Article, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from watcher.articles import claimed, watchnames
from watcher.markup import plain

_READERS = 64


class BadLineError(ValueError):
    """A line that is no request; *request_id* is its id, where it has one."""

    def __init__(self, reason: str, request_id: object = None) -> None:
        super().__init__(reason)
        self.request_id = request_id


@dataclass(frozen=True, slots=True)
class Request:
    """One line of input: its *id* as given, the article, and the names to watch."""

    id: str | float
    article: Article
    watch: tuple[str, ...] = ()


class Desk:
    """Answers requests; readers are kept for the watch lists that come again.

    *anybody* reads every line as if it watched nothing: each organisation counts.
    """

    def __init__(self, rulebook: RuleBook, *, anybody: bool = False) -> None:
        def reader(watchlist: Watchlist) -> Reader:
            return Reader(watchlist, rulebook)

        self._anybody = anybody
        self._reader = lru_cache(_READERS)(reader)

    def answers(self, lines: Iterable[bytes]) -> Iterator[str]:
        """Return one line of JSON for each line that is not blank."""
        for line in lines:
            if line.strip():
                yield json.dumps(self.answer(line))

    def answer(self, line: bytes) -> dict[str, Any]:
        """Return the object for one line: what it tells, or what is wrong with it."""
        try:
            request = parse(line)
        except BadLineError as error:
            return _fault(error.request_id, str(error))
        try:
            return self._read(request)
        except Exception as error:
            # One text that our rules choke on must not cost the thousand behind it.
            return _fault(request.id, f"fault: {type(error).__name__}: {error}")

    def _read(self, request: Request) -> dict[str, Any]:
        watch = () if self._anybody else request.watch
        watchlist = watchnames.watchlist(watch)
        reading = self._reader(watchlist).read(request.article)
        return {"id": request.id, **claimed.told(reading, watchlist)}


def parse(line: bytes) -> Request:
    """Return the request on one line; raises BadLineError."""
    try:
        data = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not a line of JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadLineError("not a JSON object")
    name = data.get("id", data.get("link"))
    if not isinstance(name, (str, int, float)):
        raise BadLineError("id: is missing or not a string or number")
    try:
        return Request(name, _article(data), _watch(data.get("watch")))
    except BadLineError as error:
        raise BadLineError(str(error), name) from error


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


def _article(data: dict[str, Any]) -> Article:
    return Article(
        id=str(data.get("id", data.get("link"))),
        title=" ".join(clean(_string(data, "title")).split()),
        text=clean(_text(data)),
        published=_published(data.get("published")),
        url=_string(data, "url") or _string(data, "link"),
    )


def _text(data: dict[str, Any]) -> str:
    """Return the text, or what a feed's item has for it: the description, unmarked."""
    if "text" not in data and isinstance(data.get("description"), str):
        return plain(data["description"])
    text = data.get("text")
    if not isinstance(text, str):
        raise BadLineError("text: is missing or not a string")
    return text


def _string(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLineError(f"{key}: is not a string")
    return value or ""


def _published(value: object) -> datetime | None:
    """Return the time of publication; a day alone, or no zone, is UTC."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLineError("published: is not a string")
    try:
        read = datetime.fromisoformat(value.strip())
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        reason = "is not YYYY-MM-DD or an ISO time"
        raise BadLineError(f"published: {value!r} {reason}") from error


def _watch(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadLineError("watch: is not a list of names")
    return tuple(sorted({" ".join(name.split()) for name in value if name.strip()}))


def _fault(request_id: object, reason: str) -> dict[str, Any]:
    named = {} if request_id is None else {"id": request_id}
    return {**named, "error": reason}
