"""A feed asked for; a page of a site only where its robots.txt lets us."""

from __future__ import annotations

from state.model import FeedState
from watcher.articles.fulltext import PAGE_ACCEPT
from watcher.feeds import PAGES
from watcher.fetch.ports import Getter
from watcher.model import FeedSpec, Response


async def request(
    feed: FeedSpec, state: FeedState, http: Getter, pages: Getter | None
) -> Response:
    """Return the answer to the next request for *feed*, by *pages* if it is a page.

    Raises FeedError.
    """
    if feed.kind in PAGES:
        polite = pages or http
        return await polite.get(feed.url, state.validators, accept=PAGE_ACCEPT)
    return await http.get(feed.url, state.validators)
