"""Cut the items that are known out of a feed's raw text, so that few are parsed. Pure.

Parsing what has not changed is most of what a poll of a quiet feed costs. Whenever it
is not certain that the cut text gives the same items, there is no cut: then the whole
text is parsed. It must be well-formed UTF-8 or Latin 1 without a document type, its
items neither nested, prefixed nor empty.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

_DIGITS = 16
_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb"\s*<\?xml\s[^<>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.-]+)[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]+)", re.IGNORECASE)
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii"})
# A byte is a letter there, whatever stands beside it.
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1"})
# Raw sections, comments and instructions may hold anything: they are stepped over.
_TAGS = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<name>(?:[\w.-]+:)?(?:item|entry))(?P<rest>(?:\s[^<>]*)?/?)>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The pieces of a feed that were read: names as `name` gives them with *salt*."""

    salt: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed's text without its known items.

    *new* are the names of the items left in, in order; *known* of those cut out.
    """

    text: bytes
    new: tuple[str, ...]
    known: tuple[str, ...]


def cut(body: bytes, content_type: str, known: Known) -> Cut | None:
    """Return *body* without the items that are *known*, None when it is not certain."""
    places = _places(body) if _plain(body, content_type) else None
    if places is None or not _well_formed(body):
        return None
    new: list[str] = []
    old: list[str] = []
    kept: list[bytes] = []
    last = 0
    for start, end in places:
        called = name(body[start:end], known.salt)
        if called in known.names:
            kept.append(body[last:start])
            last = end
        (old if called in known.names else new).append(called)
    return Cut(b"".join((*kept, body[last:])), tuple(new), tuple(old))


def name(piece: bytes, salt: str) -> str:
    """Return the short name of one item's raw text."""
    return hashlib.sha256(salt.encode() + b"\n" + piece).hexdigest()[:_DIGITS]


def _plain(body: bytes, content_type: str) -> bool:
    """Whether it is UTF-8, or Latin 1, by all that is said."""
    text = body.removeprefix(_BOM)
    declaration = _DECLARATION.match(text)
    said = _ENCODING.search(declaration[0]) if declaration else None
    charset = _CHARSET.search(content_type)
    encodings = {said[1].decode().lower()} if said else set()
    encodings |= {charset[1].lower()} if charset else set()
    if b"\0" in text:
        return False
    if encodings and encodings <= _LATIN:
        return True
    return encodings <= _UTF8 and _decodes(text)


def _decodes(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _places(body: bytes) -> list[tuple[int, int]] | None:
    """Return where each item begins and ends, None when that is not certain."""
    places: list[tuple[int, int]] = []
    opened: re.Match[bytes] | None = None
    for tag in _tags(body):
        if b":" in tag["name"] or (not places and b"<!DOCTYPE" in body[: tag.start()]):
            return None
        if not tag["close"]:
            if opened is not None or tag["rest"].endswith(b"/"):
                return None
            opened = tag
        elif opened is None or opened["name"] != tag["name"]:
            return None
        else:
            places.append((opened.start(), tag.end()))
            opened = None
    return places if opened is None else None


def _tags(body: bytes) -> Iterator[re.Match[bytes]]:
    return (tag for tag in _TAGS.finditer(body) if tag["name"] is not None)


def _well_formed(body: bytes) -> bool:
    """Whether a strict parser takes it, as feedparser's first attempt does."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(body, True)  # noqa: FBT003  expat names no arguments
    except (expat.ExpatError, LookupError, ValueError):
        # The last two are of an encoding that Python or expat does not know.
        return False
    return True
