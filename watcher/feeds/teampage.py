"""Team pages: who is shown in which post, as one text that is read when it changes.

Only names and posts are kept of the page, a line each, so that nothing else that stands
there makes another version of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rules.spans.roles import understand
from state.model import TEAM_PAGE
from watcher import htmltree
from watcher.articles.watchnames import is_person
from watcher.errors import FeedError
from watcher.fetch.urls import redact
from watcher.model import FeedItem, ParsedFeed, Select

_LONGEST = 120
_HONORIFIC = r"(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?"
_PARTICLE = r"(?:de|da|do|dos|del|della|di|van|von|der|den|la|le|bin|al|el|ten|zu)"
_WORD = r"[^\W\d_a-z][\w.'\u2019-]*"
_NAME = re.compile(rf"(?:{_HONORIFIC} )?{_WORD}(?: (?:{_PARTICLE}|{_WORD})){{1,4}}")
_PARTS = re.compile(r"\s*(?:,|;|\||/|&|\band\b|\s[\u2013\u2014-]\s|:)\s*")
_BEHIND_A_NAME = re.compile(r"\s*(?:,|\||\s[\u2013\u2014-]\s|:)\s*")
_LEADS = re.compile(r"(?:co-?)?(?:head|lead|leader|director|manager|chief)\b", re.I)


def parse(body: bytes, content_type: str, url: str, select: Select) -> ParsedFeed:
    """Return the page as one item: a line for each person with a post.

    Raises FeedError for a page that shows nobody: it has been rebuilt, or is drawn by
    a script, and nobody has left.
    """
    root = htmltree.tree(body, content_type, url)
    cards = htmltree.every(root, select.items) if select.items else [root]
    found = (line for card in cards for line in people(_lines(card)))
    shown = tuple(dict.fromkeys(found))
    if not shown:
        raise FeedError(redact(url), "shows nobody in a post: is the page built anew?")
    title, text = htmltree.title(root), "\n".join(shown)
    version = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    item = FeedItem(url, url, title, text, None, f"team:{url}:{version}", TEAM_PAGE)
    return ParsedFeed(title, (item,))


def people(lines: Sequence[str]) -> Iterator[str]:
    """Yield "name, post" for each person that the *lines* of a page show in a post.

    Name and post stand on one line, or on two, one behind the other: in whichever order
    more of the lines make a pair.
    """
    if _posts_come_first(lines):
        lines = lines[::-1]
    for place, line in enumerate(lines):
        name, post = _apart(line)
        if _is_name(name) and _is_post(post):
            yield f"{name}, {post}"
        elif _is_name(line) and _is_post("".join(lines[place + 1 : place + 2])):
            yield f"{line}, {lines[place + 1]}"


def _posts_come_first(lines: Sequence[str]) -> bool:
    """Whether posts stand above names, judged by the names that are surely people's."""
    pairs = list(pairwise(lines))
    above = sum(is_person(low) and _is_post(high) for high, low in pairs)
    below = sum(is_person(high) and _is_post(low) for high, low in pairs)
    return above > below


def _lines(card: htmltree.Element) -> list[str]:
    return [line for line in htmltree.text(card).splitlines() if line]


def _apart(line: str) -> tuple[str, str]:
    """Return what stands before and behind the first mark that parts a line."""
    mark = _BEHIND_A_NAME.search(line)
    return (line[: mark.start()], line[mark.end() :]) if mark else (line, "")


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _is_post(text)


def _is_post(text: str) -> bool:
    """Whether *text* is a title: some part of it is one by itself."""
    if not text or len(text) > _LONGEST:
        return False
    return any(_is_title(part) for part in (text, *_PARTS.split(text)))


def _is_title(part: str) -> bool:
    head = part.partition(" of ")[0]
    whole: Iterable[str] = (part, head) if head != part else (part,)
    return bool(_LEADS.match(part)) or any(understand(one) for one in whole if one)
