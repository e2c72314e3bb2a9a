"""`replay`: what the stored articles would tell under today's rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, settings_of
from watcher.cli.output import emit_json, emit_table, say

if TYPE_CHECKING:
    from state.model import Change
    from state.replay import Difference, Tick

GAINED, LOST = "would now be told", "no longer told"


def replay(
    context: typer.Context,
    apply: Annotated[
        bool, typer.Option("--apply", help="Take the result over; alert nobody anew.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Build the ledger anew from its articles and decisions.

    Today's rules and watch list read them. Printed are the changes that would now be
    told, and those that would be told no longer; the ledger stays as it is.
    """
    from watcher.replay import again

    settings = settings_of(context, config)
    with _bar() as tick:
        found = again(settings, tick, apply=apply)
    if json:
        emit_json(_object(found))
    elif found.gained or found.lost:
        rows = [*_rows(LOST, found.lost), *_rows(GAINED, found.gained)]
        emit_table(("difference", "change", "recorded", "headline"), rows)
    say(_summary(found, apply=apply))


@contextmanager
def _bar() -> Iterator[Tick]:
    """Show on a terminal how far it is; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("replaying", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _rows(what: str, changes: Iterable[Change]) -> Iterator[list[str]]:
    from watcher.alert import headline

    for change in changes:
        recorded = f"{change.recorded_at:%Y-%m-%d %H:%M}"
        yield [what, change.id[:8], recorded, headline(change)]


def _object(found: Difference) -> dict[str, object]:
    from watcher.alert import message

    return {
        "gained": [message(change) for change in found.gained],
        "lost": [message(change) for change in found.lost],
    }


def _summary(found: Difference, *, apply: bool) -> str:
    gained, lost = len(found.gained), len(found.lost)
    taken = "taken over" if apply else "the ledger is as it was; --apply takes it over"
    return f"{gained} {GAINED}, {lost} {LOST}; {taken}"
