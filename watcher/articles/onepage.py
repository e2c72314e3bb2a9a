"""One article by hand, for `read` and `explain`: a file, stdin, or a page."""

from __future__ import annotations

import asyncio
import html
import re
import sys
from datetime import datetime
from pathlib import Path

from rules.language.text import clean
from rules.model import Article
from watcher.articles import fulltext
from watcher.articles.opening import opened
from watcher.errors import FeedError, WatcherError
from watcher.fetch.cage import Cage
from watcher.fetch.http import Client
from watcher.fetch.urls import redact

_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)


class TextError(WatcherError):
    """A file that cannot be read as text."""


def is_page(place: str) -> bool:
    """Whether *place* is an address of the web rather than a file."""
    return place.lower().startswith(("http://", "https://"))


def from_file(place: str, published: datetime | None) -> Article:
    """Return the article in the file *place* (- is stdin), text or HTML.

    Raises TextError, and FeedError for a page without an article.
    """
    try:
        body = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
        if place.lower().endswith((".html", ".htm")):
            return asyncio.run(_of_html(body, place, published))
        return plain(body.decode("utf-8-sig"), published)
    except OSError as error:
        raise TextError(f"{place}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise TextError(f"{place}: is not text in UTF-8") from error


def plain(text: str, published: datetime | None) -> Article:
    """Return the article of a plain text; a first line standing alone is its title."""
    text = clean(text)
    first, gap, rest = text.partition("\n\n")
    alone = bool(gap) and "\n" not in first
    title, body = (first, rest) if alone else ("", text)
    return Article("text", title, body, published)


def from_page(url: str, published: datetime | None, client: Client) -> Article:
    """Fetch the page and return its article; raises FeedError and CageError."""
    return asyncio.run(_of_page(url, published, client))


async def _of_page(url: str, published: datetime | None, client: Client) -> Article:
    async with client:
        page = await client.get(url, accept=fulltext.PAGE_ACCEPT)
    return await _of_html(page.body, page.url, published)


async def _of_html(body: bytes, url: str, published: datetime | None) -> Article:
    with Cage(workers=1) as cage:
        page = await cage.run(opened, body, url)
    if page.wall:
        raise FeedError(redact(url), f"shows a {page.wall} instead of the article")
    if not page.text:
        raise FeedError(redact(url), "has no article text")
    return Article("page", _title(body), clean(page.text), published, url)


def _title(body: bytes) -> str:
    found = _TITLE.search(body)
    title = html.unescape(found.group(1).decode("utf-8", "replace")) if found else ""
    return " ".join(clean(title).split())
