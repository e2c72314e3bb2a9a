"""`init` and `check`: write a config to begin from, and see that all is usable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, config_of, settings_of
from watcher.cli.output import emit, emit_json, say

if TYPE_CHECKING:
    from watcher.config.settings import Settings

SEED = "watcher.toml"


def init(
    context: typer.Context,
    config: ConfigOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Write a config to begin from.

    It goes to ./watcher.toml, or where --config says.
    """
    from watcher import seeds
    from watcher.errors import ConfigError

    target = config_of(context, config) or Path("watcher.toml")
    text = seeds.path(SEED).read_text("utf-8")
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(target, "is there already (--force replaces it)") from error
    except OSError as error:
        raise ConfigError(target, error.strerror or str(error)) from error
    say(f"wrote {target}; edit it, then try: watcher check, watcher run")


def check(
    context: typer.Context, config: ConfigOption = None, json: JsonOption = False
) -> None:
    """Check config, rules and ledger.

    Nothing is changed, and a ledger that is not begun is not made.
    """
    from rules.rulebook import RuleBook
    from watcher.clock import SystemClock
    from watcher.config.exposed import exposure
    from watcher.rendering import Renderer

    settings = settings_of(context, config)
    warning = exposure(settings.file)
    if warning:
        say(warning)
    RuleBook.beside(settings.rules)
    for channel in settings.channels:
        Renderer(channel.templates).check(SystemClock().now())
    facts = _facts(settings)
    if json:
        emit_json(facts)
    else:
        emit("\n".join(f"{name}: {value}" for name, value in facts.items()))


def _facts(settings: Settings) -> dict[str, object]:
    watchlist = settings.watchlist
    return {
        "ledger": str(settings.ledger),
        "ledger state": _ledger(settings.ledger),
        "feeds": len(settings.feeds),
        "organizations": len(watchlist.organizations),
        "people": len(watchlist.people),
        "starting tenures": len(settings.tenures),
        "channels": [channel.name for channel in settings.channels],
    }


def _ledger(path: Path) -> str:
    """Open the ledger if there is one; raises LedgerError when it is unusable."""
    from state.ledger import Ledger

    if not path.exists():
        return "not begun"
    with Ledger.open(path, create=False):
        return "sound"
