"""Feed items into articles: identity, order, one-line titles, sound dates. Pure.

Their texts were cleaned when the feed was parsed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rules.language.text import clean
from rules.model import Article, Watchlist
from watcher.fetch import googlenews
from watcher.fetch.urls import canonical
from watcher.model import FeedItem

# Where a text is from: its feed, or a headline whose page cannot be found.
FEED = "feed"
HEADLINE = "headline"
# A shorter text may come again and mean another thing: "Halden: board changes".
_TELLING = 200
AHEAD = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


def articles(
    feed_url: str, items: Sequence[FeedItem], now: datetime
) -> tuple[Article, ...]:
    """Return the *items* of one feed as articles, oldest first.

    Undated ones come last, in the order in which the feed will have added them
    (feeds put the newest on top).
    """
    links = tuple(canonical(item.url) if item.url else "" for item in items)
    uses = Counter(links)
    pairs = zip(items, links, strict=True)
    made = [_article(feed_url, item, link, uses[link], now) for item, link in pairs]
    made.reverse()
    made.sort(key=lambda one: one.published or _NEVER)
    return tuple(made)


def _article(
    feed_url: str, item: FeedItem, link: str, uses: int, now: datetime
) -> Article:
    title = " ".join(clean(item.title).split())
    return Article(
        id=_identity(feed_url, item, link, uses),
        title=title,
        text=item.text,
        published=believable(item.published, now),
        url=link,
        origin=HEADLINE if googlenews.leads_on(link) else item.origin,
    )


def _identity(feed_url: str, item: FeedItem, link: str, uses: int) -> str:
    """Return the article's id: its own identity, or its link and guid together.

    A link alone may come to lead to another story, a guid alone may be used again.
    Where several items share a link, their titles tell them apart.
    """
    if item.identity:
        return _digest(item.identity)
    return _digest(link or feed_url, item.guid, item.title if uses > 1 else "")


def names(article: Article, feed_url: str) -> tuple[str, ...]:
    """Return what a text of the article is remembered by: its id, page and feed.

    The page makes it the same text when a feed makes up new guids at each poll, the
    feed when it brings an old text again under another address and date, if the text
    is long enough to be the only one in its words.
    """
    feed = (_digest("feed", feed_url),) if len(article.content) >= _TELLING else ()
    page = (_digest(article.url),) if article.url else ()
    return (article.id, *page, *feed)


def watch_identity(watchlist: Watchlist) -> str:
    """Return what tells one watch list from another."""
    return _digest(repr(watchlist))


def unwatched(article: Article, watch: str) -> str:
    """Return what a text that names nobody watched is remembered as.

    With another *watch* list it is another text, and read again.
    """
    return f"{watch}\n{article.content}"


def believable(published: datetime | None, now: datetime) -> datetime | None:
    """Return *published* in UTC, or None when it lies in the future: nobody knows."""
    if published is None or published > now + AHEAD:
        return None
    return published.astimezone(UTC)


def _digest(*parts: str) -> str:
    text = "\n".join(parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
