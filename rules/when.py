"""Dates with precision: an interval of days, where unknown is a value."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_FULL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A day known to lie in [earliest, latest], both inclusive; None is unknown.

    The idea is Popolo's partial date and EDTF's interval: "in August" is a range of
    31 days, not the 1st.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")

    @classmethod
    def day(cls, day: date) -> When:
        """Return the range of exactly one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> When:
        """Return the range of one calendar month."""
        last = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last))

    @classmethod
    def year(cls, year: int) -> When:
        """Return the range of one calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, text: str) -> When:
        """Read what `str()` prints; raises ValueError on anything else."""
        if text in {"", "unknown"}:
            return cls()
        first, slash, last = text.partition("/")
        if not slash:
            return cls._parse_one(first)
        low = cls._parse_one(first) if first != ".." else cls()
        high = cls._parse_one(last) if last != ".." else cls()
        return cls(low.earliest, high.latest)

    @classmethod
    def _parse_one(cls, text: str) -> When:
        match = _FULL.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101  the pattern has it
        if month is None:
            return cls.year(year)
        if day is None:
            if not 1 <= month <= 12:  # noqa: PLR2004  months of a year
                raise ValueError(f"{text!r} has no such month")
            return cls.month(year, month)
        return cls.day(date(year, month, day))

    @property
    def known(self) -> bool:
        """Whether at least one bound is known."""
        return self.earliest is not None or self.latest is not None

    def meets(self, other: When) -> bool:
        """Whether some day fits both; an unknown bound excludes nothing."""
        return not (self.before(other) or other.before(self))

    def before(self, other: When) -> bool:
        """Whether every day of this range is certainly before every day of *other*."""
        return (
            self.latest is not None
            and other.earliest is not None
            and self.latest < other.earliest
        )

    def narrowed(self, other: When) -> When:
        """Return the days that fit both, or this range when none does."""
        if not self.meets(other):
            return self
        lows = [d for d in (self.earliest, other.earliest) if d is not None]
        highs = [d for d in (self.latest, other.latest) if d is not None]
        return When(max(lows, default=None), min(highs, default=None))

    def __str__(self) -> str:
        """Print at its own precision: a day, a month, a year, or `low/high`."""
        if self.earliest is None and self.latest is None:
            return "unknown"
        if self.earliest is None or self.latest is None:
            return f"{self.earliest or '..'}/{self.latest or '..'}"
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        first = self.earliest
        if self == When.month(first.year, first.month):
            return f"{first:%Y-%m}"
        if self == When.year(first.year):
            return f"{first.year:04d}"
        return f"{self.earliest}/{self.latest}"
