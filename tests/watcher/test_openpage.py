"""An article's page takes the place of its teaser, and nothing worse ever does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

AT = "2025-06-10T12:00:00Z"
LATER = "2025-06-10T18:00:00Z"
WATCH = """
[[organizations]]
name = "Marlow & Finch"
[[tenures]]
organization = "Marlow & Finch"
role = "chief executive officer"
person = "Tom Rask"
since = "2014"
"""
TITLE = "Marlow &amp; Finch changes its chief executive"
TEASER = "The shipbuilder Marlow &amp; Finch has a new chief executive."
STORY = (
    "<html><head><title>Marlow</title>{head}</head><body><article>"
    "<p>Marlow &amp; Finch has changed its chief executive.</p>"
    "<p>Marlow &amp; Finch appointed Ines Calder as chief executive on Monday. She "
    "succeeds Tom Rask, who resigned.</p><p>The shipbuilder has a new dock. It has "
    "eleven ships. The chair spoke in the harbour hall.</p></article></body></html>"
)
TITLED = "<title>Marlow</title><p>Marlow &amp; Finch changes its chief executive."
CONSENT = f"""{TITLED} We and our partners use cookies. Accept all or see our privacy
policy. Manage options for the shipbuilder and its new chief executive.</p>"""
STUB = f"{TITLED} It has a new one.</p><p>Subscribe to continue reading.</p>"
WALLS = {
    "challenge page": (200, "<title>Just a moment...</title><p>Checking.</p>"),
    "consent page": (200, CONSENT),
    "paywall": (200, STUB),
    "page failed": (503, "busy"),
    "page tells less": (200, "<p>Hello.</p>"),
}


def rss(text: str = TEASER, link: str = "") -> str:
    return (
        '<rss version="2.0"><channel><title>Paper</title><item>'
        f"<title>{TITLE}</title><link>{link}</link><guid>1</guid>"
        "<pubDate>Mon, 09 Jun 2025 08:00:00 GMT</pubDate>"
        f"<description>{text}</description></item></channel></rss>"
    )


def set_up(newsroom: Any, status: int, page: str, text: str = TEASER) -> None:
    newsroom.server.clear()
    newsroom.configure("/rss", "", WATCH)
    newsroom.serve("/robots.txt", "", "text/plain")
    newsroom.serve("/rss", rss(text, newsroom.server.url_for("/story?utm_source=rss")))
    newsroom.server.expect_request("/story").respond_with_data(
        page, status=status, content_type="text/html"
    )


def stored(newsroom: Any) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(newsroom.home / "watcher.db")) as ledger:
        return ledger.execute("SELECT origin, url FROM texts ORDER BY rowid").fetchall()


def test_a_story_behind_a_teaser_is_read_by_its_page_under_its_own_address(
    newsroom: Any,
) -> None:
    head = '<link rel="canonical" href="/news/calder?utm_campaign=x">'
    set_up(newsroom, 200, STORY.format(head=head))
    newsroom.poll(AT)
    place = newsroom.server.url_for("/news/calder")
    assert stored(newsroom) == [("page", place)]
    (change,) = newsroom.data("log")
    assert change["after"] == ["Ines Calder"]


@pytest.mark.parametrize("why", WALLS)
def test_what_is_in_the_way_is_never_taken_for_the_article(
    newsroom: Any, why: str
) -> None:
    set_up(newsroom, *WALLS[why])
    newsroom.poll(AT)
    place = newsroom.server.url_for("/story")
    assert stored(newsroom) == [(f"feed: {why}", place)]
    assert newsroom.told() == []


@pytest.mark.parametrize("why", WALLS)
def test_a_wall_never_takes_the_place_of_a_good_text(newsroom: Any, why: str) -> None:
    set_up(newsroom, 200, STORY.format(head=""))
    newsroom.poll(AT)
    set_up(newsroom, *WALLS[why], text=f"{TEASER} More soon.")
    newsroom.poll(LATER)
    assert [origin for origin, _ in stored(newsroom)] == ["page", f"feed: {why}"]
    assert len(newsroom.told()) == 1
    assert [one["person"] for one in newsroom.data("who")] == ["Ines Calder"]


def test_a_feeds_own_whole_story_is_better_than_a_page(newsroom: Any) -> None:
    whole = "Marlow &amp; Finch appointed Ines Calder as chief executive. " * 15
    set_up(newsroom, 200, STORY.format(head=""), text=whole)
    newsroom.poll(AT)
    assert [origin for origin, _ in stored(newsroom)] == ["feed"]
    assert newsroom.asked("/story") == 0


@pytest.mark.parametrize("end", ["and then…", "and [...]", "on Monday. Read more"])
def test_a_long_text_that_is_cut_off_is_read_by_its_page(
    newsroom: Any, end: str
) -> None:
    cut = f"{'The shipbuilder has a new chief executive. ' * 15}{end}"
    set_up(newsroom, 200, STORY.format(head="").replace("</p>", " Fine." * 120, 1), cut)
    newsroom.poll(AT)
    assert [origin for origin, _ in stored(newsroom)] == ["page"]
