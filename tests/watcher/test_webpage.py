"""A page without a feed: its items by the user's selectors."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from watcher.config.load import load
from watcher.errors import ConfigError, FeedError
from watcher.feeds import parse
from watcher.model import ParsedFeed, Select

URL = "https://mills.example/news/"
NEWS = Select("li.news", title="h3", date="time")
AT = "2025-06-10T12:00:00Z"
FEED = 'kind = "page"\n[feeds.select]\nitems = "li.news"\ntitle = "h3"\n'
WATCH = '[[organizations]]\nname = "Halden Mills"\n'


def page(*items: str, head: str = "") -> str:
    listed = "".join(f'<li class="news">{item}</li>' for item in items)
    return (
        f"<!DOCTYPE html><html><head><title>News | Halden Mills</title>{head}</head>"
        f"<body><nav><ul><li><a href='/'>Home</a></li></ul></nav><ul>{listed}</ul>"
        "</body></html>"
    )


def item(title: str, day: str = "2025-06-09", link: str = "one.html") -> str:
    return (
        f'<h3>{title}</h3><a href="{link}">More</a><time datetime="{day}">then</time>'
        "<p>Summary.</p>"
    )


def parsed(text: str, select: Select = NEWS) -> ParsedFeed:
    return parse(text.encode(), "text/html; charset=utf-8", URL, "page", select)


def test_each_item_has_its_title_link_and_day() -> None:
    (one,) = parsed(page(item("Ana Reyes &amp; the mills"))).items
    assert one.title == "Ana Reyes & the mills"
    assert one.url == "https://mills.example/news/one.html"
    assert one.published == datetime(2025, 6, 9, tzinfo=UTC)
    assert one.text == ""


def test_the_words_of_the_first_link_are_the_title_unless_the_user_says_more() -> None:
    text = page('<a href="/a">Ana Reyes leads</a><p class="t">The mills said so.</p>')
    (one,) = parsed(text, Select("li.news")).items
    assert (one.title, one.text, one.published) == ("Ana Reyes leads", "", None)
    (one,) = parsed(text, Select("li.news", text="p.t")).items
    assert one.text == "The mills said so."


def test_an_item_that_is_a_link_itself_is_found() -> None:
    text = (
        '<html><body><a class="n" href="/a?utm_source=x">Reyes leads</a></body></html>'
    )
    (one,) = parsed(text, Select("a.n")).items
    assert (one.title, one.url) == (
        "Reyes leads",
        "https://mills.example/a?utm_source=x",
    )


def test_links_are_relative_to_the_base_that_the_page_names() -> None:
    text = page(item("Reyes leads"), head='<base href="/archive/">')
    assert parsed(text).items[0].url == "https://mills.example/archive/one.html"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-06-09T08:00:00+02:00", datetime(2025, 6, 9, 6, tzinfo=UTC)),
        ("9 June 2025", datetime(2025, 6, 9, tzinfo=UTC)),
        ("Jun 9, 2025", datetime(2025, 6, 9, tzinfo=UTC)),
        ("09.06.2025", datetime(2025, 6, 9, tzinfo=UTC)),
        ("06/09/2025", None),
        ("yesterday", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way_only(
    said: str, day: datetime | None
) -> None:
    text = page(f'<h3>Reyes leads</h3><a href="/a">x</a><time>{said}</time>')
    assert parsed(text).items[0].published == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body><p>Rebuilt.</p></body></html>", "nothing on the page fits"),
        (page('<a href="/x"></a>'), "has a title"),
        ("", "not a page"),
        (f"<p {' '.join(f'a{n}=1' for n in range(999))}>", "more than 200 attributes"),
    ],
)
def test_a_page_on_which_nothing_is_found_is_an_error_and_never_no_news(
    text: str, reason: str
) -> None:
    with pytest.raises(FeedError, match=reason):
        parsed(text)


def test_a_pages_news_is_told_after_a_first_poll_that_tells_nothing(
    newsroom: Any,
) -> None:
    old = item("Halden Mills names Bo Lindqvist chief executive", "2020-01-07", "/old")
    new = item("Halden Mills names Ana Reyes chief executive", link="/new")
    newsroom.configure("/news", FEED, WATCH)
    newsroom.serve("/robots.txt", "", "text/plain")
    for place in ("/old", "/new"):
        newsroom.serve(place, "<p>Hello.</p>", "text/html")
    newsroom.serve("/news", page(old), "text/html")
    newsroom.poll(AT)
    assert newsroom.told() == []
    newsroom.server.clear_all_handlers()
    newsroom.serve("/robots.txt", "", "text/plain")
    newsroom.serve("/news", page(new, old), "text/html")
    newsroom.poll("2025-06-11T12:00:00Z")
    (headline,) = newsroom.told()
    assert "Ana Reyes" in headline


def test_a_page_is_not_asked_for_where_robots_forbid_it(newsroom: Any) -> None:
    newsroom.configure("/news", FEED, WATCH)
    newsroom.serve("/robots.txt", "User-agent: *\nDisallow: /news\n", "text/plain")
    newsroom.poll(AT)
    assert newsroom.asked("/news") == 0
    (feed,) = newsroom.data("feeds")
    assert feed["failures"] == 1


WRONG = {
    "a page without selectors": (
        'kind = "page"\n',
        r":3: feeds\[0\].kind: a page needs `select`",
    ),
    "selectors for a feed": (
        'kind = "rss"\nselect = { items = "li" }\n',
        r":4: feeds\[0\].select: goes with kind",
    ),
    "a selector that is none": (
        'kind = "page"\nselect = { items = "li[" }\n',
        r"feeds\[0\].select.items: is not a CSS selector",
    ),
    "a selector of nothing": (
        'kind = "page"\nselect = { title = "h3" }\n',
        r"feeds\[0\].select.items: is missing",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_pages_keys_is_said_with_its_line(
    tmp_path: Path, name: str
) -> None:
    text, reason = WRONG[name]
    file = tmp_path / "watcher.toml"
    file.write_text(f'[[feeds]]\nurl = "{URL}"\n{text}')
    with pytest.raises(ConfigError, match=reason):
        load(file, {})
