"""`run`: the daemon, or one round of it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import AtOption, ConfigOption, settings_of
from watcher.cli.output import say

if TYPE_CHECKING:
    from datetime import datetime

    from watcher.clock import Clock
    from watcher.config.settings import Settings

SOME_FAILED = 5


def run(
    context: typer.Context,
    config: ConfigOption = None,
    once: Annotated[
        bool, typer.Option("--once", help="Poll, deliver, and stop.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Poll every feed at the start, due or not.")
    ] = False,
    at: AtOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 5 if a feed failed (--once).")
    ] = False,
    backfill: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Of a new feed, N items are news."),
    ] = None,
) -> None:
    """Poll feeds, keep the ledger, send alerts.

    It runs until a signal says stop, and reads the config anew on SIGHUP; --once
    polls what is due, delivers and stops.
    """
    if not once and (at is not None or strict):
        raise typer.BadParameter("goes with --once", param_hint="--at and --strict")
    from watcher import assembly, log
    from watcher.config.exposed import exposure

    def load() -> Settings:
        return _backfilling(settings_of(context, config), backfill)

    settings = load()
    log.set_up()
    warning = exposure(settings.file)
    if warning:
        say(warning)
    if not once:
        assembly.serve(settings, load, os.environ, everything=now)
        return
    done = assembly.once(settings, _clock(at), everything=now)
    if strict and done.failed:
        raise typer.Exit(SOME_FAILED)


def _backfilling(settings: Settings, items: int | None) -> Settings:
    """Return *settings* with as many *items* of each new feed as news, if given."""
    if items is None:
        return settings
    feeds = (replace(feed, backfill=items) for feed in settings.feeds)
    return replace(settings, feeds=tuple(feeds))


def _clock(at: datetime | None) -> Clock:
    from watcher.clock import FixedClock, SystemClock

    return FixedClock(at) if at else SystemClock()
