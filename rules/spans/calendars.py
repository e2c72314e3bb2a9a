"""Arithmetic of days, weeks, months, seasons and years as news speaks of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

from rules.when import When

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan jan.",
            "february feb feb.",
            "march mar.",
            "april apr apr.",
            "may",
            "june jun jun.",
            "july jul jul.",
            "august aug aug.",
            "september sept sept. sep sep.",
            "october oct oct.",
            "november nov nov.",
            "december dec dec.",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon.",
            "tuesday tue. tues.",
            "wednesday wed.",
            "thursday thu. thur. thurs.",
            "friday fri.",
            "saturday sat.",
            "sunday sun.",
        )
    )
    for name in names.split()
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_END_OF_YEAR = 31
_YEARS_SHOWN = range(MINYEAR + 2, MAXYEAR - 1)


def week(day: date) -> When:
    """Return the week, Monday to Sunday, that *day* lies in."""
    monday = day - timedelta(days=day.weekday())
    return When(monday, monday + timedelta(days=6))


def month(day: date, steps: int = 0) -> When:
    """Return the month *steps* after that of *day*."""
    count = day.year * 12 + day.month - 1 + steps
    return When.month(count // 12, count % 12 + 1)


def months(year: int, first: int, count: int) -> When:
    """Return *count* months from month *first* of *year*."""
    start = When.month(year, first)
    return When(start.earliest, month(date(year, first, 1), count - 1).latest)


def quarter(day: date, steps: int = 0) -> When:
    """Return the quarter *steps* after that of *day*."""
    count = day.year * 4 + (day.month - 1) // 3 + steps
    return months(count // 4, count % 4 * 3 + 1, 3)


def season(year: int, name: str) -> When:
    """Return the three months of a season that begins in *year*."""
    return months(year, SEASONS[name], 3)


def shifted(unit: str, day: date, steps: int) -> When:
    """Return the day, week, month, quarter or year *steps* from that of *day*."""
    if unit == "day":
        return When.day(day + timedelta(days=steps))
    if unit == "week":
        return week(day + timedelta(days=7 * steps))
    if unit == "month":
        return month(day, steps)
    if unit == "quarter":
        return quarter(day, steps)
    return When.year(day.year + steps)


def part(when: When, which: str) -> When:
    """Return the early, middle, late or very last part of a range."""
    low, high = when.earliest, when.latest
    if low is None or high is None:
        return when
    length = (high - low).days + 1
    third = timedelta(days=length // 3)
    if which in {"early", "beginning", "start"}:
        return When(low, low + third)
    if which == "mid":
        return When(low + third, high - third)
    if which == "late":
        return When(high - third, high)
    tail = min(length // 4, _END_OF_YEAR)
    return When(high - timedelta(days=max(0, tail - 1)), high)


def nearest(
    make: Callable[[int], When | None], today: date, *, future: bool | None
) -> When | None:
    """Return the year's range that *make* builds which fits *today* and tense best.

    *future* True: not over yet; False: begun already; None: whichever is closest.
    """
    if today.year not in _YEARS_SHOWN:
        return None
    years = (make(year) for year in range(today.year - 2, today.year + 3))
    found = [when for when in years if when is not None]
    if future is True:
        return next((w for w in found if w.latest and w.latest >= today), None)
    if future is False:
        past = [w for w in found if w.earliest and w.earliest <= today]
        return past[-1] if past else None
    return min(found, key=lambda when: _gap(when, today), default=None)


def _gap(when: When, today: date) -> int:
    """Return how many days *today* lies outside the range; the past wins a tie."""
    if when.earliest is None or when.latest is None:
        return 0
    if when.earliest > today:
        return 2 * (when.earliest - today).days + 1
    return 2 * max(0, (today - when.latest).days)


def day_of(year: int, month_number: int, day: int) -> When | None:
    """Return one day, or None when the calendar has no such day."""
    try:
        return When.day(date(year, month_number, day))
    except ValueError:
        return None
