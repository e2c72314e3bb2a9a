"""JSON Feed, versions 1.0 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from watcher import markup
from watcher.errors import FeedError
from watcher.fetch.urls import redact
from watcher.model import FeedItem, ParsedFeed

_VERSION = "https://jsonfeed.org/version/"


def parse(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return the feed in *body*; raises FeedError when it is no JSON Feed."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(redact(url), f"not JSON: {_first_line(error)}") from error
    if not isinstance(found, dict) or not _text(found, "version").startswith(_VERSION):
        raise FeedError(redact(url), "JSON, but not a JSON Feed")
    items = found.get("items")
    if not isinstance(items, list):
        raise FeedError(redact(url), "a JSON Feed without its list of items")
    return ParsedFeed(
        title=_text(found, "title"),
        items=tuple(_item(item) for item in items if isinstance(item, dict)),
    )


def _item(item: dict[str, Any]) -> FeedItem:
    texts = (
        markup.plain(_text(item, "content_html")),
        markup.unwrapped(_text(item, "content_text")),
        markup.unwrapped(_text(item, "summary")),
    )
    return FeedItem(
        guid=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        text=max(texts, key=len),
        published=_date(item, "date_published") or _date(item, "date_modified"),
    )


def _text(fields: dict[str, Any], name: str) -> str:
    """Return one field as text; some feeds give their ids as numbers."""
    value = fields.get(name)
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else ""


def _date(fields: dict[str, Any], name: str) -> datetime | None:
    try:
        day = datetime.fromisoformat(_text(fields, name).strip())
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:100]
