"""`demo`: two years of one organisation's news, in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    directory: Annotated[
        Path, typer.Argument(help="Where its ledger and config go.")
    ] = Path("watcher-demo"),
) -> None:
    """Run the whole way on news of its own.

    They are served from this machine; at the end it shows what it told.
    """
    from rich.console import Console

    from watcher import demo as demonstration

    demonstration.run(directory, Console(highlight=False))
