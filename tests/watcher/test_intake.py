"""Feed items become articles: whose they are, in what order, and of which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from watcher import intake
from watcher.model import FeedItem

FEED = "http://feed.example/news.xml"
OTHER = "http://other.example/news.xml"
NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
ITEM = FeedItem(
    "g1", "http://paper.example/a", "Ana Reyes leaves", "She resigned.", NOW
)


def made(*items: FeedItem) -> tuple[str, ...]:
    return tuple(one.title for one in intake.articles(FEED, items, NOW))


def ids(*items: FeedItem, feed: str = FEED) -> list[str]:
    return [one.id for one in intake.articles(feed, items, NOW)]


def test_the_oldest_story_is_read_first_and_undated_ones_last() -> None:
    new = replace(ITEM, url="http://paper.example/n", title="new")
    old = replace(ITEM, url="http://paper.example/o", title="old")
    old = replace(old, published=NOW - timedelta(days=3))
    when = replace(ITEM, url="http://paper.example/u", title="undated", published=None)
    assert made(when, new, old) == ("old", "new", "undated")


def test_undated_stories_come_in_the_order_the_feed_added_them() -> None:
    first = replace(ITEM, url="http://paper.example/1", title="1", published=None)
    second = replace(ITEM, url="http://paper.example/2", title="2", published=None)
    assert made(second, first) == ("1", "2")


def test_one_story_is_one_article_whatever_feed_it_comes_with() -> None:
    other = replace(ITEM, url="http://PAPER.example/a#top", title="Reworded")
    assert ids(ITEM) == ids(other, feed="http://other.example/rss")


def test_another_story_under_a_link_or_a_guid_used_again_is_another_article() -> None:
    assert ids(ITEM) != ids(replace(ITEM, guid="g2"))
    assert ids(ITEM) != ids(replace(ITEM, url="http://paper.example/b"))


def names(item: FeedItem, feed: str = FEED) -> set[str]:
    (article,) = intake.articles(feed, [item], NOW)
    return set(intake.names(article, feed))


def test_a_text_is_remembered_by_its_page_whatever_guid_and_feed_it_comes_with() -> (
    None
):
    assert names(ITEM) & names(replace(ITEM, guid="g2"), OTHER)
    assert not names(ITEM) & names(replace(ITEM, url=""))


def test_a_long_text_is_remembered_by_its_feed_and_a_bare_headline_is_not() -> None:
    moved = replace(ITEM, guid="g2", url="http://paper.example/b")
    assert not names(ITEM) & names(moved)
    long = "She resigned, the lender said on Tuesday. " * 6
    assert names(replace(ITEM, text=long)) & names(replace(moved, text=long))
    assert not names(replace(ITEM, text=long)) & names(replace(moved, text=long), OTHER)


def test_an_item_without_a_link_goes_by_its_guid_within_its_feed() -> None:
    bare = replace(ITEM, url="")
    assert ids(bare) == ids(replace(bare, title="Ana Reyes has left"))
    assert ids(bare) != ids(replace(bare, guid="g2"))
    assert ids(bare) != ids(bare, feed="http://other.example/rss")


def test_a_feed_that_links_every_story_to_its_front_page_still_has_many_stories() -> (
    None
):
    assert len(set(ids(ITEM, replace(ITEM, guid="g2")))) == 2


def test_a_feed_with_one_guid_for_all_still_has_many_stories() -> None:
    first, second = replace(ITEM, url=""), replace(ITEM, url="", title="Another")
    assert len(set(ids(first, second))) == 2


def test_a_story_from_the_future_has_no_known_date() -> None:
    tomorrow = NOW + timedelta(hours=20)
    assert intake.believable(tomorrow, NOW) == tomorrow
    assert intake.believable(NOW + timedelta(days=2), NOW) is None


def test_a_title_is_one_line_and_control_characters_are_gone() -> None:
    (one,) = intake.articles(FEED, [replace(ITEM, title="Ana\x1b]0;x\n Reyes")], NOW)
    assert one.title == "Ana]0;x Reyes"


def test_a_broken_surrogate_in_a_guid_is_no_fault() -> None:
    assert len(ids(replace(ITEM, url="", guid="\ud800"))) == 1
