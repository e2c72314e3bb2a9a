"""`import`: who held what when the watching began, out of files of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli.options import AtOption, ConfigOption, settings_of
from watcher.cli.output import say

USAGE = 2
SHOWN = 100


def import_file(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="TOML, CSV, Popolo JSON or Wikidata's entity JSON.")
    ],
    at: AtOption = None,
    config: ConfigOption = None,
) -> None:
    """Take over who held which post when: the whole file, or nothing of it.

    Nobody is alerted.
    """
    from state.ledger import Ledger
    from watcher.clock import SystemClock
    from watcher.imports.file import read

    settings = settings_of(context, config)
    tenures, bad = read(file)
    for row in bad[:SHOWN]:
        say(row.told(file))
    if bad:
        more = f"; {len(bad) - SHOWN} more rows are wrong" if bad[SHOWN:] else ""
        say(f"{file}: nothing was imported{more}")
        raise typer.Exit(USAGE)
    with Ledger.open(settings.ledger) as ledger:
        ledger.watch(settings.watchlist, settings.policy)
        ledger.begin(tenures, at or SystemClock().now(), anew=True)
    say(f"{file}: {len(tenures)} tenures are known now")
