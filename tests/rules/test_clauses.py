from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.document import Sentence
from rules.model import Article, Watchlist
from rules.reading.appositions import fold
from rules.reading.clause import Clause, Link
from rules.reading.clauses import cut
from rules.reading.items import Item, Sort
from rules.spans.tagger import tag


def sentence(text: str) -> Sentence:
    published = datetime(2026, 5, 14, tzinfo=UTC)
    return tag(Article("a", "", text, published), Watchlist()).sentences[0]


def clauses(text: str) -> list[Clause]:
    one = sentence(text)
    return [clause for clause in cut(one, fold(one)) if clause.items]


def people(text: str) -> list[Item]:
    return [item for item in fold(sentence(text)) if item.sort is Sort.PERSON]


def offices(item: Item) -> list[tuple[str | None, str | None, bool]]:
    return [
        (
            office.role.key if office.role else None,
            office.organization.name if office.organization else None,
            office.former,
        )
        for office in item.offices
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Orbis Bank chief executive Tom Hale spoke.",
        "Orbis Bank's chief executive, Tom Hale, spoke.",
        "Tom Hale, chief executive of Orbis Bank, spoke.",
        "Tom Hale, 61, the chief executive of Orbis Bank, spoke.",
        "Tom Hale, currently chief executive of Orbis Bank, spoke.",
    ],
)
def test_a_title_beside_a_name_is_the_persons(text: str) -> None:
    (person,) = people(text)
    assert offices(person) == [("ceo", "Orbis Bank", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Former Orbis Bank chief executive Tom Hale spoke.",
        "Tom Hale, formerly chief executive of Orbis Bank, spoke.",
        "Tom Hale, a former chief executive of Orbis Bank, spoke.",
    ],
)
def test_a_former_title_is_former(text: str) -> None:
    (person,) = people(text)
    assert offices(person) == [("ceo", "Orbis Bank", True)]


def test_two_posts_of_one_person_share_the_organisation() -> None:
    (person,) = people("Tom Hale, chairman and chief executive of Orbis Bank, spoke.")
    assert offices(person) == [
        ("chair", "Orbis Bank", False),
        ("ceo", "Orbis Bank", False),
    ]


def test_in_a_list_each_has_the_title_before_the_name() -> None:
    found = people("Chief executive Tom Hale, finance chief Jo Adler and Lee Ito left.")
    assert [offices(person) for person in found] == [
        [("ceo", None, False)],
        [("cfo", None, False)],
        [],
    ]


def test_a_relative_clause_speaks_of_the_name_before_it() -> None:
    main, relative = clauses("Tom Hale, who left last month, took over the bank.")
    assert (main.link, relative.link) == (Link.MAIN, Link.RELATIVE)
    assert relative.head is not None
    assert relative.head.person is not None
    assert relative.head.person.name == "Tom Hale"
    assert "took" in main.lows
    assert "left" in relative.lows


def test_a_subordinate_clause_keeps_its_word() -> None:
    main, after = clauses("Tom Hale took over after Jo Adler resigned.")
    assert (after.link, after.marker, after.parent) == (
        Link.SUBORDINATE,
        "after",
        main.index,
    )


def test_a_clause_in_front_ends_at_its_comma() -> None:
    found = clauses("If Tom Hale leaves, Jo Adler takes over.")
    assert [clause.marker for clause in found] == ["if", ""] or [
        clause.marker for clause in found
    ] == ["", "if"]
    condition = next(c for c in found if c.marker == "if")
    assert "takes" not in condition.lows


def test_a_time_after_after_opens_no_clause() -> None:
    assert len(clauses("Tom Hale left after 7 years as chief executive.")) == 1


def test_and_with_a_verb_shares_the_subject() -> None:
    _, second = clauses("Tom Hale resigned and joined Orbis Bank.")
    assert second.link is Link.COORDINATE
    assert second.shared


def test_and_with_a_new_subject_does_not() -> None:
    _, second = clauses("Tom Hale resigned and Jo Adler took over.")
    assert second.link is Link.COORDINATE
    assert not second.shared


def test_a_list_of_names_is_one_clause() -> None:
    assert len(clauses("Tom Hale, Jo Adler and Lee Ito announced their exit.")) == 1


def test_what_is_said_hangs_on_who_says_it() -> None:
    _, said = clauses("Orbis Bank said that Tom Hale had resigned.")
    assert said.link is Link.COMPLEMENT


def test_quoted_words_are_a_clause_of_their_own() -> None:
    found = clauses('"I have decided to leave the bank," Tom Hale wrote.')
    quoted = next(c for c in found if c.link is Link.QUOTED)
    assert quoted.speaker is not None
    assert quoted.speaker.name == "Tom Hale"


def test_every_item_is_in_one_clause_at_most() -> None:
    text = "If Tom Hale, who left (he says) last week, returns, Jo Adler said, he wins."
    firsts = [item.first for clause in clauses(text) for item in clause.items]
    assert len(firsts) == len(set(firsts))
