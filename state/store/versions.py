"""What a text of an article is against the texts before it."""

from __future__ import annotations

from sqlite_utils import Database

from rules.model import Article, Reading
from state.model import BY_PAGE, TEAM_PAGE
from state.news.corrections import is_excerpt
from state.store import lookups
from state.store.facts import Revision
from state.store.rows import cleaned


def false_quote(reading: Reading) -> str | None:
    """Return what is wrong with the first quote that does not stand in its article."""
    content = reading.article.content
    for claim in reading.claims:
        said = claim.evidence
        if not said.quote or content[said.start : said.end] != said.quote:
            return f"a quote is not in article {said.article_id}: {said.quote!r}"
    return None


def falls_short(article: Article, earlier: Revision) -> bool:
    """Whether a text only tells less than the *earlier* one, and takes nothing back.

    It is cut down from it, or it is the feed's and shorter than what the page said.
    """
    content = cleaned(article.content)
    shorter = len(content) < len(earlier.content)
    by_feed = earlier.origin == BY_PAGE and article.origin != BY_PAGE
    return is_excerpt(content, earlier.content) or (by_feed and shorter)


def page_before(db: Database, article: Article, revision: int) -> int | None:
    """Return the text that a team page had before this one, if it is one."""
    if article.origin != TEAM_PAGE:
        return None
    return lookups.page_before(db, cleaned(article.url), revision)
