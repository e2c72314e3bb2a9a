"""`service`: the unit by which systemd runs this very watcher."""

from __future__ import annotations

import shutil
import sys
from importlib import resources
from pathlib import Path

import typer

from watcher.cli.options import ConfigOption
from watcher.cli.output import emit

_PROGRAM = "/opt/watcher/bin/watcher"
_CONFIG = "/etc/watcher/watcher.toml"
_HIDDEN = ("/home/", "/root/", "/run/user/", "/tmp/", "/var/tmp/")  # noqa: S108  not ours


def service(context: typer.Context, config: ConfigOption = None) -> None:
    """Print a hardened unit for systemd that runs this watcher.

    With `--config`, for that config: watcher service --config FILE >
    /etc/systemd/system/watcher.service
    """
    wanted = config or context.obj
    place = Path(wanted).resolve() if wanted else Path(_CONFIG)
    program = Path(shutil.which(sys.argv[0]) or _PROGRAM).absolute()
    emit(unit(program, place).rstrip())
    for path in (program, place):
        if str(path).startswith(_HIDDEN):
            typer.echo(f"watcher: the unit cannot see {path}: {_ADVICE}", err=True)


_ADVICE = "it hides home and temporary folders; install it elsewhere, as in /opt"


def unit(program: Path, config: Path) -> str:
    """Return the unit that runs *program* with *config*; spaces and % are escaped."""
    text = resources.files("watcher.units").joinpath("watcher.service").read_text()
    return text.replace(_PROGRAM, _quoted(program)).replace(_CONFIG, _quoted(config))


def _quoted(path: Path) -> str:
    """Return a path as a word of a command line in a unit."""
    plain = str(path).replace("\\", "\\\\").replace("%", "%%").replace('"', '\\"')
    return f'"{plain}"' if " " in plain else plain
