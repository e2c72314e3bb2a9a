"""`search`: articles and changes by the words in them, the best fit first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
        return
    for one in changes:
        _print("change", one["id"][:8], one["recorded_at"][:10], one["headline"])
        emit(f"    {one_line(one['snippet'])}")
    for one in articles:
        _print("article", one["published"][:10], one["source"], one["title"])
        emit(f"    {one_line(one['snippet'])}")
        emit(f"    {one_line(one['url'])}")
    if not changes and not articles:
        say("nothing is found")


def _print(*facts: str) -> None:
    emit("  ".join(filter(None, map(one_line, facts))))


def _change(found: FoundChange) -> dict[str, Any]:
    from watcher.alert import headline

    change = found.change
    return {
        "id": change.id,
        "recorded_at": f"{change.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
        "status": change.status.value,
        "headline": headline(change),
        "snippet": found.snippet,
    }


def _article(found: FoundArticle) -> dict[str, Any]:
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
