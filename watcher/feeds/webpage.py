"""Pages without a feed: their items found by the user's CSS selectors.

A page whose selectors find nothing has been rebuilt, or is drawn by a script: that is
an error, and never a page without news.
"""

from __future__ import annotations

from datetime import UTC, datetime

from watcher import htmltree
from watcher.errors import FeedError
from watcher.fetch.urls import redact, resolve
from watcher.htmltree import Element
from watcher.model import FeedItem, ParsedFeed, Select

# Forms that have one reading only; 06/09/2025 has two.
_FORMS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
)
_DATES = "time"
_ANCHOR = "a[href]"


def parse(body: bytes, content_type: str, url: str, select: Select) -> ParsedFeed:
    """Return what *select* finds on the page; raises FeedError if it is nothing."""
    root = htmltree.tree(body, content_type, url)
    base = htmltree.base(root, url)
    found = htmltree.every(root, select.items)
    if not found:
        reason = f"nothing on the page fits {select.items!r}: is it built anew?"
        raise FeedError(redact(url), reason)
    items = [_item(element, base, select) for element in found]
    named = tuple(item for item in items if item.title)
    if not named:
        raise FeedError(redact(url), f"nothing that fits {select.items!r} has a title")
    return ParsedFeed(htmltree.title(root), named)


def _item(element: Element, base: str, select: Select) -> FeedItem:
    anchor = htmltree.first(element, select.link or _ANCHOR)
    link = resolve(base, anchor.get("href") or "") if anchor is not None else ""
    whole = htmltree.first(element, select.title) if select.title else anchor
    title = htmltree.line(whole if whole is not None else element)
    text = htmltree.first(element, select.text) if select.text else None
    return FeedItem(
        guid=link,
        url=link,
        title=title,
        text=htmltree.text(text),
        published=_date(htmltree.first(element, select.date or _DATES)),
    )


def _date(element: Element | None) -> datetime | None:
    """Return the day that an element tells, by its attribute or its words."""
    if element is None:
        return None
    said = (element.get("datetime") or htmltree.line(element)).strip()
    try:
        day = datetime.fromisoformat(said)
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _spelt(said.replace("Sept ", "Sep "))


def _spelt(said: str) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
