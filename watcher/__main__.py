"""The entry: runs the command line and turns every error into one line and a code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from rules.errors import RulesError
from state.errors import LedgerDamagedError, LedgerNewerError, SearchError, StateError
from watcher.cli import app
from watcher.errors import AlreadyRunningError, ConfigError, WatcherError
from watcher.printable import one_line

FAULT, USAGE, RUNNING, LEDGER, INTERRUPTED = 1, 2, 3, 4, 130


def main() -> None:
    """Run `watcher` with the arguments of this process; never returns."""
    _mend_streams()
    sys.exit(run(sys.argv[1:]))


def _mend_streams() -> None:
    """Let closed streams go nowhere, and narrow ones escape what they cannot show."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  kept open
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; what goes wrong is one line of words.

    The one catch-all of the program: a fault of its own is told by name.
    """
    command = typer.main.get_command(app)
    try:
        code = command.main(list(arguments), "watcher", standalone_mode=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        typer.echo(f"watcher: {one_line(_words(error))}", err=True)
        return exit_code(error)
    return code if isinstance(code, int) else 0


def exit_code(error: Exception) -> int:
    """Return the documented exit code for *error*."""
    match error:
        case ConfigError() | SearchError():
            return USAGE
        case typer.TyperException():
            return error.exit_code
        case AlreadyRunningError():
            return RUNNING
        case LedgerDamagedError() | LedgerNewerError():
            return LEDGER
        case _:
            return FAULT


def _words(error: Exception) -> str:
    """Return what to say: an expected error's own words, or a fault by its name."""
    if isinstance(error, typer.TyperException):
        return error.format_message()
    if isinstance(error, (WatcherError, StateError, RulesError, OSError)):
        return str(error)
    return f"internal fault: {type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
