"""`read` and `explain`: what a text says, without a ledger and without an alert."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import (
    ConfigOption,
    JsonOption,
    PublishedOption,
    config_of,
    settings_if_any,
)
from watcher.cli.output import emit, emit_json, emit_lines

if TYPE_CHECKING:
    from datetime import datetime

    from rules.model import Article, Reading, Watchlist
    from rules.rulebook import RuleBook
    from watcher.config.settings import Settings


def read(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A text; - is stdin.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="JSON lines from stdin to stdout.")
    ] = False,
    anybody: Annotated[
        bool, typer.Option("--any", help="Watch nothing: every organisation counts.")
    ] = False,
    published: PublishedOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print what an article claims.

    With --jsonl, each line {"id", "text", "title"?, "published"?, "url"?, "watch"?}
    of stdin is answered by a line on stdout, in a state of its own; a feed's item
    may have "link" for the id and "description" for the text.
    """
    if jsonl == bool(file):
        raise typer.BadParameter("give FILE or --jsonl", param_hint="read")
    settings = settings_if_any(config_of(context, config))
    if file is None:
        _answer_lines(settings, anybody=anybody)
        return
    from watcher.articles import claimed, explain

    reading, watchlist = _reading(file, published, settings, anybody=anybody)
    if json:
        emit_json(claimed.told(reading, watchlist))
    else:
        emit_lines(explain.claims(reading))


def explain(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="URL|FILE", help="- is stdin.")],
    published: PublishedOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print what each stage made of an article.

    And which one stopped it, if one did.
    """
    from watcher.articles import explain as explaining

    settings = settings_if_any(config_of(context, config))
    reading, _ = _reading(place, published, settings)
    if json:
        emit_json(explaining.as_data(reading))
    else:
        emit_lines(explaining.lines(reading))


def _reading(
    place: str,
    published: datetime | None,
    settings: Settings | None,
    *,
    anybody: bool = False,
) -> tuple[Reading, Watchlist]:
    """Read the article at *place* for the config's watch list, or an open one."""
    from rules.model import Watchlist
    from rules.reader import Reader

    article = _article(place, published, settings)
    watched = settings is not None and not anybody
    watchlist = settings.watchlist if settings and watched else Watchlist()
    return Reader(watchlist, _rulebook(settings)).read(article), watchlist


def _rulebook(settings: Settings | None) -> RuleBook:
    from rules.rulebook import RuleBook

    return RuleBook.beside(settings.rules if settings else None)


def _article(
    place: str, published: datetime | None, settings: Settings | None
) -> Article:
    from watcher import assembly
    from watcher.articles import onepage
    from watcher.config.settings import Network

    if not onepage.is_page(place):
        return onepage.from_file(place, published)
    network = settings.network if settings else Network()
    return onepage.from_page(place, published, assembly.reaching(network))


def _answer_lines(settings: Settings | None, *, anybody: bool) -> None:
    """Answer each line of stdin as it comes."""
    from watcher.articles.jsonl import Desk

    desk = Desk(_rulebook(settings), anybody=anybody)
    for answer in desk.answers(sys.stdin.buffer):
        emit(answer)
