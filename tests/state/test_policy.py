"""What is told at once, and what waits for a second voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.model import Watchlist
from state.decision import Accept, Chair, Reject
from state.fold import testimony
from state.fold.belief import voices
from state.ledger import Ledger
from state.model import Belief, Change, ChangeStatus
from state.policy import TellingPolicy

CAREFUL = TellingPolicy(frozenset({Belief.CONFIRMED}), timedelta(days=3))


@pytest.fixture
def careful(desk: Any) -> Any:
    desk.ledger.watch(Watchlist(), CAREFUL)
    desk.knows("Ann Poe")
    return desk


def waiting(ledger: Ledger) -> list[Change]:
    return list(ledger.log((ChangeStatus.CANDIDATE,)))


def names(changes: tuple[Change, ...]) -> list[tuple[str, ...]]:
    return [change.after for change in changes]


@pytest.fixture
def news(careful: Any, say: Any) -> Callable[..., tuple[Change, ...]]:
    def comes(owner: str, day: str = "2025-03-04", **more: Any) -> tuple[Change, ...]:
        line = say.comes("Bo Lind", replaces="Ann Poe", quote=f"{owner} has it.")
        return careful.reads(day, line, owner=owner, **more)  # type: ignore[no-any-return]

    return comes


def test_one_voice_waits_and_the_second_tells_it_once(careful: Any, news: Any) -> None:
    assert news("Harbor Post") == ()
    assert names(waiting(careful.ledger)) == [("Bo Lind",)]
    (told,) = news("Fjord Wire")
    assert (told.after, told.belief) == (("Bo Lind",), Belief.CONFIRMED)
    assert [quote.source for quote in told.quotes] == ["Harbor Post", "Fjord Wire"]
    assert news("Slow Daily") == ()
    assert len(careful.ledger.pending(careful.now)) == 1


def test_the_same_owner_again_is_no_second_voice(careful: Any, news: Any) -> None:
    assert news("Harbor Post") == ()
    assert news("Harbor Post", "2025-03-05") == ()
    assert careful.who("2025-03-06") == ["Bo Lind"]


def test_the_organisations_own_word_is_told_at_once(careful: Any, news: Any) -> None:
    assert names(news("Northwind", kind="company")) == [("Bo Lind",)]
    assert waiting(careful.ledger) == []


def test_a_second_voice_that_comes_too_late_tells_nothing(
    careful: Any, news: Any
) -> None:
    assert news("Harbor Post") == ()
    careful.now += timedelta(days=4)
    assert news("Fjord Wire") == ()
    assert len(waiting(careful.ledger)) == 1


def test_what_was_accepted_while_it_waited_is_not_told_again(
    careful: Any, news: Any
) -> None:
    news("Harbor Post")
    (candidate,) = waiting(careful.ledger)
    chair = Chair("ann", careful.now)
    _, told = careful.ledger.decide(Accept(candidate.id), chair, ("desk",))
    assert names(told) == [("Bo Lind",)]
    assert news("Fjord Wire") == ()


def test_what_was_rejected_while_it_waited_stays_silent(
    careful: Any, news: Any
) -> None:
    news("Harbor Post")
    (candidate,) = waiting(careful.ledger)
    careful.ledger.decide(Reject(candidate.id), Chair("ann", careful.now), ("desk",))
    assert news("Fjord Wire") == ()
    assert careful.who("2025-03-06") == ["Ann Poe"]


def test_what_waited_and_was_overtaken_is_not_told(
    careful: Any, news: Any, say: Any
) -> None:
    news("Harbor Post")
    careful.reads("2025-03-05", say.comes("Cy Dorn"), owner="Northwind", kind="company")
    assert news("Fjord Wire") == ()
    assert careful.who("2025-03-06") == ["Cy Dorn"]


def test_by_default_nothing_waits(desk: Any, say: Any) -> None:
    assert desk.reads("2025-03-04", say.comes("Bo Lind"))
    assert replace(CAREFUL) != TellingPolicy()


PRINTED = "Northwind has appointed Bo Lind as its chief executive, it said on Tuesday."
REPRINTED = (
    "Northwind has appointed Bo Lind as its chief executive, the firm said Tuesday."
)
OWN = "The board picked Lind, who ran the freight arm, to succeed Poe after a search."


@pytest.mark.parametrize(("quote", "count"), [(REPRINTED, 1), (OWN, 2)])
def test_an_agencys_sentence_reworded_by_a_word_is_no_second_voice(
    say: Any, story: Any, quote: str, count: int
) -> None:
    lines = (
        story("2025-03-04", (say.comes("Bo Lind", quote=PRINTED),), "Harbor Post"),
        story("2025-03-04", (say.comes("Bo Lind", quote=quote),), "Fjord Wire"),
    )
    said = [
        testimony.Testimony(claim, one.source, "", one.reading().article.published)
        for one in lines
        for claim in one.reading().claims
    ]
    assert voices(said) == count
