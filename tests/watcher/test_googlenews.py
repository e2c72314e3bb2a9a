"""Links of Google News: decoded where they hold the address, else a headline only."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds import parse
from watcher.fetch import googlenews

ADDRESS = "https://paper.example/business/quarry-bank?id=7"
AT = "2025-06-10T12:00:00Z"
WATCH = '[[organizations]]\nname = "Quarry Bank"\n'


def link(
    held: bytes, tail: bytes = b"\xd2\x01\x00", folder: str = "rss/articles"
) -> str:
    """A link of Google's form that holds *held*."""
    size = len(held)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    coded = base64.urlsafe_b64encode(b"\x08\x13\x22" + length + held + tail).decode()
    return f"https://news.google.com/{folder}/{coded.rstrip('=')}?oc=5"


HIDDEN = link(b"AU_yqLM14jqeFi6_aBWWlj6aUK8aPvAKbWe1", b"")


def rss(place: str, date: str = "Mon, 09 Jun 2025 08:00:00 GMT") -> str:
    title = "Quarry Bank appoints Ana Reyes as chief executive - The Paper"
    other = "Dan Ode resigns as chief executive of Quarry Bank"
    return (
        '<rss version="2.0"><channel><title>Search</title><item>'
        f"<title>{title}</title><link>{place}</link><guid>CBMi1</guid>"
        f"<pubDate>{date}</pubDate><description>&lt;ol&gt;&lt;li&gt;{title}&lt;/li&gt;"
        f"&lt;li&gt;{other}&lt;/li&gt;&lt;/ol&gt;</description></item></channel></rss>"
    )


@pytest.mark.parametrize("folder", ["rss/articles", "articles", "read"])
def test_an_old_link_holds_the_address_of_the_article(folder: str) -> None:
    assert googlenews.behind(link(ADDRESS.encode(), folder=folder)) == ADDRESS


def test_a_long_address_is_decoded_whole() -> None:
    long = f"{ADDRESS}&{'x' * 300}=1"
    assert googlenews.behind(link(long.encode())) == long


@pytest.mark.parametrize(
    "url",
    [
        HIDDEN,
        link(b"javascript:alert(1)"),
        link(b"https://"),
        "https://news.google.com/rss/articles/CBMi",
        "https://news.google.com/rss/articles/!!!",
        "https://news.google.com/rss/search?q=bank",
        link(ADDRESS.encode()).replace("news.google.com", "other.example"),
        "http://[",
    ],
)
def test_a_link_that_holds_no_address_gives_none(url: str) -> None:
    assert googlenews.behind(url) == ""


@given(st.binary(max_size=200))
def test_whatever_the_link_holds_nothing_is_raised(held: bytes) -> None:
    found = googlenews.behind(link(held))
    assert not found or found.startswith(("http://", "https://"))


def test_the_headlines_beside_a_link_are_of_other_stories() -> None:
    (item,) = parse(
        rss(link(ADDRESS.encode())).encode(), "", "http://x.example", None
    ).items
    assert (item.url, item.text) == (ADDRESS, "")


def test_an_item_with_a_hidden_address_is_read_by_its_headline(newsroom: Any) -> None:
    newsroom.configure("/search", "", WATCH)
    newsroom.serve("/search", rss(HIDDEN))
    newsroom.poll(AT)
    (headline,) = newsroom.told()
    assert "Ana Reyes" in headline
    assert newsroom.asked("/robots.txt") == 0


def test_an_item_with_a_decoded_address_is_read_by_its_page(newsroom: Any) -> None:
    place = newsroom.server.url_for("/story")
    said = (
        "Quarry Bank appointed Ana Reyes as chief executive. She follows Bo Lindqvist."
    )
    page = f"<html><body><article><p>{said}</p><p>{'It is a bank. ' * 40}</p></article>"
    newsroom.configure("/search", "", WATCH)
    newsroom.serve("/search", rss(link(place.encode())))
    newsroom.serve("/robots.txt", "", "text/plain")
    newsroom.serve("/story", f"{page}</body></html>", "text/html")
    newsroom.poll(AT)
    (change,) = newsroom.data("log")
    assert newsroom.asked("/story") == 1
    assert {quote["url"] for quote in change["quotes"]} == {place}
