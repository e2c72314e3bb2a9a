"""Tokens: words, numbers and marks, with offsets into the article's content.

"'s" is a token of its own, a hyphenated word is one, and so are initials ("J.P.") and
abbreviations with their dot ("Inc."). Every character that is not blank is in exactly
one token.
"""

from __future__ import annotations

import re

from rules.document import Token
from rules.language.words import words

ABBREVIATIONS = words(
    "Mr Mrs Ms Mx Dr Prof Gen Sen Rep Gov Lt Col Capt Sgt Rev Hon St Jr Sr Inc "
    "Corp Co Cos Ltd Bros Messrs Adm Maj Cmdr Brig Supt Insp Pres Jan Feb Mar "
    "Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri "
    "Sat Sun vs No Univ Dept Assn Ave Blvd Mt Ft Calif Mass Conn Fla Ill Mich "
    "Minn Pa Tex Va Wash Wis"
)

_UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = r"[\w\u0300-\u036f]"
_TOKEN = re.compile(
    rf"""
      (?:[{_UPPER}]\.)++(?:[{_UPPER}](?!\w))?+          # U.S., J.P.
    | (?:{"|".join(sorted(ABBREVIATIONS, key=len, reverse=True))}|Ph\.D|[ap]\.m)\.
    | \d++(?:[.,:\-]\d++)*+{_WORD}*+(?:-{_WORD}++)*+      # 1,000  3.5  1st  61-year-old
    | ['\u2019][sS](?!\w)
    | {_WORD}++(?:(?:[-&]|['\u2019](?![sS](?!\w))){_WORD}++)*+
      (?:\.(?:com|org|net|io|ai)(?!\w))?+
    | -{{2,}}+ | \.{{2,}}+ | \S
    """,
    re.VERBOSE,
)


_GROWN = re.compile(r"(?:de|di|da|du|la|le|van|von|mac|ter)[A-Z][a-z]")


def tokenize(content: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of `content[start:end]`, offsets counted in *content*."""
    stop = len(content) if end is None else end
    return tuple(
        Token(m.group(), low(m.group()), m.start(), m.end())
        for m in _TOKEN.finditer(content, start, stop)
    )


def low(text: str) -> str:
    """Return the form to compare: lower case, straight apostrophe."""
    return text.lower().replace("\u2019", "'")


def capitalised(token: Token) -> bool:
    """Whether the token starts with a capital letter ("d'Ivoire" does not).

    A particle grown on counts with what it stands before: "deBessonet", "vanRoy".
    """
    return token.text[:1].isupper() or _GROWN.match(token.text) is not None


def is_word(token: Token) -> bool:
    """Whether the token starts with a letter, so is neither number nor mark."""
    return token.text[:1].isalpha()
