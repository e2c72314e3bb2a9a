"""Rows out of TOML (`[[tenures]]`, as in the config) and CSV. Pure."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping

from watcher.config.keys import TenureTable
from watcher.config.toml_lines import lines
from watcher.exports.tables import armed
from watcher.imports.rows import (
    BadRow,
    Parsed,
    RawRow,
    joined,
    only_bad,
    without_blanks,
)

_LINE = re.compile(r" \(at line (\d+), column \d+\)")
_ANY_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Our own CSV has it; whoever imports is believed as in the config.
_PASSED_OVER = "belief"


def from_toml(text: str) -> Parsed:
    """Return the rows of `[[tenures]]`; any other key is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _LINE.search(str(error))
        where = f":{match[1]}" if match else ""
        return only_bad(BadRow(where, "", _LINE.sub("", str(error))))
    found = lines(text)
    tenures = data.pop("tenures", [])
    bad = [BadRow(f":{found.get((key,), 1)}", key, "unknown key") for key in data]
    if not isinstance(tenures, list) or not all(isinstance(t, dict) for t in tenures):
        return only_bad(*bad, BadRow("", "tenures", "is not a list of tables"))
    rows = (
        RawRow(f":{found.get(('tenures', n), 1)}: tenures[{n}]", facts)
        for n, facts in enumerate(tenures)
    )
    return joined([*rows, *bad])


def from_csv(text: str) -> Parsed:
    """Return the rows under a header of our names, cut by commas or semicolons."""
    first = next(_cut(text), "")
    mark = ";" if ";" in first and "," not in first else ","
    reader = csv.DictReader(_cut(text), delimiter=mark, strict=True)
    try:
        bad = _header(reader.fieldnames or ())
        return only_bad(*bad) if bad else joined(_lines(reader))
    except csv.Error as error:
        return only_bad(BadRow(f":{reader.reader.line_num}", "", str(error)))


def _cut(text: str) -> Iterator[str]:
    """Yield the lines with their ends; `StringIO` would take four times the text."""
    return (found[0] for found in _ANY_LINE.finditer(text))


def _header(names: object) -> list[BadRow]:
    given = [str(name) for name in names] if isinstance(names, (list, tuple)) else []
    known = TenureTable.model_fields
    bad = [
        BadRow(":1", name, "column is missing")
        for name, column in known.items()
        if column.is_required() and name not in given
    ]
    bad += [
        BadRow(":1", name or "(no name)", "unknown column")
        for name in given
        if name not in known and name != _PASSED_OVER
    ]
    doubles = {name for name in given if given.count(name) > 1}
    return bad + [BadRow(":1", name, "stands twice") for name in sorted(doubles)]


def _lines(reader: csv.DictReader[str]) -> Iterator[RawRow | BadRow]:
    for number, cells in enumerate(reader, 1):
        where = f":{reader.line_num}: row {number}"
        if None in cells:
            yield BadRow(where, "", "has more cells than the first line has names")
        else:
            yield RawRow(where, without_blanks(_read(cells)))


def _read(cells: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name: armed(cell).strip()
        for name, cell in cells.items()
        if cell and name != _PASSED_OVER
    }
