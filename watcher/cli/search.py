"""`search`: articles and changes by the words in them, the best fit first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import (
    ConfigOption,
    JsonOption,
    SinceOption,
    ledger_of,
    start_of,
)
from watcher.cli.output import emit, emit_json, say
from watcher.printable import one_line

if TYPE_CHECKING:
    from state.store.search import FoundArticle, FoundChange, Hits, IndexSize


def search(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(help="All must be there; quotes keep order.")
    ] = None,
    since: SinceOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="At most so many of each sort.")
    ] = 20,
    raw: Annotated[
        bool, typer.Option("--raw", help="The words are a query of SQLite's FTS5.")
    ] = False,
    size: Annotated[
        bool, typer.Option("--size", help="Tell how large the index is instead.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print the changes and articles that words stand in, the best fit first."""
    from state.store.search import Search

    asked = Search(" ".join(words or ()), start_of(since), limit, raw)
    if not size and not asked.words.strip():
        raise typer.BadParameter("say what to look for", param_hint="WORDS")
    with ledger_of(context, config) as ledger:
        if size:
            _tell_size(ledger.index.size(), json=json)
        else:
            _tell(ledger.index.find(asked), json=json)


def _tell(found: Hits, *, json: bool) -> None:
    changes = [_change(one) for one in found.changes]
    articles = [_article(one) for one in found.articles]
    if json:
        emit_json({"changes": changes, "articles": articles})
    elif changes or articles:
        emit("\n".join([*map(_change_lines, changes), *map(_article_lines, articles)]))
    else:
        say("nothing is found")


def _change_lines(one: dict[str, str]) -> str:
    status = "" if one["status"] == "told" else one["status"]
    facts = ("change", one["id"][:8], one["recorded_at"][:10], status, one["headline"])
    return _block(facts, one["snippet"])


def _article_lines(one: dict[str, str]) -> str:
    facts = ("article", one["published"][:10], one["source"], one["title"])
    return _block(facts, one["snippet"], one["url"])


def _block(facts: Iterable[str], *below: str) -> str:
    """Return a line of facts, and lines below it that are set in."""
    first = "  ".join(filter(None, map(one_line, facts)))
    return "\n".join([first, *(f"    {one_line(line)}" for line in below)])


def _change(found: FoundChange) -> dict[str, str]:
    from watcher.alert import headline

    change = found.change
    return {
        "id": change.id,
        "recorded_at": f"{change.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
        "status": change.status.value,
        "headline": headline(change),
        "snippet": found.snippet,
    }


def _article(found: FoundArticle) -> dict[str, str]:
    return {
        "id": found.id,
        "published": f"{found.at:%Y-%m-%dT%H:%M:%SZ}",
        "source": found.source,
        "title": found.title,
        "url": found.url,
        "snippet": found.snippet,
    }


def _tell_size(size: IndexSize, *, json: bool) -> None:
    if json:
        emit_json(
            {
                "texts": size.texts,
                "changes": size.changes,
                "index_bytes": size.index_bytes,
                "ledger_bytes": size.ledger_bytes,
            }
        )
        return
    share = 100 * size.index_bytes / size.ledger_bytes
    emit(
        f"{size.texts} texts and {size.changes} changes in an index of "
        f"{size.index_bytes / 1e6:.1f} MB, {share:.0f} % of the ledger"
    )
