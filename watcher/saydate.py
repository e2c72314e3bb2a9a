"""Dates as people say them, and how exactly they are known. Pure."""

from __future__ import annotations

from datetime import date

from rules.when import When

# Not `calendar.month_name`: that speaks the language of the machine.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_EXACTNESS = {
    "day": "to the day",
    "month": "to the month",
    "year": "to the year",
    "range": "no closer",
    "before": "how long before is unknown",
    "after": "how long after is unknown",
}


def precision(when: When) -> str | None:
    """Return how exactly a date is known, None when it is not known at all.

    It is day, month, year, range, before (no first day) or after (no last day).
    """
    low, high = when.earliest, when.latest
    if low is None or high is None:
        return ("after" if low else "before") if when.known else None
    if low == high:
        return "day"
    if when == When.month(low.year, low.month):
        return "month"
    return "year" if when == When.year(low.year) else "range"


def in_words(when: When) -> str:
    """Return a date as a person says it, at its precision; of an unknown one, that."""
    low, high = when.earliest, when.latest
    if low is None or high is None:
        if low is None and high is None:
            return "on an unknown day"
        return f"after {_day(low)}" if low else f"by {_day(high)}"
    match precision(when):
        case "day":
            return f"on {_day(low)}"
        case "month":
            return f"in {_MONTHS[low.month - 1]} {low.year}"
        case "year":
            return f"in {low.year}"
        case _:
            return f"between {_day(low)} and {_day(high)}"


def exactly(when: When) -> str | None:
    """Return a date and how exactly it is known; None when nothing is known."""
    known = precision(when)
    return f"{in_words(when)}, {_EXACTNESS[known]}" if known else None


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
