"""The article that the project began from, as its claims."""

from __future__ import annotations

from typing import Any

import pytest

from rules.when import When
from state.model import ChangeKind

TEAM = {"org": "OpenAI", "unit": "post-training", "key": "head"}
TOOK_OVER = "Fedus now runs the team, taking over after Barret Zoph had left."
LEFT = "Zoph quit the company last month, as did Mira Murati and Bob McGrew."
BEFORE = "Zoph himself had come in August when John Schulman went to a rival."


@pytest.fixture
def article(say: Any, story: Any) -> Any:
    team = TEAM
    return story(
        "2024-10-25",
        (
            say.holds(
                "Liam Fedus", quote="Post-training is led by Liam Fedus.", **team
            ),
            say.comes("Fedus", replaces="Barret Zoph", quote=TOOK_OVER, **team),
            say.goes(
                "Zoph",
                org="OpenAI",
                key=None,
                when="2024-09",
                quote=LEFT,
                background=True,
            ),
            say.goes(
                "Mira Murati",
                org="OpenAI",
                key="cto",
                when="2024-09",
                background=True,
                quote="CTO Mira Murati went last month.",
            ),
            say.goes(
                "Bob McGrew",
                org="OpenAI",
                key="vice president research",
                when="2024-09",
                background=True,
                quote="VP Bob McGrew went too.",
            ),
            say.goes(
                "Miles Brundage",
                org="OpenAI",
                key=None,
                quote="Miles Brundage said on Thursday that he leaves.",
            ),
            say.goes(
                "Sam Altman",
                org="OpenAI",
                when="2023-11",
                background=True,
                quote="Sam Altman was ousted last November.",
            ),
            say.comes(
                "Sam Altman",
                org="OpenAI",
                when="2023-11",
                background=True,
                quote="Sam Altman soon came back.",
            ),
            say.comes(
                "Zoph",
                when="2024-08",
                replaces="John Schulman",
                background=True,
                quote=BEFORE,
                **team,
            ),
            say.goes("John Schulman", background=True, quote=BEFORE, **team),
        ),
    )


def _team_knows_schulman(desk: Any) -> None:
    desk.knows(
        "John Schulman",
        "2022",
        organization="OpenAI",
        unit="post-training",
        role_key="head",
        role="head",
    )


def test_one_alert_names_fedus_and_the_step_that_was_missed(
    desk: Any, article: Any
) -> None:
    _team_knows_schulman(desk)
    (change,) = desk.takes(article)
    assert change.kind is ChangeKind.CATCH_UP
    assert (change.before, change.after) == (("John Schulman",), ("Liam Fedus",))
    steps = [(s.person, str(s.start), str(s.end)) for s in change.between]
    assert steps == [("Barret Zoph", "2024-08", "2024-09")]
    assert str(change.effective) == "2024-09"
    assert change.quotes[0].text == TOOK_OVER
    assert {q.text for q in change.quotes} >= {TOOK_OVER, LEFT}


def test_three_tenures_stand_with_the_precision_of_a_month(
    desk: Any, article: Any
) -> None:
    _team_knows_schulman(desk)
    desk.takes(article)
    ledger = desk.ledger
    rows = {}
    for day in ("2023-05-01", "2024-08-15", "2024-09-15", "2024-12-01"):
        for h in ledger.who("post-training", day_of(day), None):
            rows[h.person] = (str(h.since), str(h.until))
    assert rows == {
        "John Schulman": ("2022", "2024-08"),
        "Barret Zoph": ("2024-08", "2024-09"),
        "Liam Fedus": ("2024-09", "unknown"),
    }


def day_of(text: str) -> Any:
    return When.parse(text).earliest


def test_the_article_read_again_changes_nothing(desk: Any, article: Any) -> None:
    _team_knows_schulman(desk)
    desk.takes(article)
    assert desk.takes(article) == ()


def test_an_empty_ledger_tells_at_most_one_change(desk: Any, article: Any) -> None:
    changes = desk.takes(article)
    assert [c.after for c in changes] == [("Liam Fedus",)]


def test_who_left_is_told_when_the_ledger_had_them_in_the_post(
    desk: Any, article: Any
) -> None:
    desk.knows(
        "Mira Murati",
        "2022",
        organization="OpenAI",
        role_key="cto",
        role="chief technology officer",
    )
    told = {(c.kind, c.before, c.after) for c in desk.takes(article)}
    assert (ChangeKind.DEPARTURE, ("Mira Murati",), ()) in told


def test_an_old_ouster_told_as_history_does_not_move_the_chief(
    desk: Any, article: Any
) -> None:
    desk.knows("Sam Altman", "2019", organization="OpenAI")
    told = desk.takes(article)
    assert all("Sam Altman" not in c.before + c.after for c in told)
    assert desk.who(post="OpenAI ceo") == ["Sam Altman"]
