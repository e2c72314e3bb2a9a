"""An article with the text of its page, where that is better than the feed's.

How a page is fetched and read goes by the kind of its feed: `WAYS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from rules.model import Article
from state.model import BY_PAGE
from watcher.articles import filing, fulltext, opening
from watcher.errors import CageError, FeedError
from watcher.fetch.ports import Getter, Runner
from watcher.fetch.urls import redact
from watcher.model import FeedSpec, Page

_log = structlog.get_logger("watcher.articles")


@dataclass(frozen=True, slots=True)
class Way:
    """How to come to an article's text: where it is, and how a body there is read."""

    address: Callable[[str], str] = str
    read: Callable[[bytes, str], Page] = opening.opened
    accept: str = fulltext.PAGE_ACCEPT


WAYS: dict[str, Way] = {
    "edgar": Way(filing.address, filing.opened, "text/plain"),
}
"""The ways of those kinds of feed whose articles are no pages of the web."""


async def with_page(
    feed: FeedSpec, article: Article, pages: Getter, cage: Runner
) -> Article:
    """Return *article* with its page's text, or as it is; its origin says which.

    A page that fails, or has something else in the article's place, costs nothing.
    """
    try:
        page = await fetched(feed, article, pages, cage)
    except (FeedError, CageError) as error:
        _log.info("article page not read", feed=feed.name, error=str(error))
        return replace(article, origin="feed: page failed")
    chosen = fulltext.chosen(article, page)
    if chosen.origin != BY_PAGE:
        place = redact(article.url)
        _log.info("article page no use", feed=feed.name, url=place, why=chosen.origin)
    return chosen


async def fetched(
    feed: FeedSpec, article: Article, pages: Getter, cage: Runner
) -> Page:
    """Return the article's page; raises FeedError and CageError."""
    way = WAYS.get(feed.kind or "", Way())
    answer = await pages.get(way.address(article.url), accept=way.accept)
    return await cage.run(way.read, answer.body, answer.url)
