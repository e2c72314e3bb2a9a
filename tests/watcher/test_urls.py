"""One spelling for one page; nothing secret in a message; nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.urls import canonical, redact, resolve

BASE = "https://news.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("HTTPS://News.Example:443/a#top", "https://news.example/a"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        (
            "https://news.example/a?utm_source=x&id=7&utm_medium=rss&fbclid=9",
            "https://news.example/a?id=7",
        ),
        ("https://news.example/a?utm_campaign=z", "https://news.example/a"),
        ("https://ann:secret@news.example/a", "https://news.example/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("  https://news.example/a \n", "https://news.example/a"),
    ],
)
def test_marks_that_name_no_page_are_dropped(url, one):
    assert canonical(url) == one


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/story.php?12345",
        "https://news.example/story?cid=12345",
        "https://news.example/story?a=1&a=2&b=",
        "https://news.example/A/b%2Fc?q=%C3%A9&x=a+b",
    ],
)
def test_what_may_name_the_page_is_kept_as_it_stands(url):
    assert canonical(url) == url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://ann:CANARY@news.example/a?key=CANARY#CANARY",
            "https://news.example/a",
        ),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("ann:CANARY@news.example/a?CANARY", "news.example/a"),
        ("http://news.example:port/a?CANARY", "http://news.example:port/a"),
        ("http://a\r\nb/\x1b[31m", "http://ab/?[31m"),
        ("", "(no address)"),
        ("https://news.example/" + "a" * 999, "https://news.example/" + "a" * 179),
    ],
)
def test_a_message_shows_no_secret_and_stays_on_one_line(url, shown):
    assert redact(url) == shown


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/a", "https://news.example/a"),
        ("b?x=1", "https://news.example/feeds/b?x=1"),
        ("//other.example/c", "https://other.example/c"),
        ("http://other.example/\n  d", "http://other.example/d"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:ann@news.example", ""),
        ("file:///etc/passwd", ""),
        ("http://[bad", ""),
        ("http:///", ""),
        ("", ""),
        ("   ", ""),
        ("https://news.example/" + "a" * 10_000, ""),
    ],
)
def test_a_link_becomes_a_web_address_or_nothing(link, whole):
    assert resolve(BASE, link) == whole


@given(st.text() | st.from_regex(r"https?://[^\s]{0,40}", fullmatch=True))
def test_nothing_raises_and_a_second_time_changes_nothing(text):
    once = canonical(text)
    assert canonical(once) == once
    assert redact(text).isprintable()
    assert resolve(BASE, text) == "" or resolve(BASE, text).startswith("http")
