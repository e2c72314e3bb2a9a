"""The grammar of date expressions over compared forms of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from rules.spans.calendars import (
    MONTHS,
    WEEKDAYS,
    day_of,
    nearest,
    part,
)
from rules.spans.date_relative import Found, Relative
from rules.spans.date_words import (
    ASK_PROOF,
    DAY,
    ISO,
    NAMES_TOO,
    OF_DAY,
    PARTS,
    PROOF,
    STARTERS,
    UNITS,
    YEAR,
)
from rules.when import When


@dataclass(frozen=True, slots=True)
class Grammar(Relative):
    """Reads every kind of date expression."""

    def at(self, i: int) -> Found | None:
        """Return the end and the days of the expression that starts at *i*."""
        low = self._low(i)
        if not (low[:1].isdigit() or low in STARTERS or low.startswith("mid-")):
            return None
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

    def _partial(self, i: int) -> Found | None:
        """Early August; at the end of the year; late 2023; earlier this week."""
        word = self._low(i)
        if word in {"earlier", "later"}:
            return self._side(i, word)
        if word == "year-end":
            return self._days(i + 1, "year", 0, "end")
        which = word.removesuffix("-") if word in PARTS else word.partition("-")[0]
        if word.startswith("mid-") and word[4:] in MONTHS | {"": 0}:
            return self._mid_month(i, word)
        if which not in PARTS or (word != which and not word.startswith("mid")):
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
        if self._low(start) in {"the", "this"} and self._low(start + 1) in UNITS:
            return self._days(start + 2, UNITS[self._low(start + 1)], 0, which)
        for rule in (self._month_first, self._relative, self._season):
            found = rule(start)
            if found:
                return found[0], part(found[1], which)
        if YEAR.fullmatch(self._low(start)):
            return start + 1, part(When.year(int(self._low(start))), which)
        return None

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
        end = first + 1 + (self._low(first + 1) in OF_DAY)
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
        day = DAY.fullmatch(self._low(first + 1))
        if day and self._low(first + 2) != "%":
            return self._dated(first + 2, number, int(day.group(1)))
        comma = first + 1 + (self._low(first + 1) == ",")
        if YEAR.fullmatch(self._low(comma)):
            return comma + 1, When.month(int(self._low(comma)), number)
        if not step and self._named(first):
            return None
        return self._bare_month(first + 1, number, step)

    def _named(self, i: int) -> bool:
        """Whether a bare month is no month but a word, or somebody's name."""
        name = self._low(i) in NAMES_TOO and i + 1 in self.capitals
        if name and self._low(i - 1) not in ("in", "since", "until", "during"):
            return True
        return self._low(i) in ASK_PROOF and self._low(i - 1) not in PROOF

    def _bare_month(self, end: int, number: int, step: str) -> Found | None:
        if self.today is None:
            return None
        make = partial(_month_of, number=number)
        if step in {"last", "next"}:
            return end, self._stepped(make, step)
        found = nearest(make, self.today, future=self.future)
        return (end, found) if found else None

    def _dated(self, end: int, number: int, day: int) -> Found | None:
        comma = end + (self._low(end) == ",")
        if YEAR.fullmatch(self._low(comma)):
            found = day_of(int(self._low(comma)), number, day)
            return (comma + 1, found) if found else None
        if self.today is None:
            return None
        make = partial(day_of, month_number=number, day=day)
        found = nearest(make, self.today, future=self.future)
        return (end, found) if found else None

    def _day_first(self, i: int) -> Found | None:
        """28 January; the 3rd of June 2024; 2024-10-25."""
        if ISO.fullmatch(self._low(i)):
            return self._iso(i)
        day = DAY.fullmatch(self._low(i))
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


def _month_of(year: int, number: int) -> When:
    return When.month(year, number)
