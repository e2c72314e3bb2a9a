from __future__ import annotations

import pytest

from rules.document import How, UnitRef
from rules.model import Article, WatchedOrganization, WatchedUnit, Watchlist
from rules.spans.tagger import Marker

OPEN = Watchlist()
WATCHED = Watchlist(
    (
        WatchedOrganization(
            "Halden", (), (WatchedUnit("post-training", ("PT",)), WatchedUnit("search"))
        ),
    )
)


def units(text: str, watchlist: Watchlist = OPEN) -> list[tuple[str, UnitRef]]:
    article = Article("a", "", text)
    return [
        (article.content[s.tokens[p.first].start : s.tokens[p.last - 1].end], p.ref)
        for s in Marker(watchlist).tag(article).sentences
        for p in s.spans
        if isinstance(p.ref, UnitRef)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She runs post-training there.",
        "She runs the post training team.",
        "Posttraining has a new head.",
        "The Post-Training Team grew.",
        "PT grew.",
    ],
)
def test_a_watched_unit_is_found_in_every_spelling(text: str) -> None:
    ((_, ref),) = units(text, WATCHED)
    assert ref == UnitRef("post-training", "Halden", watched=True)


def test_a_watched_unit_that_is_a_plain_word_needs_its_noun() -> None:
    assert units("The search for a chief goes on.", WATCHED) == []
    assert [words for words, _ in units("She leads the search team.", WATCHED)] == [
        "search team"
    ]
    assert units("the head of search at Halden", WATCHED)[0][1].watched


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The tuning team grew.", "tuning"),
        ("She runs the data desk.", "data desk"),
        ("Its Dutch arm sold tiles.", "Dutch arm"),
        ("the head of tuning", "tuning"),
        ("Head of tuning team becomes a scientist.", "tuning"),
        ("its cloud head, Ty Moss", "cloud"),
    ],
)
def test_a_unit_is_named_without_its_noun(text: str, name: str) -> None:
    assert [ref.name for _, ref in units(text)] == [name]


def test_a_unit_belongs_to_the_organisation_before_it() -> None:
    assert units("Orbis Bank's lending unit grew.")[0][1].organization == "Orbis Bank"
    assert (
        units("Orbis Bank's head of lending quit.")[0][1].organization == "Orbis Bank"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The new team won.",
        "The management team met.",
        "The national team won.",
        "The team won.",
        "The party leader spoke.",
        "A group of people met.",
    ],
)
def test_a_team_without_a_field_is_no_unit(text: str) -> None:
    assert units(text) == []


def test_the_team_is_the_only_one_in_play() -> None:
    found = units("The tuning team grew. He left the team.")
    assert (found[1][0], found[1][1].name, found[1][1].how) == (
        "the team",
        "tuning",
        How.ANAPHOR,
    )


def test_with_two_teams_in_play_the_team_is_none() -> None:
    text = "The tuning team met the data team. He left the team."
    assert [ref.name for _, ref in units(text)] == ["tuning", "data"]
