"""`decide`: a person's word, which counts above every article's and is kept for ever.

Who decides, when and why stand before the subcommand: they go with each of them.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import (
    AtOption,
    ConfigOption,
    SinceOption,
    WhenOption,
    ledger_of,
    settings_of,
)
from watcher.cli.output import emit, say

if TYPE_CHECKING:
    from state.decision import Wish

app = typer.Typer(
    name="decide",
    help="Say what is so: it counts above every article, until it is undone.",
    no_args_is_help=True,
)

_WORD = "watcher.decide.word"
ChangeArgument = Annotated[
    str, typer.Argument(metavar="CHANGE", help="Its id, or the id's first letters.")
]


@dataclass(frozen=True, slots=True)
class Word:
    """Who decides, why and when, and in which config's ledger."""

    by: str | None
    note: str
    at: datetime | None
    config: Path | None


@app.callback()
def word(
    context: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", help="Who decides; else your login's name.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Why, in free words.")] = "",
    at: AtOption = None,
    config: ConfigOption = None,
) -> None:
    """Keep who decides, and why, for the subcommand."""
    context.meta[_WORD] = Word(by, note, at, config)


@app.command("accept")
def accept(context: typer.Context, change: ChangeArgument) -> None:
    """Let a candidate count, and tell of it."""
    from state.decision import Accept

    _decide(context, Accept(change))


@app.command("reject")
def reject(context: typer.Context, change: ChangeArgument) -> None:
    """Let what a change tells not count; whoever was told of it is told so."""
    from state.decision import Reject

    _decide(context, Reject(change))


@app.command("correct")
def correct(
    context: typer.Context,
    change: ChangeArgument,
    date: WhenOption = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The person's right name.")
    ] = None,
    post: Annotated[
        str | None, typer.Option("--post", help="The right role, in words.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help='The right team; "" is none.')
    ] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="The right organisation.")
    ] = None,
) -> None:
    """Let what a change tells count with the right date, name or post."""
    from state.decision import Correct

    _decide(context, Correct(change, date, name, post, unit, organization))


@app.command("merge")
def merge(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The name to give up.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name that stays.")],
    organizations: Annotated[
        bool, typer.Option("--organizations", help="They are no people.")
    ] = False,
) -> None:
    """Let two names be one person, or one organisation."""
    from state.decision import Merge

    _decide(context, Merge("organization" if organizations else "person", old, new))


@app.command("split")
def split(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The shared name.")],
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="ORG", help="There it is the other's."),
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", help="In this one (id, address) it is the other's."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="ORG", help="Anywhere else it is the other's."),
    ] = None,
    new: Annotated[
        str | None, typer.Option("--as", help='The other; else "PERSON (ORG)".')
    ] = None,
) -> None:
    """Let one name be two people: what is said of the other goes by another name."""
    from state.decision import Split

    places, articles = tuple(of or ()), tuple(article or ())
    if new is None and len(places) != 1:
        raise typer.BadParameter("say what the other is called", param_hint="--as")
    other = new if new is not None else f"{person} ({places[0]})"
    _decide(context, Split(person, other, places, articles, tuple(keep or ())))


@app.command("pin")
def pin(
    context: typer.Context,
    post: Annotated[
        str, typer.Argument(metavar="POST", help='Its words: "openai post-training".')
    ],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who holds it.")],
    since: SinceOption = None,
) -> None:
    """Let a person hold a post, whatever articles say from now on."""
    from rules.when import When
    from state.decision import Pin

    _decide(context, Pin(post, person, since or When()))


@app.command("undo")
def undo(
    context: typer.Context,
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="Its id, or the first letters.")
    ],
) -> None:
    """Let a decision count no more."""
    from state.decision import Undo

    _decide(context, Undo(decision))


def _decide(context: typer.Context, wish: Wish) -> None:
    """Keep the decision and print its id; the daemon sends what follows from it."""
    from state.decision import Chair
    from watcher.alert import headline
    from watcher.clock import SystemClock

    said: Word = context.meta[_WORD]
    settings = settings_of(context, said.config)
    chair = Chair(
        said.by or getpass.getuser(), said.at or SystemClock().now(), said.note
    )
    channels = tuple(spec.name for spec in settings.channels)
    with ledger_of(context, said.config) as ledger:
        ledger.watch(settings.watchlist, settings.policy)
        made, told = ledger.decide(wish, chair, channels)
    emit(made.id)
    for change in told:
        say(f"will be told: {headline(change)}")
