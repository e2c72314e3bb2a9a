"""The article behind a teaser: whether to fetch it, and whether to believe it. Pure."""

from __future__ import annotations

import re

from rules.model import Article, Reading

SHORT = 600
PAGE_ACCEPT = "text/html, application/xhtml+xml"
_ENOUGH = 0.5
_WORD = re.compile(r"[^\W\d_]{4,}")


def wanted(reading: Reading) -> bool:
    """Whether the page of a read teaser may tell more that matters.

    It must be short, have a page, and have passed the gate that asks whether the
    article may matter at all.
    """
    article = reading.article
    if not article.url or len(article.text) >= SHORT:
        return False
    return all(verdict.passed for verdict in reading.verdicts[:1])


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
