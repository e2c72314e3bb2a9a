"""An article's page understood: its text, what is in the way, its own address.

Runs inside the cage.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from watcher.articles.page import extract
from watcher.articles.walls import wall
from watcher.fetch.urls import canonical, resolve
from watcher.model import Page

_LONGEST_HEAD = 200_000
_CHARSET = re.compile(rb"charset=[\"']?([\w-]{3,20})", re.IGNORECASE)


def opened(body: bytes, url: str) -> Page:
    """Return what the page at *url* has to say; raises FeedError for a hostile one."""
    text = extract(body, url) or ""
    head = _decoded(body)
    return Page(text, wall(head, text), _own_address(head, url))


def _decoded(body: bytes) -> str:
    """Return the page's beginning as text; a wrong guess costs some marks only."""
    head = body[:_LONGEST_HEAD]
    said = _CHARSET.search(head)
    try:
        return head.decode(said[1].decode() if said else "utf-8", "replace")
    except LookupError:
        return head.decode("utf-8", "replace")


def _own_address(head: str, url: str) -> str:
    """Return the address that the page calls its own, "" when it names none.

    It must be on the same site, and no front page: templates get both wrong.
    """
    finder = _Finder()
    finder.feed(head)
    own = resolve(url, finder.link)
    if not own or _site(own) != _site(url) or urlsplit(own).path in {"", "/"}:
        return ""
    return canonical(own)


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


class _Finder(HTMLParser):
    """Finds the first `<link rel="canonical">` of a page."""

    link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag; the parser calls it."""
        if tag != "link" or self.link:
            return
        said = {name: value or "" for name, value in attrs}
        if "canonical" in said.get("rel", "").lower().split():
            self.link = said.get("href", "")
