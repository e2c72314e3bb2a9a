"""What the heads of requests and answers say: validators, pauses, status. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from state.model import Validators
from watcher.errors import FeedError
from watcher.model import Response

LONGEST_PAUSE = 24 * 3600.0
_LONGEST_VALIDATOR = 4096
_MAX_AGE = re.compile(rb'(?:^|[,\s])max-age\s*=\s*"?(\d{1,12})\b', re.IGNORECASE)
_DIGITS = 20
_GONE = 410
_NOT_MODIFIED = 304

Fields = Mapping[bytes, bytes]
Pairs = list[tuple[bytes, bytes]]


def fields(raw: Iterable[tuple[bytes, bytes]]) -> Fields:
    """Return header fields by lower-case name; a repeated one is joined by commas."""
    joined: dict[bytes, bytes] = {}
    for name, value in raw:
        key = name.lower()
        joined[key] = joined[key] + b", " + value if key in joined else value
    return joined


def text(head: Fields, name: bytes) -> str:
    """Return one field as text, "" when it is not there."""
    return head.get(name, b"").decode("latin-1").strip()


def length(head: Fields) -> int:
    """Return the announced length of the body in bytes, 0 when nobody says."""
    value = head.get(b"content-length", b"")
    return int(value[:_DIGITS]) if value.isdigit() else 0


def conditions(known: Validators) -> Pairs:
    """Return the fields that ask for an answer only if it is not the known one."""
    pairs = (
        (b"If-None-Match", known.etag),
        (b"If-Modified-Since", known.last_modified),
    )
    return [(name, value) for name, value in pairs if value]


def authorization(user: str, password: str) -> Pairs:
    """Return the field that carries the credentials of an address, if it has any."""
    if not user and not password:
        return []
    pair = f"{user}:{password}".encode()
    return [(b"Authorization", b"Basic " + base64.b64encode(pair))]


def response(status: int, head: Fields, now: datetime) -> Response:
    """Return an answer by its head alone: no address, no body."""
    return Response(
        url="",
        status=status,
        content_type=text(head, b"content-type"),
        validators=validators(head),
        retry_after=retry_after(head, now),
        max_age=max_age(head, now),
    )


def validators(head: Fields) -> Validators:
    """Return ETag and Last-Modified byte for byte; overlong ones are dropped."""
    return Validators(
        etag=_short(head.get(b"etag")), last_modified=_short(head.get(b"last-modified"))
    )


def retry_after(head: Fields, now: datetime) -> float | None:
    """Return the seconds until the server wants to be asked again, at most a day.

    The field holds seconds or a date; what is past, negative or neither is None.
    """
    value = head.get(b"retry-after", b"").strip()
    if value.isdigit():
        seconds = float(value)
    else:
        day = _date(value)
        seconds = (day - now).total_seconds() if day else 0.0
    return min(seconds, LONGEST_PAUSE) if seconds > 0 else None


def max_age(head: Fields, now: datetime) -> float | None:
    """Return for how many seconds the answer stays fresh, at most a day.

    max-age counts before Expires (RFC 9111, 5.3), which counts from the server's own
    Date; one that is past or no date says nothing.
    """
    found = _MAX_AGE.search(head.get(b"cache-control", b""))
    if found:
        return min(float(found[1]), LONGEST_PAUSE)
    until = _date(head.get(b"expires", b"").strip())
    if until is None:
        return None
    sent = _date(head.get(b"date", b"").strip()) or now
    seconds = (until - sent).total_seconds()
    return min(seconds, LONGEST_PAUSE) if seconds > 0 else None


def refuse(url: str, status: int, head: Fields, now: datetime) -> None:
    """Raise FeedError, naming *url*, unless *status* brings a body or says "same"."""
    if 200 <= status < 300 or status == _NOT_MODIFIED:  # noqa: PLR2004  the class of success
        return
    raise FeedError(
        url,
        "answered 410: gone for good" if status == _GONE else f"answered {status}",
        retry_after=retry_after(head, now),
        gone=status == _GONE,
        status=status,
    )


def _short(value: bytes | None) -> bytes | None:
    return value if value and len(value) <= _LONGEST_VALIDATOR else None


def _date(value: bytes) -> datetime | None:
    try:
        day = parsedate_to_datetime(value.decode("latin-1"))
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
