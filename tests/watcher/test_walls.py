"""What stands in the way of an article is told from the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.articles.opening import opened
from watcher.articles.walls import Wall, wall

URL = "https://paper.example/story?utm_source=feed"
STORY = (
    "Marlow & Finch named Ines Calder chief executive on Monday. She follows Tom Rask, "
    "who led the shipbuilder for eleven years. The board chose her unanimously. "
)


def page(title: str, *paragraphs: str, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article>{body}"
        "</article></body></html>"
    )


WALLS = {
    "a check of the browser": (
        page("Just a moment...", "Checking your browser before you go on."),
        Wall.CHALLENGE,
    ),
    "a refusal": (
        page("Access Denied", "You don't have permission to access this server."),
        Wall.CHALLENGE,
    ),
    "a puzzle": (
        page("paper.example", "Press and hold.").replace(
            "</body>", '<div id="px-captcha"></div></body>'
        ),
        Wall.CHALLENGE,
    ),
    "an error with status 200": (page("404 - Paper", "Go home."), Wall.ERROR),
    "an error in the text": (page("Paper", "Page not found", "Sorry."), Wall.ERROR),
    "an error 503": (page("503 Service Unavailable", "Wait."), Wall.ERROR),
    "an error 403": (page("Error 403", "Nothing to see."), Wall.ERROR),
    "a consent form": (
        page("Before you continue", "Choose what we may do with your data."),
        Wall.CONSENT,
    ),
    "a wall of cookies": (
        page(
            "Paper",
            "We and our partners store cookies for personalised ads.",
            "You may accept all or read our privacy policy.",
        ),
        Wall.CONSENT,
    ),
    "a stub to subscribers": (
        page("Calder to lead", STORY, "Subscribe to continue reading."),
        Wall.PAYWALL,
    ),
    "a stub to members": (
        page("Calder to lead", STORY, "This article is for subscribers only."),
        Wall.PAYWALL,
    ),
}
STORIES = {
    "a short story": page("Calder to lead Marlow & Finch", STORY),
    "a whole story with an offer": page(
        "Calder to lead", STORY * 8, "Already a subscriber? Sign in to read more."
    ),
    "a whole story with a script that checks browsers": page(
        "Calder to lead",
        STORY * 8,
        head='<script src="/cdn-cgi/challenge-platform/x.js"></script>',
    ),
    "a story of cookies": page("Bakery chief leaves", STORY, "She sold cookies."),
    "a story of a paywall": page(
        "Paper's chief leaves", STORY, "He built its paywall."
    ),
    "a story that begins with a number": page("500 jobs go at Marlow", STORY),
    "a story of a song": page("The song Access Denied is out", STORY),
    "a story of 404 posts": page("Marlow cuts jobs", STORY, "The cuts hit 404 posts."),
}


@pytest.mark.parametrize("name", WALLS)
def test_what_is_in_the_way_is_named(name: str) -> None:
    body, expected = WALLS[name]
    assert opened(body.encode(), URL).wall == expected


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_no_wall(name: str) -> None:
    found = opened(STORIES[name].encode(), URL)
    assert found.wall == ""
    assert "Ines Calder" in found.text


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_page_is_judged_and_a_long_text_is_believed(head: str, text: str) -> None:
    assert wall(head, text) in Wall
    assert wall("<title>Paper</title>", "The story goes on. " * 100 + text) is Wall.NONE


def own(link: str) -> str:
    head = f'<link rel="canonical" href="{link}">'
    return opened(page("Calder", STORY, head=head).encode(), URL).url


def test_a_page_says_its_own_address_without_tracking_marks() -> None:
    assert own("/calder-leads?utm_medium=x&id=7#top") == (
        "https://paper.example/calder-leads?id=7"
    )


@pytest.mark.parametrize(
    "link", ["", "/", "https://other.example/calder", "javascript:x", "http://["]
)
def test_an_address_of_another_site_or_of_its_front_page_is_none(link: str) -> None:
    assert own(link) == ""


def test_the_story_of_a_mobile_page_has_its_address_on_the_site_itself() -> None:
    head = '<link rel="canonical" href="https://www.paper.example/calder">'
    found = opened(page("C", STORY, head=head).encode(), "https://m.paper.example/c")
    assert found.url == "https://www.paper.example/calder"


@pytest.mark.parametrize("charset", ["latin-1", "nonsense", "utf-16"])
def test_a_page_in_another_or_no_known_encoding_is_still_judged(charset: str) -> None:
    head = f'<meta charset="{charset}">'
    body = page("Just a moment...", "Wait.", head=head)
    known = charset if charset != "nonsense" else "utf-8"
    assert opened(body.encode(known), URL).wall in {Wall.CHALLENGE, ""}
