"""Text from elsewhere made safe to print: no escapes, no turned direction. Pure."""

from __future__ import annotations

import unicodedata

_KEPT = "\n"
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}


def printable(text: str) -> str:
    """Return *text* without control, format and surrogate characters; tabs as blanks.

    They move the cursor, recolour the terminal, or turn the reading direction.
    """
    return "".join(
        char
        for char in text.replace("\t", " ")
        if char in _KEPT or unicodedata.category(char) not in _HIDDEN
    )


def one_line(text: str) -> str:
    """Return *text* printable and on one line."""
    return " ".join(printable(text).split())
