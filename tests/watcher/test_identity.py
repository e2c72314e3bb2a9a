"""One story stays one story, whatever its feed does to guid, words and dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.model import Article
from watcher import identity

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)
LINK = "https://paper.example/news/quarry"
WATCH = """
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
"""
FEED = "full_text = false\n"


def at(hours: float) -> str:
    return (NOW + timedelta(hours=hours)).isoformat()


def item(person: str, day: datetime | None = NOW, **more: str) -> str:
    """One item that names a new chief; *more* are its guid, link and further words."""
    parts = [f"<title>Quarry Bank names {person} chief executive</title>"]
    said = f"Quarry Bank appointed {person} as chief executive on Tuesday."
    text = escape(f"{said} {more.get('words', '')}")
    parts.append(f"<description>{text}</description>")
    parts += [f"<{tag}>{more[tag]}</{tag}>" for tag in ("guid", "link") if tag in more]
    if day is not None:
        parts.append(f"<pubDate>{format_datetime(day)}</pubDate>")
    return f"<item>{''.join(parts)}</item>"


def begun(newsroom: Any, *items: str) -> None:
    """Poll a feed for the first time; what it shows then is news."""
    newsroom.configure("/rss", f"{FEED}backfill = 9\n", WATCH)
    shown(newsroom, 0, *items)


def shown(newsroom: Any, hours: float, *items: str) -> None:
    newsroom.server.clear_all_handlers()
    text = (
        f'<rss version="2.0"><channel><title>P</title>{"".join(items)}</channel></rss>'
    )
    newsroom.serve("/rss", text)
    newsroom.poll(at(hours))


def holders(newsroom: Any) -> list[str]:
    return [one["person"] for one in newsroom.data("who")]


def types(newsroom: Any) -> list[str]:
    return [one["type"] for one in newsroom.data("log")]


def test_a_story_rewritten_under_a_new_guid_corrects_what_it_said(
    newsroom: Any,
) -> None:
    begun(newsroom, item("Ana Reyes", guid="1", link=LINK))
    shown(newsroom, 1, item("Cleo Marsh", guid="2", link=f"{LINK}?utm_source=rss"))
    assert types(newsroom) == ["change", "correction"]
    assert holders(newsroom) == ["Cleo Marsh"]


def test_another_story_at_the_same_address_takes_nothing_back(newsroom: Any) -> None:
    begun(newsroom, item("Ana Reyes", guid="1", link=LINK))
    other = (
        "<item><title>Harvest festival opens</title><guid>2</guid>"
        f"<link>{LINK}</link><description>Thousands came to see pumpkins.</description>"
        f"<pubDate>{format_datetime(NOW + timedelta(hours=1))}</pubDate></item>"
    )
    shown(newsroom, 2, other)
    assert types(newsroom) == ["change"]
    assert holders(newsroom) == ["Ana Reyes"]


def test_one_guid_for_all_items_hides_none(newsroom: Any) -> None:
    begun(newsroom, item("Ana Reyes", guid="all", link=f"{LINK}1"))
    later = NOW + timedelta(days=30)
    newer = item("Cleo Marsh", later, guid="all", link=f"{LINK}2")
    shown(newsroom, 24 * 31, newer, item("Ana Reyes", guid="all", link=f"{LINK}1"))
    assert types(newsroom) == ["change", "change"]


def test_items_without_guid_and_link_are_told_once_each(newsroom: Any) -> None:
    begun(newsroom, item("Ana Reyes"))
    later = item("Cleo Marsh", NOW + timedelta(days=30))
    for _ in range(2):
        shown(newsroom, 24 * 31, later, item("Ana Reyes"))
    assert types(newsroom) == ["change", "change"]


def test_guids_made_up_at_each_poll_tell_nothing_twice(newsroom: Any) -> None:
    begun(newsroom, item("Ana Reyes", guid="1", link=LINK))
    for number in range(2, 5):
        shown(newsroom, number, item("Ana Reyes", guid=str(number), link=LINK))
    assert types(newsroom) == ["change"]


def test_an_undated_item_is_told_as_of_the_day_it_was_first_seen(
    newsroom: Any,
) -> None:
    begun(newsroom)
    for hours in (1, 48):
        shown(newsroom, hours, item("Ana Reyes", None, guid="1", link=LINK))
    (change,) = newsroom.data("log")
    assert change["recorded_at"].startswith("2025-06-10T13:00")


def test_an_item_from_the_future_is_told_once_and_is_not_the_last_word(
    newsroom: Any,
) -> None:
    begun(newsroom, item("Ana Reyes", NOW + timedelta(days=4000), guid="1", link=LINK))
    newer = NOW + timedelta(days=60)
    shown(newsroom, 24 * 61, item("Cleo Marsh", newer, guid="2", link=f"{LINK}2"))
    assert types(newsroom) == ["change", "change"]
    assert holders(newsroom) == ["Cleo Marsh"]


def test_an_old_item_that_turns_up_late_changes_no_present(newsroom: Any) -> None:
    begun(newsroom, item("Ana Reyes", guid="1", link=LINK))
    past = item("Cleo Marsh", NOW - timedelta(days=400), guid="2", link=f"{LINK}2")
    shown(newsroom, 5, past)
    assert types(newsroom) == ["change"]
    assert holders(newsroom) == ["Ana Reyes"]


def test_an_old_text_under_a_new_address_and_date_is_not_news_again(
    newsroom: Any,
) -> None:
    words = "The lender has eleven branches in the hills and a mill by the river. " * 3
    old = {"words": words, "guid": "1", "link": f"{LINK}1"}
    begun(newsroom, item("Ana Reyes", **old))
    later = NOW + timedelta(days=30)
    shown(newsroom, 24 * 31, item("Cleo Marsh", later, guid="2", link=f"{LINK}2"))
    new = {"words": words, "guid": "3", "link": f"{LINK}3"}
    again = item("Ana Reyes", NOW + timedelta(days=90), **new)
    shown(newsroom, 24 * 91, again)
    assert types(newsroom) == ["change", "change"]
    assert holders(newsroom) == ["Cleo Marsh"]


def test_a_feed_that_is_emptied_and_filled_again_tells_nothing_anew(
    newsroom: Any,
) -> None:
    whole = item("Ana Reyes", guid="1", link=LINK)
    begun(newsroom, whole)
    shown(newsroom, 1)
    shown(newsroom, 2, whole)
    assert types(newsroom) == ["change"]


def article(
    content: str, day: datetime | None = NOW, url: str = LINK, name: str = "a"
) -> Article:
    return Article(name, "", content, day, url)


OLD = article("Quarry Bank appoints Ana Reyes", name="old")


def test_the_column_of_the_next_day_is_another_story_in_the_same_words() -> None:
    later = article(OLD.text, NOW + timedelta(days=1))
    assert not identity.same_story(OLD, later)
    assert identity.same_story(OLD, article(OLD.text, NOW + timedelta(hours=6)))
    assert identity.same_story(OLD, article(OLD.text, None))


def test_strange_words_of_the_same_date_are_another_story() -> None:
    assert not identity.same_story(OLD, article("Harvest festival opens early"))


def test_a_front_page_and_an_address_of_many_items_identify_nothing() -> None:
    front = article(OLD.text, url="https://paper.example/")
    twice = (article(OLD.text), article(OLD.text, name="b"))
    assert identity.settled([front], lambda _: OLD) == (front,)
    assert identity.settled(twice, lambda _: OLD) == twice
    (one,) = identity.settled(twice[:1], lambda _: OLD)
    assert one.id == "old"


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert identity.alike(one, other) == identity.alike(other, one)
