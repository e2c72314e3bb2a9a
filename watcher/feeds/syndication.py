"""RSS and Atom in all their versions, by feedparser.

feedparser never says that it failed, expands small entity bombs and takes quadratic
time on some inputs: what it is given is looked over first, what it gives afterwards.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from watcher import markup, pauses
from watcher.cut import Known, cut
from watcher.errors import FeedError
from watcher.fetch.urls import redact
from watcher.model import FeedItem, ParsedFeed

# Twice the items that are kept: enough to find the newest at whichever end they are.
_AT_EACH_END = 2000
_TAIL = 4096
# A feed that was cut off has one item that does not end, a bomb has very many.
_MOST_OPEN = 100

_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_PROLOG = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_BEGIN = (b"<item>", b"<item ", b"<entry>", b"<entry ")
_END = (b"</item>", b"</item ", b"</entry>", b"</entry ")
_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
# feedparser reads "13:00" as today at one; a date has a year, of two digits at least.
_HAS_YEAR = re.compile(r"\d{4}|\d[ -][A-Za-z]{3,}[ -]\d\d")


def parse(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return the feed in *body*; raises FeedError when it is none or is hostile."""
    data = _utf8(body, content_type)
    _refuse(data, url)
    found = _parsed(_shortened(data), url)
    cut = bool(found["bozo"]) and not _ROOT_END.search(data[-_TAIL:])
    entries = found["entries"]
    if cut:
        entries = entries[: len(_ITEM_END.findall(data))]
    if not found.get("version") or (found["bozo"] and not entries):
        raise FeedError(redact(url), _why_none(found, cut=cut))
    return ParsedFeed(
        title=_plain(found["feed"].get("title_detail")),
        items=tuple(_item(entry) for entry in entries),
        ttl=pauses.pause(found["feed"]),
        skip_hours=pauses.skipped_hours(data),
        skip_days=pauses.skipped_days(data),
        partial=cut,
    )


def parse_new(body: bytes, content_type: str, url: str, known: Known) -> ParsedFeed:
    """Return the feed in *body* with only those items that are not *known*.

    All of them, when the known ones cannot be cut out for certain. Raises FeedError.
    """
    found = cut(body, content_type, known)
    if found is None:
        return parse(body, content_type, url)
    parsed = parse(found.text, content_type, url)
    if parsed.partial or len(parsed.items) != len(found.new):
        return parse(body, content_type, url)
    pairs = zip(parsed.items, found.new, strict=True)
    items = tuple(replace(item, piece=piece) for item, piece in pairs)
    return replace(parsed, items=items, known=found.known)


def _utf8(body: bytes, content_type: str) -> bytes:
    """Return *body* in UTF-8 by the rules of XML and HTTP, without control characters.

    What is looked over must be what is parsed, so the encoding is settled first.
    """
    from feedparser.encodings import convert_to_utf8  # noqa: PLC0415  child only

    headers = {"content-type": content_type} if content_type else {}
    data: bytes = convert_to_utf8(headers, body, {})
    return data.translate(None, _CONTROLS)


def _refuse(data: bytes, url: str) -> None:
    if _declares_entities(data):
        raise FeedError(redact(url), "declares entities, which no feed needs")
    if markup.too_many_attributes(data):
        reason = f"a tag with more than {markup.MOST_ATTRIBUTES} attributes"
        raise FeedError(redact(url), reason)
    begun, ended = (sum(map(data.count, tags)) for tags in (_BEGIN, _END))
    if begun - ended > _MOST_OPEN:
        raise FeedError(redact(url), f"{begun - ended} items begin and never end")


def _declares_entities(data: bytes) -> bool:
    """Whether a document type before the root, or before anything, holds an entity."""
    if b"<!ENTITY" not in data:
        return False
    prolog = _PROLOG.match(data)
    start = prolog.end() if prolog else 0
    if data[start : start + 1] == b"<":
        return data[start : start + 9].upper() == b"<!DOCTYPE"
    return b"<!DOCTYPE" in data.upper()


def _shortened(data: bytes) -> bytes:
    """Return *data* without the items in the middle when there are far too many."""
    ends = [end.end() for end in _ITEM_END.finditer(data)]
    if len(ends) <= 2 * _AT_EACH_END:
        return data
    return data[: ends[_AT_EACH_END - 1]] + data[ends[-_AT_EACH_END - 1] :]


def _parsed(data: bytes, url: str) -> Mapping[str, Any]:
    import feedparser  # noqa: PLC0415  loaded in the child only

    headers = {"content-type": "application/xml; charset=utf-8"}
    if b"xml:base" in data:
        # Links are made absolute later; only what says so itself starts elsewhere.
        headers["content-location"] = url
    found: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(data),
        response_headers=headers,
        # Only plain text leaves this module.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return found


def _why_none(found: Mapping[str, Any], *, cut: bool) -> str:
    if found.get("version") and cut:
        return "cut off before its first item ended"
    error = found.get("bozo_exception")
    said = getattr(error, "getMessage", lambda: "")()
    return f"not a feed: {said[:100]}" if said else "not a feed"


def _item(entry: dict[str, Any]) -> FeedItem:
    details = [entry.get("summary_detail"), *dict.get(entry, "content", ())]
    return FeedItem(
        guid=str(entry.get("id") or ""),
        url=_link(entry),
        title=_plain(entry.get("title_detail")),
        text=max((_plain(detail) for detail in details), key=len),
        published=_date(entry, "published") or _date(entry, "updated"),
    )


def _link(entry: dict[str, Any]) -> str:
    """Return the entry's link, or its id where that is a web address itself."""
    guid = str(entry.get("id") or "")
    if not dict.get(entry, "links"):
        return guid if guid.startswith(("http://", "https://")) else ""
    return str(entry.get("link") or "")


def _plain(detail: Mapping[str, Any] | None) -> str:
    """Return a text construct as plain text, "" for what is no text."""
    if not detail:
        return ""
    kind, value = str(detail.get("type") or ""), str(detail.get("value") or "")
    # Feeds call plain text HTML and the other way round: the text itself knows.
    if not ("html" in kind or kind in {"", "text/plain"}):
        return ""
    tagged = markup.looks_like_html(value)
    return markup.plain(value) if tagged else markup.unwrapped(value)


def _date(entry: dict[str, Any], name: str) -> datetime | None:
    """Return one date in UTC; what feedparser only guesses is unknown."""
    # Past feedparser's own lookup, which takes one date for the other.
    parsed = dict.get(entry, f"{name}_parsed")
    said = str(dict.get(entry, name) or "")
    if not isinstance(parsed, struct_time) or not _HAS_YEAR.search(said):
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
