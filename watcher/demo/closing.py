"""The end of the demo: the board, the log, and where the ledger stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.text import Text

from state.ledger import Ledger
from state.model import Change, Holder
from watcher.alert import headline
from watcher.cli.output import emit_table

_QUESTION = "select * from change_log"


def show_ledger(console: Console, ledger: Ledger, on: date) -> None:
    """Print who holds which post on the day *on*, what was told, and how to ask."""
    board, told = ledger.board(on), ledger.log()
    _say(console, f"\nThe board on {on}", "bold")
    emit_table(("unit", "post", "person", "capacity", "since", "belief"), _rows(board))
    _say(console, f"\nThe log: {len(told)} messages", "bold")
    emit_table(("recorded", "id", "what"), _entries(told))
    _say(console, f"\nThe ledger is {ledger.path}. Ask it:", "bold")
    for command in _commands(ledger):
        _say(console, f"  {command}")


def _say(console: Console, words: str, style: str = "") -> None:
    console.print(Text(words, style), soft_wrap=True)


def _rows(board: Iterable[Holder]) -> list[tuple[str, ...]]:
    return [
        (
            held.post.unit or "",
            held.post.role,
            held.person,
            held.capacity.value,
            str(held.since),
            held.belief.value if held.certain else f"{held.belief.value}, possible",
        )
        for held in board
    ]


def _entries(told: Iterable[Change]) -> list[tuple[str, ...]]:
    return [(f"{c.recorded_at:%Y-%m-%d}", c.id[:8], headline(c)) for c in told]


def _commands(ledger: Ledger) -> tuple[str, ...]:
    config = ledger.path.with_name("watcher.toml")
    return (
        f"sqlite3 {ledger.path} '{_QUESTION}'",
        f"watcher who post-training --on 2024-09-01 --config {config}",
        f"watcher log --config {config}",
    )
