"""The feeds that a page links to: declared in its head, or named by its links. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from watcher.fetch.urls import canonical, resolve

MOST = 10
_LONGEST_PAGE = 2_000_000
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json"}
)
_LIKE_A_FEED = re.compile(
    r"(?:^|[/._?=&-])(?:rss|atom|feeds?)(?:$|[/._?&-])", re.IGNORECASE
)


def linked(body: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of likely feeds on a page, the declared ones first.

    At most `MOST`, each once. Runs inside the cage.
    """
    links = _Links()
    links.feed(body[:_LONGEST_PAGE].decode("utf-8", "replace"))
    base = resolve(url, links.base) or url
    found = (resolve(base, link) for link in (*links.declared, *links.named))
    named = {canonical(link): link for link in reversed(list(found)) if link}
    return tuple(reversed(named.values()))[:MOST]


class _Links(HTMLParser):
    """Gathers what a page declares as its feeds, and the links that look like one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.declared: list[str] = []
        self.named: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag; the parser calls it."""
        said = {name: value or "" for name, value in attrs}
        link = said.get("href", "")
        if tag == "base":
            self.base = self.base or link
        elif tag == "link" and _declares(said):
            self.declared.append(link)
        elif tag == "a" and _LIKE_A_FEED.search(link):
            self.named.append(link)


def _declares(said: dict[str, str]) -> bool:
    kind = said.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in said.get("rel", "").lower().split() and kind in _FEED_TYPES
