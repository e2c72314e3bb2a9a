"""What a feed itself asks of those who poll it: a pause, hours and days off. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

LONGEST = timedelta(hours=24)
_HOURS = 24
_DAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST_LIST = 4096
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([a-z]+)\s*</day>", re.IGNORECASE)


def pause(feed: Mapping[str, Any]) -> timedelta | None:
    """Return how long the feed asks to be left alone, at most a day.

    *feed* is the head as feedparser gives it: RSS's ttl, or the syndication module.
    """
    minutes = _number(feed.get("ttl"))
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    asked: Sequence[timedelta] = (
        timedelta(minutes=minutes),
        (period or timedelta()) / max(1, _number(feed.get("sy_updatefrequency"))),
    )
    return min(max(asked), LONGEST) or None


def skipped_hours(data: bytes) -> frozenset[int]:
    """Return the hours of the day (UTC) in which an RSS feed wants no visit."""
    hours = (int(hour) for hour in _HOUR.findall(_inside(data, b"skipHours")))
    # RSS 0.91 counts from 1 to 24.
    return frozenset(hour % _HOURS for hour in hours if hour <= _HOURS)


def skipped_days(data: bytes) -> frozenset[int]:
    """Return the days of the week, 0 for Monday, on which an RSS feed wants none."""
    found = _DAY.findall(_inside(data, b"skipDays"))
    names = {name.decode("ascii").lower() for name in found}
    return frozenset(number for number, day in enumerate(_DAYS) if day in names)


def _inside(data: bytes, tag: bytes) -> bytes:
    """Return what stands inside the first *tag*; a list has no room for more."""
    start = data.find(b"<" + tag + b">")
    if start < 0:
        return b""
    return data[start : start + _LONGEST_LIST].partition(b"</" + tag)[0]


def _number(value: object) -> int:
    text = str(value or "").strip()
    return int(text[:6]) if text.isascii() and text.isdigit() else 0
