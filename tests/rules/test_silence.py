"""What only looks like news: retold, gone by, said of somebody else's post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.model import Article, Tier, WatchedOrganization, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook

PUBLISHED = datetime(2026, 5, 14, 9, tzinfo=UTC)
READER = Reader(Watchlist((WatchedOrganization("Norvik"),)), RuleBook.bundled())

BACK = "A year after the storm that shook Norvik"
NOW = "A storm shakes Norvik"
STORM = """The board of Norvik fired Mona Falk. Omar Reza was named interim chief \
executive, and the directors resigned."""
GONE = "Former Norvik search lead Omar Reza joins Orbis"
WHERE = """Omar Reza, who resigned from Norvik two weeks ago, has joined its rival \
Orbis to lead a new team there."""
SILENT = [(BACK, STORM), (GONE, WHERE)]


def alerts(title: str, body: str) -> list[str]:
    """Return who alerts, with kind and role."""
    reading = READER.read(Article("silence", title, body, PUBLISHED))
    told = (c for c in reading.claims if c.tier is Tier.ALERT)
    return [f"{c.kind} {c.person} {c.role}" for c in told]


@pytest.mark.parametrize(("title", "body"), SILENT, ids=[t for t, _ in SILENT])
def test_what_is_only_retold_alerts_nobody(title: str, body: str) -> None:
    assert alerts(title, body) == []


def test_the_same_words_are_news_in_an_article_of_the_day() -> None:
    assert alerts(NOW, STORM)


def test_who_loses_a_chair_is_its_subject_not_whom_the_article_is_about() -> None:
    body = (
        "Norvik fired Mona Falk as chief executive. Omar Reza, who founded Norvik, "
        "loses the chair of the board."
    )
    assert alerts("Norvik fires Mona Falk", body) == [
        "out Mona Falk chief executive officer",
        "out Omar Reza chair",
    ]


def test_a_rank_beside_the_team_that_somebody_heads_is_no_second_post() -> None:
    body = (
        "Omar Reza, the vice president of research who leads the search team at "
        "Norvik, is leaving."
    )
    title = "Norvik's head of search, Omar Reza, leaves"
    assert alerts(title, body) == ["out Omar Reza head"]


NO_CHANGE = [
    "Norvik chief Mona Falk left stunned by the vote.",
    "Norvik chief executive Mona Falk left Orbis a message.",
    "Norvik chief executive Mona Falk leaves Orbis fans in tears.",
    "Norvik captain Mona Falk leaves out Omar Reza.",
    "Norvik chair Mona Falk steps down from the stage.",
    "Norvik chair Mona Falk steps back from a row over pay.",
    "Mona Falk, the former search director ousted by Norvik in April, spoke.",
    "Ousted Norvik chief Mona Falk appears in court.",
    "Omar Reza, the first head of Norvik, has died.",
    "Norvik chief executive Mona Falk will resign, reports say.",
    "There is speculation that Norvik chief executive Mona Falk resigned.",
    "The board is against the idea of allowing Norvik chief Mona Falk to leave.",
    "Losses put Norvik chief executive Mona Falk in danger of being sacked.",
    "Mona Falk becomes principal dancer at Norvik.",
    "Mona Falk will lead the Norvik attack on Saturday.",
    "Norvik removes chief executive Mona Falk's video.",
]


@pytest.mark.parametrize("text", NO_CHANGE)
def test_a_sentence_without_a_change_of_post_is_silent(text: str) -> None:
    assert alerts("Norvik news", text) == []


def test_who_confirms_a_minister_is_not_whom_she_works_for() -> None:
    text = "The Senate has confirmed Mona Falk as treasury secretary."
    reading = Reader(Watchlist(), RuleBook.bundled()).read(
        Article("senate", "", text, PUBLISHED)
    )
    assert [c.organization for c in reading.claims] == [None]


def test_a_post_won_elsewhere_is_not_the_watched_organisations() -> None:
    body = "In 2013 Mona Falk joined Orbis, where she became a product manager."
    reading = READER.read(Article("where", "Mona Falk of Norvik", body, PUBLISHED))
    posts = {(c.organization, c.role) for c in reading.claims if c.role}
    assert posts == {("Orbis", "product manager")}


def test_a_successor_gets_the_post_that_is_left_not_the_one_held_so_far() -> None:
    body = (
        "Omar Reza steps down as chief executive of Norvik. He will be replaced by "
        "Mona Falk, who heads the search team."
    )
    assert "in Mona Falk chief executive officer" in alerts("Norvik news", body)
