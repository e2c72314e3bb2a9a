"""Feeds by format: `FORMATS`, and `parse`, which runs inside the cage.

What is no feed is refused here, before any parser sees it: an empty body or a log-in
page must never look like a feed without news.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from rules.language.text import clean
from watcher import markup
from watcher.articles.walls import wall
from watcher.cut import Known
from watcher.errors import FeedError
from watcher.feeds import (
    edgar,
    jsonfeed,
    newssitemap,
    syndication,
    teampage,
    webpage,
)
from watcher.fetch import googlenews
from watcher.fetch.urls import redact, resolve
from watcher.model import FeedItem, ParsedFeed, Select

FORMATS: dict[str, Callable[[bytes, str, str], ParsedFeed]] = {
    "rss": syndication.parse,
    "atom": syndication.parse,
    "json": jsonfeed.parse,
    "sitemap": newssitemap.parse,
    "edgar": edgar.parse,
}
"""How each `kind` of feed is read: body, content type and URL to a ParsedFeed."""

PAGES: dict[str, Callable[[bytes, str, str, Select], ParsedFeed]] = {
    "page": webpage.parse,
    "team": teampage.parse,
}
"""How each `kind` of page is read, which takes selectors as well."""

NOTHING = Select()
MOST_ITEMS = 2000
LONGEST_TITLE = 1000
LONGEST_TEXT = 1_000_000
_EARLIEST = 1990
_HEAD = 4096
_WALL = 100_000
_BLANK = b" \t\r\n\xef\xbb\xbf\xfe\xff"
_HTML = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b",
    re.DOTALL | re.IGNORECASE,
)

_SITEMAP = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]",
    re.DOTALL,
)


def parse(
    body: bytes,
    content_type: str,
    url: str,
    kind: str | None,
    by: Select | Known = NOTHING,
) -> ParsedFeed:
    """Return the feed in *body*, its items' text clean, links absolute, dates in UTC.

    *kind* is one of `FORMATS` or `PAGES`, None to tell it from the body. *by* says
    where the items of a page are, or which items of a feed are known by their raw text
    and may be left out. Raises FeedError.
    """
    found = _found(body, content_type, url, kind, by)
    notes = found.notes
    kept = _newest(found.items)
    if len(kept) < len(found.items):
        notes = (*notes, f"only the newest {MOST_ITEMS} items were kept")
    items = (_finished(item, url) for item in kept)
    return replace(
        found,
        title=_clipped(clean(found.title), LONGEST_TITLE),
        items=tuple(item for item in items if item.title or item.text),
        notes=notes,
    )


def _found(
    body: bytes, content_type: str, url: str, kind: str | None, by: Select | Known
) -> ParsedFeed:
    if kind in PAGES:
        select = by if isinstance(by, Select) else NOTHING
        try:
            return PAGES[kind](body, content_type, url, select)
        except FeedError:
            _refuse_walls(body, url)
            raise
    _refuse(body, url)
    kind = kind or _sniffed(body)
    if isinstance(by, Known) and FORMATS[kind] is syndication.parse:
        return syndication.parse_new(body, content_type, url, by)
    return FORMATS[kind](body, content_type, url)


def _refuse(body: bytes, url: str) -> None:
    """Raise FeedError for what can be told at a glance to be no feed."""
    head = _head(body)
    if not head:
        raise FeedError(redact(url), "an empty answer, not a feed")
    if head.startswith(b"%PDF"):
        raise FeedError(redact(url), "a PDF file, not a feed")
    if _HTML.match(head):
        _refuse_walls(body, url)
        raise FeedError(redact(url), "an HTML page, not a feed")


def _refuse_walls(body: bytes, url: str) -> None:
    """Raise FeedError for a page that stands in the way of another."""
    page = body[:_WALL].decode("utf-8", "replace")
    found = wall(page, markup.plain(page))
    if found:
        raise FeedError(redact(url), f"{found} in place of what was asked for")


def _sniffed(body: bytes) -> str:
    head = _head(body)
    if head.startswith((b"{", b"[")):
        return "json"
    return "sitemap" if _SITEMAP.match(head) else "rss"


def _head(body: bytes) -> bytes:
    """Return the first bytes as ASCII would have them, also of UTF-16 and UTF-32."""
    head = body[:_HEAD] if body[:_HEAD].strip() else body.lstrip()[:_HEAD]
    return head.replace(b"\0", b"").lstrip(_BLANK)


def _newest(items: Sequence[FeedItem]) -> Sequence[FeedItem]:
    """Return at most `MOST_ITEMS` of *items*, the newest, in the order they stood."""
    if len(items) <= MOST_ITEMS:
        return items
    never = datetime.min.replace(tzinfo=UTC)
    days = [item.published or never for item in items]
    ranked = sorted(range(len(items)), key=days.__getitem__, reverse=True)
    return [items[place] for place in sorted(ranked[:MOST_ITEMS])]


def _finished(item: FeedItem, url: str) -> FeedItem:
    """Return *item* clean, within its bounds, and with a guid of some kind."""
    title = _clipped(" ".join(clean(item.title).split()), LONGEST_TITLE)
    text = _clipped(clean(item.text), LONGEST_TEXT)
    link = resolve(url, item.url)
    if googlenews.leads_on(link):
        # Beside the link stand the title again and the headlines of other stories.
        link, text = googlenews.behind(link) or link, ""
    guid = clean(item.guid) or link or _digest(f"{title}\n{text}")
    return FeedItem(
        guid=guid if len(guid) <= LONGEST_TITLE else _digest(guid),
        url=link,
        title=title,
        text=text,
        published=_believable(item.published),
        identity=clean(item.identity),
        origin=item.origin,
        piece=item.piece,
    )


def _believable(day: datetime | None) -> datetime | None:
    """Return *day*, or None when no news can be that old."""
    return day if day is not None and day.year >= _EARLIEST else None


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
