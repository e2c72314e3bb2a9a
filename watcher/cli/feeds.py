"""`feeds`: how each feed is doing, what may have been missed; from and to OPML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.coverage import revive_feed, show_coverage
from watcher.cli.findfeeds import find_feeds
from watcher.cli.options import ConfigOption, JsonOption, settings_of
from watcher.cli.output import emit_json, emit_table, say
from watcher.errors import ListError
from watcher.fetch.urls import redact
from watcher.silence import expected_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from state.model import FeedState, Gap
    from watcher.config.settings import Settings
    from watcher.model import FeedSpec

FileArgument = Annotated[Path, typer.Argument(help="An OPML file.")]
HEADERS = ("feed", "health", "last change", "expected by", "next due", "gaps")
app = typer.Typer(name="feeds", help="How each feed is doing; feeds from and to OPML.")

app.command("find")(find_feeds)
app.command("revive")(revive_feed)
app.command("coverage")(show_coverage)


@dataclass(frozen=True, slots=True)
class _Known:
    """What config and ledger know of one feed."""

    feed: FeedSpec
    state: FeedState
    gaps: tuple[Gap, ...]


@app.callback(invoke_without_command=True)
def show_feeds(
    context: typer.Context, config: ConfigOption = None, json: JsonOption = False
) -> None:
    """Show each feed's health, last change, when it is due next, and its gaps."""
    context.obj = config or context.obj
    if context.invoked_subcommand is not None:
        return
    known = _known(settings_of(context, config))
    if json:
        emit_json([_object(one) for one in known])
    elif known:
        emit_table(HEADERS, [_row(one) for one in known])
    else:
        say("no feeds in the config")


@app.command("import")
def import_feeds(
    context: typer.Context, file: FileArgument, config: ConfigOption = None
) -> None:
    """Add the feeds of an OPML file to the config; those it has stay as they are."""
    from watcher import opml
    from watcher.config.feedlist import addition

    settings = settings_of(context, config)
    try:
        offered = opml.outlines(file.read_bytes())
    except OSError as error:
        raise ListError(file, error.strerror or str(error)) from error
    except ValueError as error:
        raise ListError(file, str(error)) from error
    gained = addition(settings.feeds, offered)
    if gained.tables:
        _append(settings.file, gained.tables)
    for line in gained.left_out:
        say(f"left out: {line}")
    say(f"{len(gained.tables)} of {len(offered)} feeds added to {settings.file}")


@app.command("export")
def export_feeds(
    context: typer.Context, file: FileArgument, config: ConfigOption = None
) -> None:
    """Write the feeds of the config to a new OPML file."""
    from watcher import opml

    feeds = settings_of(context, config).feeds
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(opml.text(feeds))
    except FileExistsError as error:
        raise ListError(file, "is there already; name another file") from error
    except OSError as error:
        raise ListError(file, error.strerror or str(error)) from error
    say(f"wrote {len(feeds)} feeds to {file}")
    if any(redact(feed.url) != feed.url for feed in feeds):
        say("mind that it holds addresses with passwords or tokens")


def _append(config: Path, tables: Iterable[str]) -> None:
    """Write the config anew with *tables* at its end, in one step."""
    draft = config.with_name(f"{config.name}.new")
    try:
        text = config.read_text("utf-8").rstrip()
        draft.write_text("\n\n".join([text, *tables]), "utf-8")
        draft.chmod(config.stat().st_mode)
        draft.replace(config)
    except OSError as error:
        raise ListError(config, error.strerror or str(error)) from error


def _known(settings: Settings) -> list[_Known]:
    """Return what is known of each feed; without a ledger none was ever polled."""
    from state.ledger import Ledger
    from state.model import FeedState

    if not settings.ledger.exists():
        return [_Known(feed, FeedState(feed.url), ()) for feed in settings.feeds]
    with Ledger.open(settings.ledger, create=False) as ledger:
        return [
            _Known(feed, ledger.feed_state(feed.url), ledger.coverage.gaps(feed.url))
            for feed in settings.feeds
        ]


def health(state: FeedState) -> str:
    """Return in few words how a feed is doing."""
    if state.gone:
        return "ended"
    if state.failures:
        return f"failed {state.failures}x: {state.error}"
    if state.silence_told:
        return "silent"
    return "ok" if state.checked_at else "not polled yet"


def _row(known: _Known) -> list[str]:
    last = known.gaps[-1:]
    gaps = "".join(f"{len(known.gaps)}, last until {_short(gap.until)}" for gap in last)
    due = "never" if known.state.gone else _short(known.state.next_due_at)
    changed = _short(known.state.changed_at)
    by = "" if known.state.gone else _short(expected_by(known.state))
    return [known.feed.name, health(known.state), changed, by, due, gaps]


def _object(known: _Known) -> dict[str, object]:
    state = known.state
    return {
        "name": known.feed.name,
        "url": redact(known.feed.url),
        "health": health(state),
        "failures": state.failures,
        "error": state.error,
        "ended": state.gone,
        "last_polled": _iso(state.checked_at),
        "last_change": _iso(state.changed_at),
        "expected_by": _iso(expected_by(state)),
        "next_due": _iso(state.next_due_at),
        "moved_to": redact(state.address) if state.address else None,
        "gaps": [
            {"since": _iso(gap.since), "until": _iso(gap.until)} for gap in known.gaps
        ],
    }


def _short(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z" if moment else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
