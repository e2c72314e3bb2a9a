"""Stories that were told, read again on their pages: a correction often comes quietly.

When a page is due stands in the ledger; a page that fails, or shows something else,
changes nothing and is tried again at its next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import structlog

from rules.language.text import clean
from rules.model import Article
from state.model import BY_PAGE, Change, Story
from watcher.articles.openpage import WAYS, fetched
from watcher.errors import CageError, FeedError
from watcher.identity import alike
from watcher.model import FeedSpec, Page
from watcher.poll import Tools, read_and_record

_log = structlog.get_logger("watcher.revisit")


async def revisit(feeds: Iterable[FeedSpec], tools: Tools) -> tuple[Change, ...]:
    """Read the pages that are due again; return what that changes.

    Raises StateError when the ledger cannot be used.
    """
    known = {feed.url: feed for feed in feeds if _has_pages(feed)}
    changes: list[Change] = []
    for story in tools.ledger.stories.due(tools.clock.now()):
        if tools.halt.is_set():
            break
        feed = known.get(story.feed)
        if feed is not None:
            changes += await _again(feed, story, tools)
    return tuple(changes)


def _has_pages(feed: FeedSpec) -> bool:
    return feed.full_text and feed.kind not in WAYS


async def _again(feed: FeedSpec, story: Story, tools: Tools) -> tuple[Change, ...]:
    old = story.article
    try:
        page = await fetched(feed, old, tools.pages or tools.http, tools.cage)
    except (FeedError, CageError) as error:
        _log.info("story not read again", feed=feed.name, error=str(error))
        page = Page("")
    tools.ledger.stories.note(story, tools.clock.now())
    new = edited(old, page)
    if new is None:
        return ()
    _log.info("story edited", feed=feed.name, url=old.url)
    return await read_and_record(feed, tools, new)


def edited(old: Article, page: Page) -> Article | None:
    """Return the story as its page now has it, None when that is no edit of it."""
    text = clean(page.text)
    if page.wall or text == old.text or not alike(old.text, text):
        return None
    return replace(old, text=text, origin=BY_PAGE)
