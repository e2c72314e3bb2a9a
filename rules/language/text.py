"""Clean text: one form of blanks, quotes and marks before an article is built.

Offsets of quotes point into cleaned text, so `clean` runs first and only once; it
changes nothing on a second run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LIMIT = 200_000
"""Characters of an article that are read; what follows is kept and not read."""

_MARKS_IN_A_ROW = 4
_TITLE_SHARE = 0.7
_SHORT_WORD = 4
_FEW_WORDS = 3

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Nothing between these is a combining mark: a text without such a run has few in a row.
_MANY_MARKS = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u20cf\u2100-\u2cee\u3000-\u3029"
    rf"\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\uff00-\uffff]{{{_MARKS_IN_A_ROW + 1}}}"
)
_PLAIN = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2032": "'",
        "\u00b4": "'",
        "\u0060": "'",
        "\u02bc": "'",
        "\u2033": '"',
        "\u201f": '"',
        "\u201b": "'",
    }
)


def clean(text: str) -> str:
    """Return *text* in one readable form: NFC, plain blanks, no invisible characters.

    Line breaks stay (they part paragraphs); at most one empty line stays in a row.
    """
    text = _GONE.sub("", _BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", _tame(text)).translate(_PLAIN)
    text = _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _tame(text: str) -> str:
    """Drop all but the first few marks of a run: sorting them is quadratic."""
    if _MANY_MARKS.search(text) is None:
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Return *text* in lower case without accents, for comparing names."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", _tame(text.lower()).translate(_LETTERS))
    return "".join(char for char in letters if not unicodedata.combining(char))


_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "\u2019": "'",
    }
)


def titled(words: Sequence[str]) -> bool:
    """Whether these words stand in Title Case, where a capital says nothing.

    Short words do not count: headlines leave "of" and "to" small.
    """
    long = [w for w in words if len(w) >= _SHORT_WORD and w[0].isalpha()]
    if len(long) < _FEW_WORDS:
        return False
    high = sum(not w[0].islower() for w in long)
    return high >= _TITLE_SHARE * len(long)
