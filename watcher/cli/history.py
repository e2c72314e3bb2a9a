"""`history`: every tenure of a post, under both clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, ledger_of
from watcher.cli.output import emit_json, emit_table

if TYPE_CHECKING:
    from datetime import datetime

    from rules.when import When
    from state.model import Version

HEADERS = (
    "organization",
    "unit",
    "role",
    "person",
    "capacity",
    "since",
    "until",
    "state",
    "belief",
    "recorded_from",
    "recorded_to",
)


def history(
    context: typer.Context,
    post: Annotated[
        str, typer.Argument(help='Words of a post: "openai post-training".')
    ],
    now: Annotated[
        bool, typer.Option("--now", help="Only what is believed now.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print all tenures of a post, in each version that was ever believed.

    since and until say when it was so, recorded_from and recorded_to when it was
    known to be so.
    """
    with ledger_of(context, config) as ledger:
        versions = ledger.history(post)
    found = [_object(v) for v in versions if v.recorded_to is None or not now]
    if json:
        emit_json(found)
    else:
        emit_table(HEADERS, [[row[name] or "" for name in HEADERS] for row in found])


def _object(version: Version) -> dict[str, str | None]:
    tenure = version.tenure
    return {
        "organization": tenure.post.organization,
        "unit": tenure.post.unit,
        "role": tenure.post.role,
        "person": tenure.person,
        "capacity": tenure.capacity.value,
        "since": _date(tenure.start),
        "until": _date(tenure.end),
        "state": tenure.end_state.value,
        "belief": tenure.belief.value,
        "recorded_from": _time(version.recorded_from),
        "recorded_to": _time(version.recorded_to),
    }


def _date(when: When) -> str | None:
    return str(when) if when.known else None


def _time(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None
