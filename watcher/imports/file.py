"""One file of starting tenures: its bytes read, its format told, its rows checked."""

from __future__ import annotations

import json
from pathlib import Path

from state.model import StartingTenure
from watcher.imports.popolo import from_popolo
from watcher.imports.rows import BadRow, Parsed, checked, only_bad
from watcher.imports.tables import from_csv, from_toml
from watcher.imports.wikidata import from_wikidata

# A hundred thousand rows in any of the forms, and still a memory that a laptop has.
MOST_BYTES = 64 << 20


def read(file: Path) -> tuple[tuple[StartingTenure, ...], tuple[BadRow, ...]]:
    """Return the tenures that *file* holds, and every row that is wrong.

    TOML and CSV are told by the file's name, the two forms of JSON by what is inside.
    """
    try:
        text = _text(file)
    except OSError as error:
        return (), (BadRow("", "", (error.strerror or str(error)).lower()),)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return (), (BadRow(f":{line}", "", "is not UTF-8 text"),)
    if text is None:
        reason = f"is larger than {MOST_BYTES >> 20} MB; split the file"
        return (), (BadRow("", "", reason),)
    return checked(_parsed(file.suffix.lower(), text))


def _text(file: Path) -> str | None:
    """Return the text of *file*, None when it is too large."""
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    return content.decode("utf-8-sig") if len(content) <= MOST_BYTES else None


def _parsed(suffix: str, text: str) -> Parsed:
    match suffix:
        case ".toml":
            return _not_empty(from_toml(text))
        case ".csv":
            return _not_empty(from_csv(text))
        case ".json":
            return _not_empty(_from_json(text))
        case _:
            return only_bad(BadRow("", "", "is not named .toml, .csv or .json"))


def _from_json(text: str) -> Parsed:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return only_bad(BadRow(f":{error.lineno}", "", f"is not JSON: {error.msg}"))
    except (RecursionError, ValueError) as error:
        return only_bad(BadRow("", "", f"is not JSON that can be read: {error}"))
    match data:
        case {"memberships": _}:
            return from_popolo(data)
        case {"entities": dict() as entities}:
            return from_wikidata(entities)
        case {"id": str() as name, "claims": dict()}:
            return from_wikidata({name: data})
        case _:
            reason = "is neither Popolo nor Wikidata's entity JSON"
            return only_bad(BadRow("", "", reason))


def _not_empty(parsed: Parsed) -> Parsed:
    if parsed.rows or parsed.bad:
        return parsed
    return only_bad(BadRow("", "", "has no tenure in it"))
