"""`backup`: a copy of the ledger, taken while the watcher runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.options import ConfigOption, ledger_of
from watcher.cli.output import say


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    config: ConfigOption = None,
) -> None:
    """Copy the ledger, also while the watcher runs; no file is replaced."""
    with ledger_of(context, config) as ledger:
        ledger.backup(file)
    say(f"wrote {file}")
