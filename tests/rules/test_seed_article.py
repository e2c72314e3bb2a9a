"""One long article of the kind the project began from, told here in other words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.model import (
    Article,
    Claim,
    Currency,
    Kind,
    Reading,
    Tier,
    WatchedOrganization,
    WatchedUnit,
    Watchlist,
)
from rules.reader import Reader
from rules.rulebook import RuleBook

TITLE = "Third chief in half a year for OpenAI's post-training group"
TEXT = """\
- OpenAI keeps changing who is in charge of its most watched teams.
- Its post-training team is now run by Liam Fedus, who worked on the first ChatGPT.
Months of quarrels at OpenAI have led to changes at the top of several groups, among \
them post-training, the group that readies models for the public.
Currently heading post-training is Liam Fedus, a researcher and one of the makers of \
the chatbot.
"Nobody here saw that coming," Fedus told MIT Technology Review in 2023 about the \
chatbot's success.
He was also among seven OpenAI researchers behind the models called Strawberry.
Fedus studied physics at MIT, worked as a research associate at Fidelity and became a \
research scientist at Google Brain. He joined OpenAI in 2022.
Fedus took charge of the team after the exit of Barret Zoph, who left the company \
last month along with CTO Mira Murati and VP of Research Bob McGrew. Researcher \
Miles Brundage announced his own departure from OpenAI on Thursday.
The trouble showed last November in the sudden ouster and quick reinstatement of CEO \
Sam Altman. Zoph, in turn, took over the team in August after the departure of \
co-founder John Schulman, who left to join Anthropic, a rival.
OpenAI had no comment.
"""
WATCHLIST = Watchlist(
    (WatchedOrganization("OpenAI", (), (WatchedUnit("post-training"),)),)
)
HEAD = ("OpenAI", "post-training", "head")


@pytest.fixture(scope="module")
def reading() -> Reading:
    published = datetime(2024, 10, 25, 12, tzinfo=UTC)
    reader = Reader(WATCHLIST, RuleBook.bundled())
    return reader.read(Article("seed", TITLE, TEXT, published))


def of(reading: Reading, kind: Kind, person: str) -> list[Claim]:
    return [c for c in reading.claims if c.kind is kind and c.person == person]


def post(claim: Claim) -> tuple[str | None, str | None, str | None]:
    return claim.organization, claim.unit, claim.role_key


def test_only_the_new_leader_is_news(reading: Reading) -> None:
    alerts = [c for c in reading.claims if c.tier is Tier.ALERT]
    assert [(c.kind, c.person, *post(c)) for c in alerts] == [
        (Kind.IN, "Liam Fedus", *HEAD)
    ]
    assert alerts[0].replaces == "Barret Zoph"


def test_nothing_waits_for_review(reading: Reading) -> None:
    assert [c for c in reading.claims if c.tier is Tier.CANDIDATE] == []


def test_the_new_leader_holds_the_post_now(reading: Reading) -> None:
    (claim, *_) = of(reading, Kind.HOLDS, "Liam Fedus")
    assert post(claim) == HEAD
    assert claim.currency is Currency.CURRENT


def test_the_leader_before_came_in_august_and_left_in_september(
    reading: Reading,
) -> None:
    (coming,) = of(reading, Kind.IN, "Barret Zoph")
    (going,) = of(reading, Kind.OUT, "Barret Zoph")
    assert post(coming) == post(going) == HEAD
    assert (str(coming.when), str(going.when)) == ("2024-08", "2024-09")
    assert coming.replaces == "John Schulman"


def test_the_first_leader_moved_on_in_august(reading: Reading) -> None:
    claims = [c for c in of(reading, Kind.OUT, "John Schulman") if post(c) == HEAD]
    assert [(str(c.when), c.cause) for c in claims] == [("2024-08", "moved")]


@pytest.mark.parametrize(
    ("person", "role"),
    [("Mira Murati", "cto"), ("Bob McGrew", "vice president research")],
)
def test_those_who_left_along_are_dated_with_their_own_posts(
    reading: Reading, person: str, role: str
) -> None:
    (claim,) = of(reading, Kind.OUT, person)
    assert post(claim) == ("OpenAI", None, role)
    assert str(claim.when) == "2024-09"
    assert of(reading, Kind.HOLDS, person) == []


def test_a_researcher_who_leaves_leads_nothing(reading: Reading) -> None:
    (claim,) = of(reading, Kind.OUT, "Miles Brundage")
    assert claim.tier is Tier.CONTEXT
    assert str(claim.when) == "2024-10-24"


def test_an_old_ouster_told_again_is_history_and_ends_no_post(
    reading: Reading,
) -> None:
    turns = [c for c in reading.claims if c.person == "Sam Altman"]
    assert {c.currency for c in turns if c.kind is Kind.OUT} == {Currency.BACKGROUND}
    assert any(c.kind is Kind.HOLDS and c.role_key == "ceo" for c in turns)


def test_a_career_told_in_passing_is_no_change(reading: Reading) -> None:
    others = {"Fidelity", "Google", "Google Brain", "MIT", "Anthropic"}
    named = [c for c in reading.claims if c.organization in others]
    assert all(c.tier is Tier.CONTEXT for c in named)


def test_every_quote_is_a_sentence_of_the_article(reading: Reading) -> None:
    content = reading.article.content
    for claim in reading.claims:
        found = claim.evidence
        assert content[found.start : found.end] == found.quote
        assert found.quote.strip() == found.quote != ""
