"""The words that date expressions are made of."""

from __future__ import annotations

import re

from rules.language.words import words
from rules.spans.calendars import MONTHS, SEASONS, WEEKDAYS

YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
COUNT = re.compile(r"\d{1,2}")
DECADE = re.compile(r"((?:19|20)\d)0s")
ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
BEFORE_YEAR = words(
    "in since by of from until till during early late mid before after around "
    "circa ( summer spring autumn fall winter to - \u2013 and between year "
    "through"
)
UNITS = {
    name: unit
    for unit in ("day", "week", "month", "quarter", "year")
    for name in (unit, unit + "s")
}
SMALL = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
NUMBERS = {
    word: number
    for number, words in enumerate(("zero", "a an one", *SMALL))
    for word in words.split()
}
STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1,
          "coming": 1}  # fmt: skip
PARTS = frozenset({"early", "mid", "late", "end", "beginning", "start", "mid-"})
PLAIN = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": -1}
OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
STARTERS = frozenset(
    {*MONTHS, *WEEKDAYS, *SEASONS, *STEPS, *PARTS, *PLAIN, *NUMBERS, *ORDINALS}
    | {"earlier", "later", "year-end", "in", "with", "immediately"}
    | {f"q{number}" for number in range(1, 5)}
)
"""Words that an expression can begin with, but for numbers and "mid-June"."""

NAMES_TOO = words("jan jun april may june august")
"""Months that people are called."""
ASK_PROOF = frozenset({"may", "march", "sun.", "mar.", "sat."})
PROOF = words(
    "in since until till by of last next this early late mid during from before "
    "after end on"
)
