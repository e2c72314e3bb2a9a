"""Bare names are told apart: people, and what people lead."""

from __future__ import annotations

import pytest

from watcher.articles.watchnames import is_person, watchlist


@pytest.mark.parametrize(
    "name", ["Ana Reyes", "Lord Quill", "Dr. Bo Lindqvist", "John Q. Public"]
)
def test_a_given_name_or_a_title_makes_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    ["Quarry Bank", "OpenAI", "Grace Energy", "Alexandra Hospital", "Ministry of Tides",
     "Marks & Daughters", "Alice", "The Society of Friends of the Harbour"],
)  # fmt: skip
def test_what_people_lead_is_no_person(name: str) -> None:
    assert not is_person(name)


def test_every_name_is_watched_once() -> None:
    made = watchlist(["Quarry Bank", "Ana Reyes", "Quarry Bank"])
    assert [one.name for one in made.organizations] == ["Quarry Bank"]
    assert [one.name for one in made.people] == ["Ana Reyes"]
    assert watchlist([]).open
