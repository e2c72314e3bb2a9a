"""What silence of a feed is worth, hour by hour: complete, gap or unknown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from state.model import Covered

_HOUR = timedelta(hours=1)


class Worth(StrEnum):
    """Whether all items of an hour were seen."""

    COMPLETE = "complete"
    GAP = "gap"
    UNKNOWN = "unknown"


def hours(
    spans: Iterable[Covered], since: datetime, until: datetime
) -> tuple[tuple[datetime, Worth], ...]:
    """Return each whole hour from *since* to *until* with what is known of it.

    An hour is complete when polls that join up cover all of it, a gap when items may
    have come and gone in it, and unknown while no poll has proved either.
    """
    known = tuple(spans)
    hour = since.replace(minute=0, second=0, microsecond=0)
    found = []
    while hour + _HOUR <= until:
        found.append((hour, _worth(known, hour, hour + _HOUR)))
        hour += _HOUR
    return tuple(found)


def _worth(spans: tuple[Covered, ...], since: datetime, until: datetime) -> Worth:
    if any(s.gap and s.since < until and since < s.until for s in spans):
        return Worth.GAP
    place = since
    for span in sorted(spans, key=lambda s: s.since):
        if not span.gap and span.since <= place < span.until:
            place = span.until
    return Worth.COMPLETE if place >= until else Worth.UNKNOWN
