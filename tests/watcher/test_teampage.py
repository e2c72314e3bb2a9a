"""A team page is read as who holds which post; whom it drops is for review."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.errors import FeedError
from watcher.feeds import parse
from watcher.feeds.teampage import people
from watcher.model import Select

URL = "https://mills.example/team"
WHOLE = Select()
FEED = 'kind = "team"\n'
WATCH = """
[[organizations]]
name = "Halden Mills"
[[organizations.units]]
name = "Tuning"
"""
ANA = ("Ana Reyes", "Chief Executive Officer")
BO = ("Bo Lindqvist", "Chief Financial Officer")
CLEO = ("Cleo Marsh", "Head of Tuning")
DAN = ("Dan Ode", "General Counsel")


def page(*shown: tuple[str, str], more: str = "") -> str:
    cards = "".join(
        f'<div class="card"><img alt="x"><h3>{name}</h3><p>{post}</p>'
        f"<p>{name.split()[0]} joined in 2019 and sails.</p></div>"
        for name, post in shown
    )
    return (
        "<!DOCTYPE html><html><head><title>Our people | Halden Mills</title></head>"
        f"<body><nav><a href='/'>About Us</a></nav><h1>Leadership</h1>{cards}{more}"
        "</body></html>"
    )


def lines(text: str, select: Select = WHOLE) -> list[str]:
    (item,) = parse(text.encode(), "text/html", URL, "team", select).items
    return item.text.splitlines()


def test_a_team_page_is_a_line_for_each_person_with_a_post() -> None:
    assert lines(page(ANA, BO)) == [
        "Ana Reyes, Chief Executive Officer",
        "Bo Lindqvist, Chief Financial Officer",
    ]


def test_a_selector_of_cards_keeps_other_people_out() -> None:
    text = page(ANA, more="<p>Eve Hall</p><p>Director</p>")
    assert lines(text, Select("div.card")) == ["Ana Reyes, Chief Executive Officer"]


@pytest.mark.parametrize(
    "shown",
    [
        ["Ana Reyes", "Co-founder and CEO"],
        ["Ana Reyes, Co-founder and CEO"],
        ["Ana Reyes \u2013 Co-founder and CEO"],
        ["Co-founder and CEO", "Ana Reyes"],
        ["Leadership", "Ana Reyes", "Co-founder and CEO", "She sails, they say."],
    ],
)
def test_name_and_post_are_found_on_one_line_or_two(shown: list[str]) -> None:
    assert list(people(shown)) == ["Ana Reyes, Co-founder and CEO"]


def test_posts_above_names_are_not_given_to_the_next_person() -> None:
    shown = ["Chief Executive Officer", "Ana Reyes", "General Counsel", "Dan Ode"]
    assert sorted(people(shown)) == [
        "Ana Reyes, Chief Executive Officer",
        "Dan Ode, General Counsel",
    ]


def test_a_heading_before_the_first_post_does_not_turn_the_page_round() -> None:
    shown = ["About Us", "Chief Executive Officer", "Ana Reyes", "CFO", "Dan Ode"]
    assert sorted(people(shown)) == [
        "Ana Reyes, Chief Executive Officer",
        "Dan Ode, CFO",
    ]


@pytest.mark.parametrize(
    "shown",
    [
        [],
        ["About Us", "Contact"],
        ["Chief Executive Officer"],
        ["Ana Reyes"],
        ["ana reyes", "chief executive officer"],
    ],
)
def test_lines_that_show_nobody_in_a_post_give_nobody(shown: list[str]) -> None:
    assert list(people(shown)) == []


def test_a_small_page_with_a_banner_about_cookies_is_read() -> None:
    banner = "<p>We use cookies. Accept all, reject all, or see our privacy policy.</p>"
    assert lines(page(ANA, more=banner)) == ["Ana Reyes, Chief Executive Officer"]


def test_what_stands_in_the_way_of_a_team_is_named() -> None:
    with pytest.raises(FeedError, match="challenge page in place of"):
        lines("<html><title>Just a moment...</title><p>Wait.</p></html>")


def test_a_page_that_shows_nobody_is_an_error_and_nobody_has_left() -> None:
    with pytest.raises(FeedError, match="shows nobody in a post"):
        lines("<html><body><div id='app'></div></body></html>")


@pytest.fixture
def team(newsroom: Any) -> Any:
    """Poll a page with these people each day from 10 June on."""
    newsroom.configure("/team", FEED, WATCH)
    days = iter(range(10, 30))

    def shows(*shown: tuple[str, str], more: str = "") -> None:
        newsroom.server.clear_all_handlers()
        newsroom.serve("/robots.txt", "", "text/plain")
        newsroom.serve("/team", page(*shown, more=more), "text/html")
        newsroom.poll(f"2025-06-{next(days)}T12:00:00Z")

    newsroom.shows = shows
    return newsroom


def waiting(newsroom: Any) -> list[dict[str, Any]]:
    return [
        one
        for one in newsroom.data("log", "--candidates")
        if one["status"] == "candidate"
    ]


def test_the_first_reading_of_a_team_is_silent_and_known(team: Any) -> None:
    team.shows(ANA, BO, CLEO)
    assert team.told() == []
    held = {(one["person"], one["role"]) for one in team.data("who")}
    assert held == {
        ("Ana Reyes", "chief executive officer"),
        ("Bo Lindqvist", "chief financial officer"),
        ("Cleo Marsh", "head"),
    }


def test_another_person_in_a_post_is_told_as_the_companys_word(team: Any) -> None:
    team.shows(ANA, BO, CLEO)
    team.shows(ANA, DAN[:1] + BO[1:], CLEO)
    (change,) = team.data("log")
    assert (change["before"], change["after"]) == (["Bo Lindqvist"], ["Dan Ode"])
    assert change["belief"] == "confirmed"
    assert waiting(team) == []


def test_a_name_that_is_gone_waits_for_review_with_the_last_pages_words(
    team: Any,
) -> None:
    team.shows(ANA, BO, CLEO)
    team.shows(ANA, CLEO)
    assert team.told() == []
    (change,) = waiting(team)
    assert (change["kind"], change["before"]) == ("departure", ["Bo Lindqvist"])
    (quote,) = change["quotes"]
    assert quote["text"] == "Bo Lindqvist, Chief Financial Officer"
    assert team.watcher("doctor")[0] == 0
    names = {one["person"] for one in team.data("who")}
    assert "Bo Lindqvist" in names


def test_an_accepted_departure_ends_the_tenure_and_is_told(team: Any) -> None:
    team.shows(ANA, BO, CLEO)
    team.shows(ANA, CLEO)
    (change,) = waiting(team)
    code, _ = team.watcher("decide", "--by", "Desk", "accept", change["id"])
    assert code == 0
    assert len(team.told()) == 1
    assert "Bo Lindqvist" not in {one["person"] for one in team.data("who")}


def test_what_else_changes_on_a_team_page_is_no_other_version(team: Any) -> None:
    team.shows(ANA, BO)
    team.shows(ANA, BO, more="<p>Our mills won a prize.</p>")
    assert team.data("log", "--all") == []


def test_a_page_that_lost_most_of_its_people_was_built_anew(team: Any) -> None:
    team.shows(ANA, BO, CLEO, DAN)
    team.shows(ANA)
    assert waiting(team) == []


def test_somebody_who_moved_within_the_page_is_not_gone(team: Any) -> None:
    team.shows(ANA, BO, CLEO)
    team.shows(ANA, CLEO, ("Bo Lindqvist", "Vice President, Finance"))
    assert waiting(team) == []


def test_a_longer_form_of_a_name_is_not_gone(team: Any) -> None:
    team.shows(ANA, BO, CLEO)
    team.shows(ANA, ("Bo K. Lindqvist", BO[1]), CLEO)
    assert waiting(team) == []
    assert team.told() == []


@given(st.binary(max_size=300), st.sampled_from(["page", "team"]))
def test_whatever_bytes_a_page_has_it_is_read_or_refused(
    body: bytes, kind: str
) -> None:
    with contextlib.suppress(FeedError):
        parse(b"<html><li>" + body, "text/html", URL, kind, Select("li"))
        parse(body, "text/html; charset=nonsense", URL, kind, Select("li"))


def test_a_team_page_is_never_fetched_as_an_articles_page(team: Any) -> None:
    team.shows(ANA, BO)
    assert team.asked("/team") == 1
