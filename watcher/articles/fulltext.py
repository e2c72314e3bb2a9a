"""The article behind a teaser: whether to fetch it, and whether to believe it. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from rules.language.text import clean
from rules.model import Article, Reading
from state.model import BY_PAGE
from watcher.intake import FEED
from watcher.model import Page

SHORT = 600
PAGE_ACCEPT = "text/html, application/xhtml+xml"
_ENOUGH = 0.5
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|(?:read|continue|see) (?:more|reading)\W*"
    r"|read the (?:full|whole|rest)[^\n]{0,40})\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def wanted(reading: Reading) -> bool:
    """Whether the page of a read teaser may tell more that matters.

    It must be short or cut off, have a page that can be found, and have passed the
    gate that asks whether the article may matter at all.
    """
    article = reading.article
    if article.origin != FEED:
        return False
    if not article.url or not (len(article.text) < SHORT or cut_off(article.text)):
        return False
    return all(verdict.passed for verdict in reading.verdicts[:1])


def cut_off(text: str) -> bool:
    """Whether a feed's text ends in the middle: "...", "Read more"."""
    return bool(_CUT_OFF.search(text[-100:]))


def chosen(article: Article, page: Page) -> Article:
    """Return *article* with the page's text if it is the better one.

    The origin says where the text is from, or why the page would not do.
    """
    text = clean(page.text)
    if page.wall:
        return replace(article, origin=f"feed: {page.wall}")
    if not agrees(article, text):
        return replace(article, origin="feed: page tells less")
    return replace(article, text=text, url=page.url or article.url, origin=BY_PAGE)


def agrees(article: Article, page: str) -> bool:
    """Whether *page* is longer than the teaser and tells the same story.

    A consent form, a log-in page or a list of other stories does not: it lacks half
    of the words of the title, and half of those of the teaser.
    """
    if len(page) <= len(article.text):
        return False
    found = _words(page)
    return _share(article.title, found) or _share(article.text, found)


def _share(text: str, found: set[str]) -> bool:
    words = _words(text)
    return bool(words) and len(words & found) >= _ENOUGH * len(words)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
