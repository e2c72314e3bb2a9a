"""`feeds coverage` and `feeds revive`: what silence is worth; a feed asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, settings_of
from watcher.cli.output import emit, emit_json, say
from watcher.errors import ListError

if TYPE_CHECKING:
    from datetime import datetime

    from watcher.config.settings import Settings
    from watcher.hours import Worth
    from watcher.model import FeedSpec

NameArgument = Annotated[str, typer.Argument(help="The feed's name, or its address.")]
DaysOption = Annotated[int, typer.Option(help="How many days back.", min=1, max=366)]
_MARKS = {"complete": "#", "gap": "!", "unknown": "."}
_HOURS = 24


def show_coverage(
    context: typer.Context,
    days: DaysOption = 7,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Show for which hours all items of each feed were seen.

    A line a day, a mark an hour (UTC): # all were seen, ! some may be missing, . nobody
    knows yet.
    """
    known = _hours(settings_of(context, config or context.obj), days)
    if json:
        emit_json([_object(feed, found) for feed, found in known])
        return
    for feed, found in known:
        emit(feed.name)
        for line in _lines(found):
            emit(f"  {line}")


def revive_feed(
    context: typer.Context, name: NameArgument, config: ConfigOption = None
) -> None:
    """Ask a feed again that has ended (410), or at its own address once it moved."""
    from dataclasses import replace

    from state.ledger import Ledger

    settings = settings_of(context, config or context.obj)
    feed = next((f for f in settings.feeds if name in (f.name, f.url)), None)
    if feed is None:
        raise ListError(settings.file, f"has no feed of the name {name!r}")
    with Ledger.open(settings.ledger, create=False) as ledger:
        state = ledger.feed_state(feed.url)
        ledger.save_feed_state(
            replace(state, gone=False, error=None, address=None, next_due_at=None)
        )
    say(f"{feed.name} is asked again with the next poll")


def _hours(
    settings: Settings, days: int
) -> list[tuple[FeedSpec, tuple[tuple[datetime, Worth], ...]]]:
    from datetime import timedelta

    from state.ledger import Ledger
    from watcher.clock import SystemClock
    from watcher.hours import hours

    now = SystemClock().now()
    since = now - timedelta(days=days)
    with Ledger.open(settings.ledger, create=False) as ledger:
        return [
            (f, hours(ledger.coverage.covered(f.url, since), since, now))
            for f in settings.feeds
        ]


def _lines(found: tuple[tuple[datetime, Worth], ...]) -> list[str]:
    days: dict[str, list[str]] = {}
    for hour, worth in found:
        row = days.setdefault(f"{hour:%Y-%m-%d}", [" "] * _HOURS)
        row[hour.hour] = _MARKS[worth]
    return [f"{day}  {''.join(row)}" for day, row in days.items()]


def _object(
    feed: FeedSpec, found: tuple[tuple[datetime, Worth], ...]
) -> dict[str, object]:
    hours = {hour.isoformat(): worth.value for hour, worth in found}
    return {"name": feed.name, "url": feed.url, "hours": hours}
