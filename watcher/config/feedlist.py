"""Feeds from elsewhere as `[[feeds]]` tables: checked as the config checks. Pure."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from watcher.config.keys import FeedTable
from watcher.fetch.urls import canonical, redact
from watcher.model import FeedSpec

Value = str | bool | int | dict[str, str]


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added to a config: *tables* as TOML; *left_out* says what is not, why."""

    tables: tuple[str, ...]
    left_out: tuple[str, ...]


def addition(
    known: Sequence[FeedSpec], offered: Iterable[Mapping[str, str]]
) -> Addition:
    """Return what a config that knows *known* gains from *offered*, keys as text."""
    seen = {canonical(feed.url) for feed in known}
    tables, left_out = [], []
    for keys in offered:
        reason = "there already" if canonical(keys["url"]) in seen else _wrong(keys)
        if reason:
            left_out.append(f"{redact(keys['url'])}: {reason}")
        else:
            tables.append(_table(keys))
            seen.add(canonical(keys["url"]))
    return Addition(tuple(tables), tuple(left_out))


def _wrong(keys: Mapping[str, str]) -> str:
    """Return what the config would say against *keys*, "" for nothing."""
    try:
        table = {key: _typed(key, keys[key]) for key in keys}
        misfit = FeedTable.model_validate(table).misfit()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg'].removeprefix('Value error, ')}"
    return "" if misfit is None else ": ".join(misfit)


def _typed(key: str, value: str) -> Value:
    """Return a value as its key has it; what cannot be read so stays text."""
    if key in {"full_text", "backfill", "select"}:
        with contextlib.suppress(ValueError, RecursionError):
            read: Value = json.loads(value)
            return read
    return value


def _table(keys: Mapping[str, str]) -> str:
    lines = [f"{key} = {_literal(_typed(key, value))}" for key, value in keys.items()]
    return "\n".join(["[[feeds]]", *lines, ""])


def _literal(value: Value) -> str:
    """Return a TOML value; a string of JSON is one of TOML, DEL being the exception."""
    if isinstance(value, dict):
        pairs = (f"{key} = {_literal(one)}" for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
