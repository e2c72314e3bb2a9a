"""Tenures as CSV that is safe in a spreadsheet, and as JSON lines. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from state.model import EndState, Tenure

COLUMNS = (
    "organization",
    "unit",
    "role",
    "person",
    "capacity",
    "since",
    "until",
    "belief",
)
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(tenures: Iterable[Tenure]) -> str:
    """Return one row a tenure under a row of names; an empty `until` is no end."""
    out = io.StringIO()
    # All cells are quoted: the library leaves a carriage return bare otherwise.
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for tenure in tenures:
        row = _facts(tenure)
        writer.writerow({name: defused(row[name] or "") for name in COLUMNS})
    return out.getvalue().rstrip("\n")


def as_jsonl(tenures: Iterable[Tenure]) -> str:
    """Return one JSON object a line and tenure."""
    return "\n".join(json.dumps(_facts(t), ensure_ascii=False) for t in tenures)


def defused(cell: str) -> str:
    """Return *cell* so that no spreadsheet calculates it: behind an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def armed(cell: str) -> str:
    """Return what `defused` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _facts(tenure: Tenure) -> dict[str, str | None]:
    return {
        "id": tenure.id,
        "organization": tenure.post.organization,
        "unit": tenure.post.unit,
        "role": tenure.post.role,
        "person": tenure.person,
        "capacity": tenure.capacity.value,
        "since": str(tenure.start),
        "until": _until(tenure),
        "state": tenure.end_state.value,
        "cause": tenure.end_cause,
        "belief": tenure.belief.value,
        "last_seen": tenure.last_seen.isoformat() if tenure.last_seen else None,
    }


def _until(tenure: Tenure) -> str | None:
    """Return the end; "unknown" is an end without a date, None is no end."""
    return None if tenure.end_state is EndState.OPEN else str(tenure.end)
