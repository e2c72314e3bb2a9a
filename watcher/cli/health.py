"""`healthcheck`: whether the running watcher is well, for supervisors."""

from __future__ import annotations

import typer

from watcher.cli.options import ConfigOption, settings_of
from watcher.cli.output import emit
from watcher.printable import one_line

UNWELL = 1


def healthcheck(context: typer.Context, config: ConfigOption = None) -> None:
    """Say in one line whether the running watcher is well; exit with 1 if not."""
    from watcher.clock import SystemClock
    from watcher.health.check import check

    settings = settings_of(context, config)
    fault = check(settings.health, settings.ledger, SystemClock().now())
    emit(one_line(fault or "ok"))
    if fault:
        raise typer.Exit(UNWELL)
