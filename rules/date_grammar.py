"""The grammar of date expressions over compared forms of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from rules.calendars import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    day_of,
    months,
    nearest,
    part,
    season,
    shifted,
)
from rules.when import When
from rules.words import words

Found = tuple[int, When]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_DECADE = re.compile(r"((?:19|20)\d)0s")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_BEFORE_YEAR = words(
    "in since by of from until till during early late mid before after around "
    "circa ( summer spring autumn fall winter to - \u2013 and between year through"
)
_UNITS = {
    name: unit
    for unit in ("day", "week", "month", "quarter", "year")
    for name in (unit, unit + "s")
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ["zero", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
    for word in words.split()
}
_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1,
          "coming": 1}  # fmt: skip
_PARTS = frozenset({"early", "mid", "late", "end", "beginning", "start", "mid-"})
_PLAIN = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": -1}
_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ASK_PROOF = frozenset({"may", "march", "sun.", "mar.", "sat."})
_PROOF = words(
    "in since until till by of last next this early late mid during from before "
    "after end on"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Reads expressions in *lows* against *today*; *future* is the tense when known."""

    lows: Sequence[str]
    today: date | None
    future: bool | None = None
    capitals: frozenset[int] = frozenset()

    def at(self, i: int) -> Found | None:
        """Return the end and the days of the expression that starts at *i*."""
        for rule in (
            self._partial,
            self._weekday,
            self._month_first,
            self._day_first,
            self._relative,
            self._ago,
            self._plain,
            self._season,
            self._quarter,
            self._year,
            self._at_once,
        ):
            found = rule(i)
            if found:
                return found
        return None

    def _low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def _partial(self, i: int) -> Found | None:
        """Early August; at the end of the year; late 2023; earlier this week."""
        word = self._low(i)
        if word in {"earlier", "later"}:
            return self._side(i, word)
        if word == "year-end":
            return self._days(i + 1, "year", 0, "end")
        which = word.removesuffix("-") if word in _PARTS else word.partition("-")[0]
        if word.startswith("mid-") and word[4:] in MONTHS | {"": 0}:
            return self._mid_month(i, word)
        if which not in _PARTS or (word != which and not word.startswith("mid")):
            return None
        start = i + 1 + (self._low(i + 1) == "of")
        return self._part_of(start, which)

    def _mid_month(self, i: int, word: str) -> Found | None:
        name = word[4:]
        if not name or self.today is None:
            return None
        make = partial(_month_of, number=MONTHS[name])
        found = nearest(make, self.today, future=self.future)
        return (i + 1, part(found, "mid")) if found else None

    def _part_of(self, start: int, which: str) -> Found | None:
        if self._low(start) in {"the", "this"} and self._low(start + 1) in _UNITS:
            return self._days(start + 2, _UNITS[self._low(start + 1)], 0, which)
        for rule in (self._month_first, self._relative, self._season):
            found = rule(start)
            if found:
                return found[0], part(found[1], which)
        if _YEAR.fullmatch(self._low(start)):
            return start + 1, part(When.year(int(self._low(start))), which)
        return None

    def _days(self, end: int, unit: str, steps: int, which: str = "") -> Found | None:
        if self.today is None:
            return None
        when = shifted(unit, self.today, steps)
        return end, part(when, which) if which else when

    def _side(self, i: int, word: str) -> Found | None:
        found = self._relative(i + 1)
        if found is None or self.today is None:
            return None
        low, high = found[1].earliest, found[1].latest
        if low is None or high is None or not low <= self.today <= high:
            return found
        earlier = word == "earlier"
        when = When(low, self.today) if earlier else When(self.today, high)
        return found[0], when

    def _weekday(self, i: int) -> Found | None:
        """Thursday; on Monday, June 1; last Friday night."""
        first = i + (self._low(i) in {"last", "next", "this"})
        number = WEEKDAYS.get(self._low(first))
        if number is None or first not in self.capitals:
            return None
        exact = self._after_weekday(first + 1)
        if exact:
            return exact
        if self.today is None:
            return None
        end = first + 1 + (self._low(first + 1) in _OF_DAY)
        word = self._low(i) if first > i else ""
        return end, When.day(self._weekday_near(number, word))

    def _after_weekday(self, i: int) -> Found | None:
        start = i + (self._low(i) in {",", "the"})
        found = self._month_first(start) or self._day_first(start)
        if found and found[1].earliest == found[1].latest:
            return found
        return None

    def _weekday_near(self, number: int, word: str) -> date:
        today = self.today or date.min
        back = (today.weekday() - number) % 7
        ahead = (number - today.weekday()) % 7
        if word == "last":
            return today - timedelta(days=back or 7)
        if word == "next" or (self.future and word != "this"):
            return today + timedelta(days=ahead or 7)
        if word == "this" and self.future is not False:
            return today + timedelta(days=ahead)
        return today - timedelta(days=back)

    def _month_first(self, i: int) -> Found | None:
        """Read June; June 1; June 1, 2024; June 2024; last November."""
        step = self._low(i) if self._low(i) in {"last", "next", "this"} else ""
        first = i + bool(step)
        number = MONTHS.get(self._low(first))
        if number is None or first not in self.capitals:
            return None
        day = _DAY.fullmatch(self._low(first + 1))
        if day and self._low(first + 2) != "%":
            return self._dated(first + 2, number, int(day.group(1)))
        comma = first + 1 + (self._low(first + 1) == ",")
        if _YEAR.fullmatch(self._low(comma)):
            return comma + 1, When.month(int(self._low(comma)), number)
        if self._low(first) in _ASK_PROOF and not (step or self._low(i - 1) in _PROOF):
            return None
        return self._bare_month(first + 1, number, step)

    def _bare_month(self, end: int, number: int, step: str) -> Found | None:
        if self.today is None:
            return None
        make = partial(_month_of, number=number)
        if step in {"last", "next"}:
            return end, self._stepped(make, step)
        found = nearest(make, self.today, future=self.future)
        return (end, found) if found else None

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

    def _dated(self, end: int, number: int, day: int) -> Found | None:
        comma = end + (self._low(end) == ",")
        if _YEAR.fullmatch(self._low(comma)):
            found = day_of(int(self._low(comma)), number, day)
            return (comma + 1, found) if found else None
        if self.today is None:
            return None
        make = partial(day_of, month_number=number, day=day)
        found = nearest(make, self.today, future=self.future)
        return (end, found) if found else None

    def _day_first(self, i: int) -> Found | None:
        """28 January; the 3rd of June 2024; 2024-10-25."""
        if _ISO.fullmatch(self._low(i)):
            return self._iso(i)
        day = _DAY.fullmatch(self._low(i))
        second = i + 1 + (self._low(i + 1) == "of")
        number = MONTHS.get(self._low(second))
        if day is None or number is None or second not in self.capitals:
            return None
        return self._dated(second + 1, number, int(day.group(1)))

    def _iso(self, i: int) -> Found | None:
        try:
            return i + 1, When.parse(self._low(i))
        except ValueError:
            return None

    def _relative(self, i: int) -> Found | None:
        """Last month; this week; next spring; the coming year."""
        steps = _STEPS.get(self._low(i))
        word = self._low(i + 1)
        if steps is None or self.today is None:
            return None
        if word in _UNITS and not word.endswith("s"):
            return self._days(i + 2, word, steps)
        if word in {"weekend"}:
            return self._weekend(i + 2, steps)
        if word in _OF_DAY:
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
        count = _NUMBERS.get(word) or (int(word) if word.isdecimal() and len(word) < 3 else 0)  # noqa: PLR2004  two digits  # fmt: skip
        unit = _UNITS.get(self._low(first + 1))
        if not count or unit is None or self.today is None:
            return None
        if self._low(first + 2) in {"ago", "earlier"}:
            return first + 3, shifted(unit, self.today, -count)
        if first > i and unit != "year":
            return first + 2, shifted(unit, self.today, count)
        return None

    def _plain(self, i: int) -> Found | None:
        """Yesterday; today; tomorrow morning."""
        word = self._low(i)
        if word not in _PLAIN:
            return None
        end = i + 1 + (self._low(i + 1) in _OF_DAY)
        return self._days(end, "day", _PLAIN[word])

    def _season(self, i: int) -> Found | None:
        """Read spring 2024; by summer; in the autumn."""
        name = self._low(i)
        if name not in SEASONS:
            return None
        if _YEAR.fullmatch(self._low(i + 1)):
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
        elif word in _ORDINALS and self._low(i + 1) in {"quarter", "half"}:
            count, start = _ORDINALS[word], i + 2
            length = 6 if self._low(i + 1) == "half" else 3
        if not count or (count - 1) * length >= 12:  # noqa: PLR2004  months of a year
            return None
        return self._quarter_of(start, (count - 1) * length + 1, length)

    def _quarter_of(self, start: int, first: int, length: int) -> Found | None:
        year = start + (self._low(start) == "of")
        if _YEAR.fullmatch(self._low(year)):
            return year + 1, months(int(self._low(year)), first, length)
        if self.today is None:
            return None
        make = partial(months, first=first, count=length)
        found = nearest(make, self.today, future=self.future)
        return (start, found) if found else None

    def _year(self, i: int) -> Found | None:
        """In 2022; the 1990s."""
        decade = _DECADE.fullmatch(self._low(i))
        if decade:
            first = int(decade.group(1)) * 10
            return i + 1, When(date(first, 1, 1), date(first + 9, 12, 31))
        if _YEAR.fullmatch(self._low(i)) is None:
            return None
        alone = len(self.lows) == 1
        if alone or self._low(i - 1) in _BEFORE_YEAR:
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


def _month_of(year: int, number: int) -> When:
    return When.month(year, number)
