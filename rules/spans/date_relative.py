"""Date expressions relative to a day: "last month", "two years ago", "by summer"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from rules.spans.calendars import (
    SEASONS,
    months,
    nearest,
    part,
    season,
    shifted,
)
from rules.spans.date_words import (
    BEFORE_YEAR,
    COUNT,
    DECADE,
    NUMBERS,
    OF_DAY,
    ORDINALS,
    PLAIN,
    STEPS,
    UNITS,
    YEAR,
)
from rules.when import When

Found = tuple[int, When]
"""Where an expression ends, and its days."""

_END = ("last", "day")  # of work: for a date people say "yesterday"


@dataclass(frozen=True, slots=True)
class Relative:
    """Reads expressions in *lows* against *today*; *future* is the tense when known.

    *capitals* are the places of capitalised words, where months and weekdays stand.
    """

    lows: Sequence[str]
    today: date | None
    future: bool | None = None
    capitals: frozenset[int] = frozenset()

    def _low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def _days(self, end: int, unit: str, steps: int, which: str = "") -> Found | None:
        if self.today is None:
            return None
        when = shifted(unit, self.today, steps)
        return end, part(when, which) if which else when

    def _stepped(self, make: Callable[[int], When], step: str) -> When:
        """Return the last one over, or the next one not begun."""
        today = self.today or date.min
        if step == "last":
            for year in (today.year, today.year - 1):
                latest = make(year).latest
                if latest and latest < today:
                    return make(year)
            return make(today.year - 2)
        low = make(today.year).earliest
        return make(today.year + (low is None or low <= today))

    def _relative(self, i: int) -> Found | None:
        """Last month; this week; next spring; the coming year."""
        steps = STEPS.get(self._low(i))
        word = self._low(i + 1)
        if steps is None or self.today is None:
            return None
        ends = (self._low(i), word) == _END
        if word in UNITS and not word.endswith("s") and not ends:
            return self._days(i + 2, word, steps)
        if word in {"weekend"}:
            return self._weekend(i + 2, steps)
        if word in OF_DAY:
            return self._days(i + 2, "day", min(steps, 0))
        if word in SEASONS:
            return i + 2, self._this_season(word, self._low(i))
        return None

    def _weekend(self, end: int, steps: int) -> Found | None:
        week = self._days(end, "week", min(steps, 0))
        if week is None or week[1].latest is None:
            return None
        return end, When(week[1].latest - timedelta(days=1), week[1].latest)

    def _this_season(self, name: str, step: str) -> When:
        make = partial(season, name=name)
        if step in {"last", "next"}:
            return self._stepped(make, step)
        return make((self.today or date.min).year)

    def _ago(self, i: int) -> Found | None:
        """Two years ago; in three weeks."""
        first = i + (self._low(i) == "in")
        word = self._low(first)
        count = NUMBERS.get(word) or (int(word) if COUNT.fullmatch(word) else 0)
        unit = UNITS.get(self._low(first + 1))
        if not count or unit is None or self.today is None:
            return None
        if self._low(first + 2) in {"ago", "earlier"}:
            return first + 3, shifted(unit, self.today, -count)
        if first > i and unit != "year" and (word, unit) != ("a", "day"):
            return first + 2, shifted(unit, self.today, count)
        return None

    def _plain(self, i: int) -> Found | None:
        """Yesterday; today; tomorrow morning."""
        word = self._low(i)
        if word not in PLAIN:
            return None
        end = i + 1 + (self._low(i + 1) in OF_DAY)
        return self._days(end, "day", PLAIN[word])

    def _season(self, i: int) -> Found | None:
        """Read spring 2024; by summer; in the autumn."""
        name = self._low(i)
        if name not in SEASONS:
            return None
        if YEAR.fullmatch(self._low(i + 1)):
            return i + 2, season(int(self._low(i + 1)), name)
        before = self._low(i - 1) if self._low(i - 1) != "the" else self._low(i - 2)
        if self.today is None or before not in {"by", "in", "until", "since", "before"}:
            return None
        ahead = True if before == "by" else self.future
        found = nearest(partial(season, name=name), self.today, future=ahead)
        return (i + 1, found) if found else None

    def _quarter(self, i: int) -> Found | None:
        """Q3; the third quarter of 2024; the first half."""
        word = self._low(i)
        count, start, length = 0, i + 1, 3
        if len(word) == 2 and word[0] == "q" and word[1] in "1234":  # noqa: PLR2004
            count = int(word[1])
        elif word in ORDINALS and self._low(i + 1) in {"quarter", "half"}:
            count, start = ORDINALS[word], i + 2
            length = 6 if self._low(i + 1) == "half" else 3
        if not count or (count - 1) * length >= 12:  # noqa: PLR2004  months of a year
            return None
        return self._quarter_of(start, (count - 1) * length + 1, length)

    def _quarter_of(self, start: int, first: int, length: int) -> Found | None:
        year = start + (self._low(start) == "of")
        if YEAR.fullmatch(self._low(year)):
            return year + 1, months(int(self._low(year)), first, length)
        if self.today is None:
            return None
        make = partial(months, first=first, count=length)
        found = nearest(make, self.today, future=self.future)
        return (start, found) if found else None

    def _year(self, i: int) -> Found | None:
        """In 2022; the 1990s."""
        decade = DECADE.fullmatch(self._low(i))
        if decade:
            first = int(decade.group(1)) * 10
            return i + 1, When(date(first, 1, 1), date(first + 9, 12, 31))
        if YEAR.fullmatch(self._low(i)) is None:
            return None
        alone = len(self.lows) == 1
        if alone or self._low(i - 1) in BEFORE_YEAR:
            return i + 1, When.year(int(self._low(i)))
        return None

    def _at_once(self, i: int) -> Found | None:
        """Effective immediately; with immediate effect."""
        if self.today is None:
            return None
        if tuple(self.lows[i : i + 3]) == ("with", "immediate", "effect"):
            return i + 3, When.day(self.today)
        near = {self._low(i - 1), self._low(i + 1)}
        if self._low(i) == "immediately" and "effective" in near:
            return i + 1, When.day(self.today)
        return None
