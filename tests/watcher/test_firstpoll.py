"""The first poll of a feed notes what is past and tells only what is news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from rules.model import Article
from state.model import FeedState
from watcher import firstpoll
from watcher.model import FeedSpec

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)
SPEC = FeedSpec("http://paper.example/rss", "Paper", "Paper")
WATCH = '[[organizations]]\nname = "Quarry Bank"\n'
KNOWN = """
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
"""
NAMED = "Quarry Bank appointed {} as chief executive on Monday, the bank said."


def rss(*items: tuple[str, datetime | None]) -> str:
    """A feed whose items each name a new chief on their day, the newest on top."""
    made = (
        f"<item><title>Quarry Bank names {person} chief executive</title>"
        f"<guid>{person}</guid><description>{NAMED.format(person)}</description>"
        + (f"<pubDate>{format_datetime(day)}</pubDate>" if day else "")
        + "</item>"
        for person, day in reversed(items)
    )
    head = '<rss version="2.0"><channel><title>Paper</title>'
    return f"{head}{''.join(made)}</channel></rss>"


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def started(newsroom: Any, *items: tuple[str, datetime | None], **config: str) -> None:
    newsroom.configure("/rss", config.get("feed", ""), WATCH + config.get("known", ""))
    newsroom.serve("/rss", rss(*items))


def test_old_items_of_a_new_feed_are_noted_and_nobody_is_told(newsroom: Any) -> None:
    started(newsroom, ("Ana Reyes", ago(90)), ("Cleo Marsh", ago(40)))
    newsroom.poll(NOW.isoformat())
    assert newsroom.told() == []
    assert [one["person"] for one in newsroom.data("who")] == ["Cleo Marsh"]
    noted = newsroom.data("log", "--all")
    assert [one["after"] for one in noted] == [["Ana Reyes"], ["Cleo Marsh"]]


def test_two_hundred_old_items_of_a_new_feed_are_told_to_nobody(newsroom: Any) -> None:
    firsts = ("Ana", "Cleo", "Dan", "Eve", "Bo")
    items = [
        (f"{firsts[n % 5]} {chr(65 + n % 26)}{chr(97 + n // 26)}rsen", ago(300 - n))
        for n in range(200)
    ]
    started(newsroom, *items)
    newsroom.poll(NOW.isoformat())
    assert newsroom.data("log", "--candidates") == []
    assert len(newsroom.data("log", "--all")) > 20


def test_yesterdays_news_in_a_new_feed_is_told(newsroom: Any) -> None:
    started(newsroom, ("Ana Reyes", ago(90)), ("Cleo Marsh", ago(1)))
    newsroom.poll(NOW.isoformat())
    (headline,) = newsroom.told()
    assert "Cleo Marsh" in headline
    assert "Ana Reyes" in headline


def test_an_old_item_is_noted_even_against_what_the_user_knew(newsroom: Any) -> None:
    started(newsroom, ("Ana Reyes", ago(90)), known=KNOWN)
    newsroom.poll(NOW.isoformat())
    assert newsroom.told() == []
    (change,) = newsroom.data("log", "--all")
    assert (change["before"], change["after"]) == (["Bo Lindqvist"], ["Ana Reyes"])


def test_what_comes_after_the_first_poll_is_news_whatever_its_date(
    newsroom: Any,
) -> None:
    started(newsroom, ("Ana Reyes", ago(90)))
    newsroom.poll(NOW.isoformat())
    newsroom.server.clear()
    newsroom.serve("/rss", rss(("Ana Reyes", ago(90)), ("Cleo Marsh", ago(30))))
    newsroom.poll((NOW + timedelta(days=1)).isoformat())
    assert len(newsroom.told()) == 1


def test_the_same_news_from_another_outlet_is_not_told_after_it_was_noted(
    newsroom: Any,
) -> None:
    second = newsroom.server.url_for("/second")
    started(newsroom, ("Ana Reyes", ago(30)))
    newsroom.poll(NOW.isoformat())
    other = f'[[feeds]]\nurl = "{second}"\nowner = "Other"\nbackfill = 1\n'
    newsroom.configure("/rss", "", other + WATCH)
    newsroom.serve("/second", rss(("Ana Reyes", ago(29))).replace("<guid>", "<guid>x"))
    newsroom.poll((NOW + timedelta(hours=1)).isoformat())
    assert newsroom.told() == []


@pytest.mark.parametrize("how", ["option", "key"])
def test_backfill_reads_the_last_items_as_news(newsroom: Any, how: str) -> None:
    items = ("Ana Reyes", ago(90)), ("Cleo Marsh", ago(60)), ("Dan Ode", ago(30))
    started(newsroom, *items, feed="backfill = 2" if how == "key" else "")
    options = ("--backfill", "2") if how == "option" else ()
    newsroom.poll(NOW.isoformat(), *options)
    cleo, dan = newsroom.told()
    assert "Cleo Marsh" in cleo
    assert "Dan Ode" in dan


def test_backfill_of_nothing_tells_nothing_however_fresh(newsroom: Any) -> None:
    started(newsroom, ("Ana Reyes", ago(1)), feed="backfill = 0")
    newsroom.poll(NOW.isoformat())
    assert newsroom.told() == []


def test_a_replay_notes_again_what_was_only_noted(newsroom: Any) -> None:
    started(newsroom, ("Ana Reyes", ago(90)), ("Cleo Marsh", ago(1)))
    newsroom.poll(NOW.isoformat())
    (found,) = [newsroom.watcher("replay", "--json")[1]]
    assert '"gained": []' in found
    assert '"lost": []' in found


def article(name: str, published: datetime | None) -> Article:
    return Article(name, name, "It rains.", published)


def test_an_undated_item_of_a_new_feed_may_be_of_any_day_and_is_not_told() -> None:
    items = [article("dated", ago(1)), article("undated", None)]
    assert firstpoll.quiet(SPEC, FeedState(SPEC.url), items, NOW) == {"undated"}


def test_a_feed_that_was_once_understood_has_no_first_poll_again() -> None:
    state = FeedState(SPEC.url, body_hash="1", failures=9)
    assert firstpoll.quiet(SPEC, state, [article("old", ago(99))], NOW) == frozenset()
