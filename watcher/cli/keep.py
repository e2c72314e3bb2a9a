"""`backup` and `doctor`: a copy of the ledger, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.options import ConfigOption, ledger_of, settings_of
from watcher.cli.output import emit, say
from watcher.printable import one_line

DAMAGED = 4


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    config: ConfigOption = None,
) -> None:
    """Copy the ledger, also while the watcher runs; no file is replaced."""
    with ledger_of(context, config) as ledger:
        ledger.backup(file)
    say(f"wrote {file}")


def doctor(context: typer.Context, config: ConfigOption = None) -> None:
    """Look the whole ledger over, and print one line for each thing that is wrong."""
    from state.doctor import examine

    path = settings_of(context, config).ledger
    found = examine(path)
    for finding in found:
        emit(one_line(finding))
    if found:
        say(f"{path}: {len(found)} wrong; go back to a copy, or replay")
        raise typer.Exit(DAMAGED)
    say(f"{path}: nothing is wrong")
