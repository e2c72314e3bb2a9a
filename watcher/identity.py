"""When an item is a known story under another guid and other words. Pure.

A feed may change both at once: when an editor rewrites a story, many systems make a new
item of it at the old address. Taken for another story, its old text would count for
ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from rules.model import Article
from state.model import TEAM_PAGE

# Less than a day: columns of each day have one address and many like words.
_NEAR = timedelta(hours=18)
_ENOUGH = 0.5
_LITTLE = 0.2
_WORD = re.compile(r"[^\W\d_]{4,}")


def settled(
    articles: Iterable[Article], known: Callable[[str], Article | None]
) -> tuple[Article, ...]:
    """Return the *articles* of one feed, each under the id that its story has already.

    *known* gives what a feed last told under an address. An address that several items
    have, or a front page, identifies nothing.
    """
    given = tuple(articles)
    uses = Counter(one.url for one in given)
    return tuple(one if uses[one.url] > 1 else named(one, known) for one in given)


def named(article: Article, known: Callable[[str], Article | None]) -> Article:
    """Return *article* under the id that its story has already, if it has one."""
    old = known(article.url) if _may_be_known(article) else None
    if old is None or old.id == article.id or not same_story(old, article):
        return article
    return replace(article, id=old.id)


def same_story(old: Article, new: Article) -> bool:
    """Whether two texts at one address are one story: like words of it are the same.

    Fewer of them are enough where both have the same date.

    Stories that are most of a day apart are two, whatever they say.
    """
    if old.published is not None and new.published is not None:
        if old.published == new.published:
            return alike(old.content, new.content, _LITTLE)
        if abs(old.published - new.published) > _NEAR:
            return False
    return alike(old.content, new.content)


def alike(one: str, other: str, enough: float = _ENOUGH) -> bool:
    """Whether two texts share *enough* of the words of the one with fewer of them."""
    words, others = _words(one), _words(other)
    fewer = min(len(words), len(others))
    return fewer > 0 and len(words & others) >= enough * fewer


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _may_be_known(article: Article) -> bool:
    """Whether the address leads to a story: no front page, and no page of a team.

    Each version of a team page is a text of its own, and stays true of its day.
    """
    parts = urlsplit(article.url)
    return article.origin != TEAM_PAGE and bool(parts.path.strip("/") or parts.query)
