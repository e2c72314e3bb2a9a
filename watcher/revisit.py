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
from state.errors import StateError
from state.model import BY_PAGE, Change, Story
from watcher.articles.openpage import WAYS, fetched
from watcher.errors import CageError, FeedError
from watcher.identity import alike
from watcher.intake import HEADLINE
from watcher.model import FeedSpec, Page
from watcher.poll import Tools, read_and_record

_log = structlog.get_logger("watcher.revisit")


async def revisit(feeds: Iterable[FeedSpec], tools: Tools) -> tuple[Change, ...]:
    """Read the pages that are due again; return what that changes.

    Raises StateError when the ledger cannot be used.
    """
    stories = tools.ledger.stories
    known = {stories.name_of(feed.url): feed for feed in feeds if _has_pages(feed)}
    changes: list[Change] = []
    for story in stories.due(tools.clock.now()):
        if tools.halt.is_set():
            break
        feed = known.get(story.feed)
        if feed is not None and story.article.origin != HEADLINE:
            changes += await _again(feed, story, tools)
    return tuple(changes)


def _has_pages(feed: FeedSpec) -> bool:
    return feed.full_text and feed.kind not in WAYS


async def _again(feed: FeedSpec, story: Story, tools: Tools) -> tuple[Change, ...]:
    """Read one story again, and note it last: a kill before costs one more request."""
    page = await _page(feed, story, tools)
    changes: tuple[Change, ...] = ()
    new = edited(story, page)
    try:
        if new is not None:
            _log.info("story edited", feed=feed.name, url=new.url)
            changes = await read_and_record(feed, tools, new)
    except StateError:
        raise
    except Exception:
        # A text that our rules choke on must not stop the others, nor come for ever.
        _log.exception("fault while reading again", feed=feed.name)
    stood = story.stood or stands(story, page)
    tools.ledger.stories.note(story, tools.clock.now(), stood=stood)
    return changes


async def _page(feed: FeedSpec, story: Story, tools: Tools) -> Page:
    try:
        pages = tools.pages or tools.http
        return await fetched(feed, story.article, pages, tools.cage)
    except (FeedError, CageError) as error:
        _log.info("story not read again", feed=feed.name, error=str(error))
        return Page("")


def edited(story: Story, page: Page) -> Article | None:
    """Return the story as its page now has it, None when that is no edit of it.

    Where the feed's text was read, the page is another one: it is an edit only when it
    had the words that were told, and has them no more.
    """
    old, text = story.article, clean(page.text)
    if page.wall or text == old.text or not alike(old.text, text):
        return None
    if old.origin != BY_PAGE and (not story.stood or stands(story, page)):
        return None
    return replace(old, text=text, origin=BY_PAGE)


def stands(story: Story, page: Page) -> bool:
    """Whether the page has all words that the story's changes rest on."""
    said = _line(f"{story.article.title}\n{clean(page.text)}")
    return not page.wall and all(_line(quote) in said for quote in story.quotes)


def _line(text: str) -> str:
    return " ".join(text.split())
