"""A story that was told is read again for some days, and its corrections are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rules.model import Article, Reading
from state.ledger import Ledger
from state.model import Source, Story
from watcher.model import Page
from watcher.revisit import edited, stands

NOON = datetime(2025, 6, 10, 12, tzinfo=UTC)
WATCH = """
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
"""
TITLE = "Quarry Bank changes its chief executive"
STORY = (
    "Quarry Bank has changed its chief executive, as the lender said on Tuesday. "
    "Quarry Bank appointed {} as chief executive. The bank has eleven branches."
)


def page(person: str, more: str = "") -> str:
    said = STORY.format(person)
    return f"<html><body><article><p>{said}</p><p>{more}</p></article></body></html>"


def hours(count: float) -> str:
    return (NOON + timedelta(hours=count)).isoformat()


@pytest.fixture
def told(newsroom: Any) -> Any:
    """Tell of a story by its page at noon, an hour after it was published."""
    place = newsroom.server.url_for("/story")
    day = format_datetime(NOON - timedelta(minutes=10))
    newsroom.configure("/rss", "", WATCH)
    newsroom.text = "A new chief executive for the lender."

    feed = (
        f"<rss version='2.0'><channel><title>P</title><item><title>{TITLE}</title>"
        f"<link>{place}</link><guid>1</guid><pubDate>{day}</pubDate>"
        "<description>{}</description></item></channel></rss>"
    )

    def shows(story: str, status: int = 200) -> None:
        newsroom.server.clear_all_handlers()
        newsroom.serve("/robots.txt", "", "text/plain")
        newsroom.serve("/rss", feed.format(newsroom.text))
        newsroom.server.expect_request("/story").respond_with_data(
            story, status=status, content_type="text/html"
        )

    newsroom.shows = shows
    shows(page("Ana Reyes"))
    newsroom.poll(hours(0))
    return newsroom


def types(newsroom: Any) -> list[str]:
    return [one["type"] for one in newsroom.data("log")]


def test_a_page_that_names_somebody_else_brings_one_correction(told: Any) -> None:
    told.shows(page("Cleo Marsh"))
    told.poll(hours(2))
    told.poll(hours(7))
    assert types(told) == ["change", "correction"]
    assert [one["person"] for one in told.data("who")] == ["Cleo Marsh"]


def test_a_sentence_that_is_gone_from_its_page_is_taken_back(told: Any) -> None:
    kept = page("Ana Reyes").replace("Quarry Bank appointed Ana Reyes as", "It has a")
    told.shows(kept)
    told.poll(hours(2))
    assert types(told) == ["change", "retraction"]


def test_a_story_is_read_again_four_times_in_three_days_and_no_more(told: Any) -> None:
    for count in (0.5, 2, 3, 7, 8, 25, 26, 73, 74, 120, 190):
        told.poll(hours(count))
    assert told.asked("/story") == 1 + 4
    assert types(told) == ["change"]


def test_times_that_were_slept_through_are_made_up_for_once(told: Any) -> None:
    told.poll(hours(30))
    told.poll(hours(31))
    assert told.asked("/story") == 1 + 1


@pytest.mark.parametrize(
    ("story", "status"),
    [
        ("<title>404 - Paper</title><p>Page not found</p>", 200),
        ("gone", 404),
        ("busy", 503),
        ("<title>Just a moment...</title>", 200),
        (page("Ana Reyes").replace(STORY.format("Ana Reyes"), "Pumpkins " * 50), 200),
    ],
)
def test_a_page_that_fails_or_shows_something_else_takes_nothing_back(
    told: Any, story: str, status: int
) -> None:
    told.shows(story, status)
    told.poll(hours(2))
    assert told.asked("/story") == 1 + 1
    assert types(told) == ["change"]


def test_an_edit_that_changes_no_claim_is_told_to_nobody(told: Any) -> None:
    told.shows(page("Ana Reyes", "Updated: the bank has twelve branches."))
    told.poll(hours(2))
    assert types(told) == ["change"]
    with Ledger.open(told.home / "watcher.db") as ledger:
        address = told.server.url_for("/story")
        story = ledger.stories.at(told.server.url_for("/rss"), address)
    assert story is not None
    assert "twelve branches" in story.text


def test_a_replay_reads_the_edits_as_they_came_and_remembers_the_visits(
    told: Any,
) -> None:
    told.shows(page("Cleo Marsh"))
    told.poll(hours(2))
    assert '"gained": []' in told.watcher("replay", "--apply", "--json")[1]
    told.poll(hours(3))
    assert told.asked("/story") == 1 + 1
    assert types(told) == ["change", "correction"]


def test_a_story_that_changed_nothing_is_never_due(tmp_path: Path) -> None:
    source, later = Source("P", "P"), NOON + timedelta(hours=2)
    with Ledger.open(tmp_path / "watcher.db") as ledger:
        ledger.record(Reading(READ), feed="f", source=source, now=NOON, channels=())
        assert ledger.stories.due(later) == ()
        assert ledger.stories.at("f", READ.url) == READ
        assert ledger.stories.at("other", READ.url) is None


QUOTE = "Quarry Bank appointed Ana Reyes as chief executive."
READ = Article("1", "T", STORY.format("Ana Reyes"), NOON, "http://p.example/1", "page")
TOLD = Story(READ, "http://p.example/rss", 1, (QUOTE,))
OTHER = STORY.format("Cleo Marsh")


def test_only_another_text_of_the_same_story_is_an_edit() -> None:
    assert edited(TOLD, Page(READ.text)) is None
    assert edited(TOLD, Page("")) is None
    assert edited(TOLD, Page(OTHER, "paywall")) is None
    found = edited(TOLD, Page(OTHER))
    assert found is not None
    assert (found.id, found.text, found.origin) == ("1", OTHER, "page")


def test_a_page_beside_a_feeds_own_text_is_an_edit_once_it_drops_what_it_had() -> None:
    told = replace(TOLD, article=replace(READ, origin="feed"))
    assert edited(told, Page(OTHER)) is None
    assert edited(told, Page(f"{READ.text} More of it.")) is None
    stood = replace(told, stood=True)
    assert edited(stood, Page(f"{READ.text} More of it.")) is None
    assert edited(stood, Page(OTHER)) is not None


def test_a_page_stands_by_a_story_when_it_has_its_words_in_any_lines() -> None:
    assert stands(TOLD, Page(READ.text.replace("appointed Ana", "appointed\nAna")))
    assert not stands(TOLD, Page(OTHER))
    assert not stands(TOLD, Page(READ.text, "paywall"))


def test_a_whole_story_of_the_feed_is_taken_back_when_its_page_drops_it(
    told: Any,
) -> None:
    told.server.clear_all_handlers()
    whole = f"{STORY.format('Ana Reyes')} {'It has a mill by the river. ' * 30}"
    told.text = whole
    (told.home / "watcher.db").unlink()
    told.shows(page("Ana Reyes", "And more."))
    for count in (0, 2):
        told.poll(hours(count))
    assert types(told) == ["change"]
    told.shows(page("Cleo Marsh", "And more."))
    told.poll(hours(7))
    assert types(told) == ["change", "correction"]
