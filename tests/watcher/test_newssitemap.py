"""A news sitemap is a feed of titles, dates and pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watcher import feeds
from watcher.errors import FeedError
from watcher.model import ParsedFeed

URL = "https://paper.example/news.xml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def page(number: int, date: str = "2025-03-01T09:30:00+01:00") -> str:
    return (
        f"<url><loc>https://paper.example/{number}</loc><news:news>"
        "<news:publication><news:name>The Paper</news:name></news:publication>"
        f"<news:publication_date>{date}</news:publication_date>"
        f"<news:title>Rain &amp; wind {number}</news:title></news:news></url>"
    )


def sitemap(*pages: str, doctype: str = "") -> bytes:
    head = f"<?xml version='1.0' encoding='utf-8'?>{doctype}"
    spaces = f"xmlns='{SPACE}' xmlns:news='{NEWS}'"
    return f"{head}<urlset {spaces}>{''.join(pages)}</urlset>".encode()


def read(body: bytes, kind: str | None = None) -> ParsedFeed:
    return feeds.parse(body, "application/xml", URL, kind)


@pytest.mark.parametrize("kind", [None, "sitemap"])
def test_each_page_is_an_item_with_title_link_and_date(kind: str | None) -> None:
    found = read(sitemap(page(1), page(2)), kind)
    assert found.title == "The Paper"
    assert [item.url for item in found.items] == [
        "https://paper.example/1",
        "https://paper.example/2",
    ]
    assert found.items[0].title == "Rain & wind 1"
    assert found.items[0].published == datetime(2025, 3, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-03-01", datetime(2025, 3, 1, tzinfo=UTC)),
        ("2025-03-01T08:30Z", datetime(2025, 3, 1, 8, 30, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_that_cannot_be_read_is_unknown(said: str, day: datetime | None) -> None:
    assert read(sitemap(page(1, said))).items[0].published == day


def test_a_paper_without_news_today_is_a_quiet_feed() -> None:
    assert read(sitemap()).items == ()


def test_pages_that_are_no_news_are_left_out() -> None:
    plain = "<url><loc>https://paper.example/about</loc></url>"
    assert len(read(sitemap(plain, page(1))).items) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (sitemap("<url><loc>https://paper.example/</loc></url>"), "without news"),
        (f"<sitemapindex xmlns='{SPACE}'/>".encode(), "a list of sitemaps"),
        (sitemap(page(1))[:-40], "not a sitemap"),
        (sitemap(page(1), doctype="<!DOCTYPE urlset [<!ENTITY a 'b'>]>"), "document"),
        (
            b"<urlset " + b" ".join(b"a%d=''" % n for n in range(999)) + b"/>",
            "attributes",
        ),
    ],
)
def test_what_is_no_news_sitemap_is_refused_and_never_taken_for_no_news(
    body: bytes, reason: str
) -> None:
    with pytest.raises(FeedError, match=reason):
        read(body, "sitemap")


def test_a_feed_that_quotes_a_sitemap_is_still_a_feed() -> None:
    body = (
        b"<rss version='2.0'><channel><title>Code</title><item><title>T</title>"
        b"<description><![CDATA[write <urlset > first]]></description></item>"
        b"</channel></rss>"
    )
    assert read(body).title == "Code"
