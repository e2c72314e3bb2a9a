"""Checked tables -> what goes out where and when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import get_args

from watcher.config.keys import ChannelTable, SilenceTable, Weekday
from watcher.routing import Quiet, Route, Silence, Timetable


def route(table: ChannelTable) -> Route:
    """Return what the keys of a channel say of its route."""
    return Route(
        organizations=_folded(table.organizations),
        units=_folded(table.units),
        people=_folded(table.people),
        kinds=frozenset(kind.value for kind in table.kinds),
        beliefs=frozenset(belief.value for belief in table.beliefs),
        zone=table.zone,
        quiet=Quiet(*table.quiet_hours) if table.quiet_hours else None,
        digest=_timetable(table),
        per_hour=table.max_per_hour,
        group_wait=table.group_wait or timedelta(),
    )


def silence(table: SilenceTable) -> Silence:
    """Return the silence that a table asks for."""
    return Silence(
        until=table.until,
        begin=table.since,
        channel=table.channel,
        organization=table.organization,
        unit=table.unit,
        person=table.person,
    )


def _timetable(table: ChannelTable) -> Timetable | None:
    if table.digest is None:
        return None
    day = get_args(Weekday).index(table.digest_day)
    return Timetable(table.digest_at, day if table.digest == "weekly" else None)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
