"""Feeds from elsewhere as `[[feeds]]` tables: checked as the config checks. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from watcher.config.keys import FeedTable
from watcher.fetch.urls import canonical, redact
from watcher.model import FeedSpec


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
        FeedTable.model_validate({key: _typed(key, keys[key]) for key in keys})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg'].removeprefix('Value error, ')}"
    return ""


def _typed(key: str, value: str) -> str | bool:
    if key == "full_text" and value in {"true", "false"}:
        return value == "true"
    return value


def _table(keys: Mapping[str, str]) -> str:
    lines = [f"{key} = {_literal(_typed(key, value))}" for key, value in keys.items()]
    return "\n".join(["[[feeds]]", *lines, ""])


def _literal(value: str | bool) -> str:  # noqa: FBT001  a value of either type
    """Return a TOML value; a string of JSON is one of TOML, DEL being the exception."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
