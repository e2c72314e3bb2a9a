"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rules.when import When
    from state.ledger import Ledger
    from watcher.config.settings import Settings


def day(text: str) -> date:
    """Read YYYY-MM-DD; raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date (YYYY-MM-DD)") from None


def moment(text: str) -> datetime:
    """Read an ISO date or time, UTC when it names no zone; raises BadParameter."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not an ISO date or time") from None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def when(text: str) -> When:
    """Read a day, a month, a year or low/high; raises typer.BadParameter."""
    from rules.when import When

    try:
        return When.parse(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not YYYY, YYYY-MM or a date") from None


def end_of(text: str) -> datetime:
    """Read like `moment`, but a day alone is its end: all that was known on it."""
    read = moment(text)
    if len(text) > len("YYYY-MM-DD"):
        return read
    return datetime.combine(read.date(), time.max, UTC)


def start_of(since: When | None) -> datetime | None:
    """Return the first instant of a date, a month or a year, in UTC."""
    if since is None or since.earliest is None:
        return None
    return datetime.combine(since.earliest, time.min, UTC)


ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="The config; else $WATCHER_CONFIG, ./watcher.toml."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
AtOption = Annotated[
    datetime | None,
    typer.Option(parser=moment, metavar="TIME", help="With the clock set to TIME."),
]
PublishedOption = Annotated[
    datetime | None,
    typer.Option(parser=moment, metavar="TIME", help="When the text was published."),
]
OnOption = Annotated[
    date | None, typer.Option(parser=day, metavar="DATE", help="On that day.")
]
WhenOption = Annotated[
    Any, typer.Option("--date", parser=when, metavar="DATE", help="The right date.")
]
SinceOption = Annotated[
    Any, typer.Option("--since", parser=when, metavar="DATE", help="Since when.")
]
AsKnownOption = Annotated[
    datetime | None,
    typer.Option(parser=end_of, metavar="DATE", help="As it was known then."),
]


def config_of(context: typer.Context, config: Path | None) -> Path | None:
    """Return the config named at the command, or before it."""
    named: Path | None = config or context.obj
    return named


def settings_of(context: typer.Context, config: Path | None) -> Settings:
    """Load the config; raises ConfigError."""
    from watcher.config.load import load

    return load(config_of(context, config), os.environ)


def settings_if_any(config: Path | None) -> Settings | None:
    """Load the config if there is one; raises ConfigError when it cannot be used."""
    from watcher.config.load import find, load

    place = find(config, os.environ)
    return load(place, os.environ) if place else None


@contextmanager
def ledger_of(context: typer.Context, config: Path | None) -> Iterator[Ledger]:
    """Open the ledger of the config for reading; raises LedgerError, ConfigError."""
    from state.errors import LedgerError
    from state.ledger import Ledger

    path = settings_of(context, config).ledger
    if not path.exists():
        raise LedgerError(path, "no ledger here yet; `watcher run` begins one")
    with Ledger.open(path, create=False) as ledger:
        yield ledger
