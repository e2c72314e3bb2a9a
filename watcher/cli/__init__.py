"""The command line: one typer app, one file a group of commands.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from watcher.cli import (
    alerts,
    ask,
    begin,
    decide,
    demo,
    export,
    feeds,
    health,
    history,
    importing,
    keep,
    replay,
    rules,
    run,
    search,
    service,
    text,
)
from watcher.cli.options import ConfigOption

app = typer.Typer(
    name="watcher",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Watch who leads what: news in, one alert for each change out.",
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"leadership-watcher {version('leadership-watcher')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    config: ConfigOption = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print it."),
    ] = False,
) -> None:
    context.obj = config
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command("init")(begin.init)
app.command("check")(begin.check)
app.command("run")(run.run)
app.command("healthcheck")(health.healthcheck)
app.command("service")(service.service)
app.command("who")(ask.who)
app.command("history")(history.history)
app.command("log")(ask.log)
app.command("show")(ask.show)
app.command("search")(search.search)
app.command("replay")(replay.replay)
app.command("explain")(text.explain)
app.command("read")(text.read)
app.command("backup")(keep.backup)
app.command("doctor")(keep.doctor)
app.command("import")(importing.import_file)
app.command("export")(export.export)
app.command("demo")(demo.demo)
app.add_typer(decide.app)
app.add_typer(alerts.app)
app.add_typer(feeds.app)
app.add_typer(rules.app)
