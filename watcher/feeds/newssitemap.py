"""News sitemaps: the pages of the last two days, each with its title and date."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from watcher import markup
from watcher.errors import FeedError
from watcher.fetch.urls import redact
from watcher.model import FeedItem, ParsedFeed


def parse(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return the news in a sitemap; raises FeedError when it is none or is hostile.

    A sitemap carries no texts: the articles' pages are read where they may matter.
    """
    _refuse(body, url)
    try:
        root = ET.fromstring(body)  # noqa: S314  no document type in it
    except (ET.ParseError, ValueError, LookupError) as error:
        raise FeedError(redact(url), f"not a sitemap: {error}") from error
    kind = root.tag.rpartition("}")[2]
    if kind == "sitemapindex":
        reason = "a list of sitemaps; give the address of the one with the news"
        raise FeedError(redact(url), reason)
    if kind != "urlset":
        raise FeedError(redact(url), "not a sitemap")
    pages = root.findall("{*}url")
    items = tuple(_item(page) for page in pages if page.find("{*}news") is not None)
    if pages and not items:
        raise FeedError(redact(url), "a sitemap without news: no titles, no dates")
    return ParsedFeed(_text(root, "{*}url/{*}news/{*}publication/{*}name"), items)


def _refuse(body: bytes, url: str) -> None:
    """Raise FeedError for what is not safe to parse."""
    if b"<!DOCTYPE" in body.replace(b"\0", b"").upper():
        raise FeedError(redact(url), "a sitemap has no document type, this one has")
    if markup.too_many_attributes(body):
        reason = f"a tag with more than {markup.MOST_ATTRIBUTES} attributes"
        raise FeedError(redact(url), reason)


def _item(page: ET.Element) -> FeedItem:
    link = _text(page, "{*}loc")
    return FeedItem(
        guid=link,
        url=link,
        title=markup.unwrapped(_text(page, "{*}news/{*}title")),
        text="",
        published=_date(_text(page, "{*}news/{*}publication_date")),
    )


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _date(said: str) -> datetime | None:
    try:
        day = datetime.fromisoformat(said)
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
