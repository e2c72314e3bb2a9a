"""Links of Google News: the address behind one, where the link itself holds it. Pure.

A link's last part is a message in base64 whose field 4 is the address. Since 2024 that
field is mostly a name that only Google can resolve: such an item is a headline and no
more. Nothing is fetched to find out, and nothing here raises.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlsplit

from watcher.fetch.urls import LONGEST, resolve

_HOST = "news.google.com"
_FOLDERS = frozenset({"articles", "read"})
_FIELD_4 = b"\x08\x13\x22"


def leads_on(url: str) -> bool:
    """Whether *url* is a link of Google News to somebody else's article."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return host == _HOST and not _FOLDERS.isdisjoint(parts.path.split("/")[:-1])


def behind(url: str) -> str:
    """Return the article's own address, "" when the link does not hold it."""
    if not leads_on(url) or len(url) > LONGEST:
        return ""
    coded = urlsplit(url).path.rpartition("/")[2]
    try:
        message = base64.b64decode(coded + "=" * (-len(coded) % 4), b"-_")
    except (binascii.Error, ValueError):
        return ""
    found = _field(message).decode("utf-8", "replace")
    return resolve(found, found) if found.startswith(("http://", "https://")) else ""


def _field(message: bytes) -> bytes:
    """Return the first field 4 of the message, b"" when it has none that is whole."""
    start = message.find(_FIELD_4)
    if start < 0:
        return b""
    rest = message[start + len(_FIELD_4) :]
    length = shift = 0
    for place, byte in enumerate(rest[:3]):
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004  the last byte of a number has no top bit
            value = rest[place + 1 : place + 1 + length]
            return value if len(value) == length else b""
    return b""
