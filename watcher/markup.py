"""Markup without a parser: to plain text, and what a parser must be spared. Pure.

All of it takes time in proportion to its input, whatever the input.
"""

from __future__ import annotations

import html
import re

MOST_ATTRIBUTES = 200
# Shorter tags cannot bear that many: an attribute takes five bytes at least.
_LONG_TAG = MOST_ATTRIBUTES * 5

# A tag ends at ">", and also where another begins or the text ends, so that a match
# never fails half-way and is never tried again. A ">" in a quoted value ends nothing.
_VALUE = r"""=\s*+(?:"[^"]*"|'[^']*')?+"""
_REST = rf"""[^<>=]*+(?:{_VALUE}[^<>=]*+)*+"""
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*){_REST}>?"
    r"|<!--.*?(?:-->|\Z)"
    r"|<[!?][^<>]*+>?",
    re.DOTALL,
)
_LOOKS_TAGGED = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>")
_START_TAG = re.compile(rb"<[A-Za-z_:]" + _REST.encode())
_VALUES = re.compile(_VALUE.encode())
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre"
    "|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_UNREAD = re.compile(
    "head|iframe|math|noscript|object|script|select|style|svg|template|textarea"
)
_BULLETS = ("- ", "* ", "\u2022", "\u2013 ", "\u2014 ")
_NARROWEST = 40
_ENDS_A_PARAGRAPH = tuple(".!?:;\"'\u201d\u2019")


def plain(text: str) -> str:
    """Return HTML as plain text: a line a paragraph, no scripts, entities resolved."""
    pieces: list[str] = []
    unread = ""
    position = 0
    for tag in _TAG.finditer(text):
        if not unread:
            pieces.append(_folded(text[position : tag.start()]))
        position = tag.end()
        name = (tag["name"] or "").lower()
        unread = _skipping(unread, name, closing=bool(tag["close"]))
        if _BLOCK.fullmatch(name):
            pieces.append("\n")
    if not unread:
        pieces.append(_folded(text[position:]))
    return _lines(html.unescape("".join(pieces)))


def unwrapped(text: str) -> str:
    """Return plain text, a line a paragraph: hard-wrapped lines are joined."""
    pieces: list[str] = []
    lines = [line.strip() for line in text.splitlines()]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        pieces += (line, " " if _runs_on(line, following) else "\n")
    return _lines("".join(pieces))


def _runs_on(line: str, following: str) -> bool:
    """Whether a line was broken only for its width; a short one may be a heading."""
    if not line or line.endswith(_ENDS_A_PARAGRAPH) or following.startswith(_BULLETS):
        return False
    return len(line) > _NARROWEST or following[:1].islower()


def looks_like_html(text: str) -> bool:
    """Whether text that calls itself plain bears tags or entities all the same."""
    return bool(_LOOKS_TAGGED.search(text) or _ENTITY.search(text))


def too_many_attributes(body: bytes) -> bool:
    """Whether some tag bears more attributes than a parser should be given."""
    for tag in _START_TAG.finditer(body):
        if tag.end() - tag.start() <= _LONG_TAG:
            continue
        bare, values = _VALUES.subn(b" ", tag[0])
        if max(values, len(bare.split())) > MOST_ATTRIBUTES:
            return True
    return False


def _skipping(unread: str, name: str, *, closing: bool) -> str:
    """Return the unread element that the text after this tag stands in, if any."""
    if unread:
        return "" if closing and name == unread else unread
    return name if _UNREAD.fullmatch(name) and not closing else ""


def _folded(text: str) -> str:
    """Return *text* with each run of blanks as one: HTML's line breaks mean nothing."""
    return re.sub(r"\s+", " ", text)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
