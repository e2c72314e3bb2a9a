from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.model import (
    Article,
    Attribution,
    Claim,
    Currency,
    Kind,
    Modality,
    Polarity,
    Tense,
    WatchedOrganization,
    Watchlist,
)
from rules.reader import Reader
from rules.rulebook import RuleBook

READER = Reader(Watchlist((WatchedOrganization("Norvik"),)), RuleBook.bundled())
TODAY = datetime(2026, 5, 14, 12, tzinfo=UTC)


def claim(text: str, kind: Kind = Kind.OUT) -> Claim:
    claims = READER.read(Article("a", "", text, TODAY)).claims
    (found,) = [c for c in claims if c.kind is kind and c.votes != ("apposition",)]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl is not stepping down.",
        "Norvik chief Paul Dahl will not resign.",
        "Norvik chief Paul Dahl never resigned.",
        "Norvik denied that chief Paul Dahl had resigned.",
        "Norvik chief Paul Dahl refused to resign.",
        "Norvik chief Paul Dahl has no plans to resign.",
    ],
)
def test_what_is_denied_is_denied(text: str) -> None:
    assert claim(text).polarity is Polarity.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl could resign.",
        "Norvik chief Paul Dahl should resign.",
        "If Norvik chief Paul Dahl resigns, shares will fall.",
        "Will Norvik chief Paul Dahl resign?",
        "Critics want Norvik chief Paul Dahl to resign.",
        "Norvik chief Paul Dahl would resign.",
        "Norvik chief Paul Dahl threatened to resign.",
        "Unions demanded the resignation of Norvik chief Paul Dahl.",
    ],
)
def test_what_is_only_thought_of_is_hypothetical(text: str) -> None:
    assert claim(text).modality is Modality.HYPOTHETICAL


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl is expected to resign.",
        "Norvik chief Paul Dahl has reportedly resigned.",
        "Norvik chief Paul Dahl is resigning, people familiar with the matter said.",
        "Norvik chief Paul Dahl will resign, according to two sources.",
        "Sources: Norvik chief Paul Dahl to resign",
        "Norvik chief Paul Dahl is likely to resign.",
    ],
)
def test_what_is_said_by_nobody_named_is_rumour(text: str) -> None:
    assert claim(text).modality is Modality.RUMOURED


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl will resign.",
        "Norvik chief Paul Dahl to resign",
        "Norvik chief Paul Dahl is set to resign.",
        "Norvik chief Paul Dahl has decided to resign.",
        "Norvik chief Paul Dahl resigns in June.",
        "Norvik said that chief Paul Dahl would resign.",
    ],
)
def test_what_is_to_come_is_planned(text: str) -> None:
    found = claim(text)
    assert found.modality is Modality.PLANNED
    assert found.tense is Tense.FUTURE


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl has resigned.",
        "Norvik chief Paul Dahl resigned on Monday.",
        "Norvik chief Paul Dahl is stepping down.",
        "Norvik chief Paul Dahl said he had resigned.",
        "Norvik chief Paul Dahl was forced to resign.",
    ],
)
def test_what_has_happened_is_asserted_and_news(text: str) -> None:
    found = claim(text)
    assert found.modality is Modality.ASSERTED
    assert found.polarity is Polarity.AFFIRMED
    assert found.currency is Currency.CURRENT


@pytest.mark.parametrize(
    "text",
    [
        "Norvik chief Paul Dahl had resigned.",
        "Norvik chief Paul Dahl resigned in 2019.",
        "Norvik chief Paul Dahl resigned in March.",
        "Shares fell after Norvik chief Paul Dahl resigned.",
        "Norvik chief Paul Dahl, who resigned, likes cake.",
        "Norvik mourned the departure of chief Paul Dahl.",
    ],
)
def test_what_was_known_is_history(text: str) -> None:
    assert claim(text).currency is Currency.BACKGROUND


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Norvik chief Paul Dahl resigned on Monday.", "2026-05-11"),
        ("Norvik chief Paul Dahl will resign in June.", "2026-06"),
        ("Norvik chief Paul Dahl will resign on Monday.", "2026-05-18"),
        ("Norvik chief Paul Dahl resigned in 2019.", "2019"),
        ("Norvik chief Paul Dahl resigned.", "unknown"),
        ("Norvik said on Monday that chief Paul Dahl will resign.", "unknown"),
    ],
)
def test_a_date_is_read_in_the_tense_of_its_verb(text: str, when: str) -> None:
    assert str(claim(text).when) == when


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Norvik said that chief Paul Dahl resigned.", Attribution.ORGANIZATION),
        (
            "Norvik chief Paul Dahl resigned, the company said.",
            Attribution.ORGANIZATION,
        ),
        ("Norvik chief Paul Dahl said he resigned.", Attribution.PERSON),
        ("Norvik chief Paul Dahl resigned, two sources said.", Attribution.UNNAMED),
        ("Norvik chief Paul Dahl resigned.", Attribution.PRESS),
    ],
)
def test_a_claim_tells_whose_word_it_is(text: str, whose: Attribution) -> None:
    assert claim(text).attribution is whose


def test_without_a_day_of_publication_nothing_is_old_by_date() -> None:
    text = "Norvik chief Paul Dahl resigned on Monday."
    claims = READER.read(Article("a", "", text)).claims
    (found,) = [c for c in claims if c.kind is Kind.OUT]
    assert str(found.when) == "unknown"
    assert found.currency is Currency.CURRENT
