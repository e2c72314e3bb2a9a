"""The same articles in any order leave the same state."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.model import Capacity, Kind, Modality
from state.fold import testimony
from state.fold.fold import fold
from state.ledger import Ledger
from state.model import EndState, Tenure

INTERIM, CO = Capacity.INTERIM, Capacity.CO
PLAN = Modality.PLANNED
SHUFFLES = 1000


@cache
def _stories() -> dict[str, Any]:
    say, story = _makers()
    team = {"key": "head", "unit": "Data"}
    return {
        "an ouster, two stand-ins, a return, and all of it told again": (
            story("2023-10-01", (say.holds("Al Marr"),)),
            story(
                "2023-11-17",
                (
                    say.goes("Al Marr", when="2023-11-17"),
                    say.comes("Mia Roth", capacity=INTERIM),
                ),
            ),
            story("2023-11-18", (say.holds("Al Marr"),), "Slow Daily"),
            story("2023-11-20", (say.comes("Ed Shaw", capacity=INTERIM),)),
            story("2023-11-22", (say.comes("Al Marr", when="2023-11-22"),)),
            story(
                "2024-06-01",
                (
                    say.goes("Al Marr", when="2023-11", background=True),
                    say.comes("Al Marr", when="2023-11", background=True),
                    say.holds("Al Marr"),
                ),
            ),
        ),
        "a plan, its day, and the next one": (
            story(
                "2025-01-10",
                (
                    say.goes("Ann Poe", when="2025-03-31", modality=PLAN),
                    say.comes(
                        "Bo Lind", when="2025-04-01", modality=PLAN, replaces="Ann Poe"
                    ),
                ),
            ),
            story("2025-02-01", (say.holds("Poe"),)),
            story("2025-04-02", (say.comes("Bo Lind", when="2025-04-01"),)),
            story("2025-08-02", (say.holds("Bo Lind"),)),
            story("2026-01-02", (say.goes("Lind"), say.comes("Cy Dorn"))),
        ),
        "two who are shown in one seat by turns": tuple(
            story(f"2025-0{month}-10", (say.holds(name),))
            for month, name in enumerate(("Ann Poe", "Bo Lind") * 4, 1)
        ),
        "a team handed on twice, told late": (
            story("2024-01-05", (say.holds("John Orr", **team),)),
            story(
                "2024-10-25",
                (
                    say.holds("Liv Fenn", **team),
                    say.comes("Fenn", replaces="Bart Zell", **team),
                    say.goes("Zell", key=None, when="2024-09", background=True),
                    say.comes(
                        "Bart Zell",
                        when="2024-08",
                        replaces="John Orr",
                        background=True,
                        **team,
                    ),
                    say.goes("Orr", background=True, **team),
                ),
            ),
            story("2024-08-20", (say.goes("John Orr", key=None),), "Fjord Wire"),
            story("2024-11-03", (say.holds("Fenn", **team),), "Fjord Wire"),
        ),
        "co-leads come and one goes": (
            story("2024-01-05", (say.holds("Ann Poe", **team),)),
            story("2024-03-05", (say.comes("Bo Lind", capacity=CO, **team),)),
            story("2024-05-05", (say.goes("Ann Poe", **team),)),
            story("2024-06-05", (say.comes("Cy Dorn", capacity=CO, **team),)),
        ),
        "head of the firm is the chief": (
            story("2024-01-05", (say.holds("Ann Poe", key="head"),)),
            story("2024-02-05", (say.holds("Poe"),)),
            story("2024-03-05", (say.comes("Bo Lind", key="head"),)),
            story("2024-04-05", (say.goes("Bo Lind", key=None),)),
        ),
        "an interim who stays": (
            story(
                "2024-01-05",
                (say.goes("Ann Poe"), say.comes("Bo Lind", capacity=INTERIM)),
            ),
            story("2024-01-07", (say.comes("Bo Lind"),), "Slow Daily"),
            story("2024-05-05", (say.comes("Bo Lind", when="2024-05-04"),)),
            story("2024-06-05", (say.holds("Bo Lind"),)),
        ),
        "one change in four wordings": (
            story("2024-05-02", (say.goes("Ann Poe", when="2024-05-01"),)),
            story("2024-05-03", (say.goes("Ann Poe"),), "Fjord Wire"),
            story("2024-05-20", (say.goes("Poe", when="2024-05"),), "Slow Daily"),
            story("2024-07-20", (say.goes("Poe", background=True),), "Slow Daily"),
        ),
        "an old article between two new ones": (
            story("2021-06-01", (say.comes("Bo Lind"), say.goes("Ann Poe"))),
            story("2023-01-10", (say.holds("Cy Dorn"),)),
            story("2025-01-10", (say.holds("Dorn"),)),
            story("2023-06-10", (say.holds("Ann Poe"),)),
        ),
        "many seats": tuple(
            story(f"2025-01-{day}", (line,))
            for day, line in enumerate(
                (
                    say.holds("Ann Poe", key="vice president"),
                    say.comes("Bo Lind", key="vice president"),
                    say.goes("Ann Poe", key=None),
                    say.comes("Ann Poe", key="vice president", when="2025-01-13"),
                ),
                10,
            )
        ),
    }


def _makers() -> tuple[Any, Any]:
    return _MAKERS["say"], _MAKERS["story"]


_MAKERS: dict[str, Any] = {}


@pytest.fixture(scope="module", autouse=True)
def _known_makers(say: Any, story: Any) -> None:
    _MAKERS.update(say=say, story=story)


def _testimonies(stories: Iterable[Any]) -> list[testimony.Testimony]:
    return [
        testimony.Testimony(
            claim, s.source, reading.article.url, reading.article.published.date()
        )
        for s in stories
        for reading in [s.reading()]
        for claim in reading.claims
    ]


def _facts(tenures: Iterable[Tenure]) -> list[str]:
    return [repr(tenure) for tenure in tenures]


@pytest.mark.parametrize("name", range(10))
def test_a_thousand_shuffles_fold_into_one_state(name: int) -> None:
    stories = list(_stories().values())[name]
    testimonies = _testimonies(stories)
    wanted = _facts(fold(testimonies))
    dice = random.Random(name)  # noqa: S311  any order will do
    for _ in range(SHUFFLES):
        dice.shuffle(testimonies)
        assert _facts(fold(testimonies)) == wanted


@pytest.mark.parametrize("name", range(10))
def test_the_ledger_ends_alike_whichever_article_comes_first(
    name: int, tmp_path: Any, desk_of: Any
) -> None:
    stories = list(_stories().values())[name]
    ends = set()
    for turn, order in enumerate((stories, stories[::-1])):
        with Ledger.open(tmp_path / f"{turn}.db") as ledger:
            desk = desk_of(ledger)
            for story in order:
                desk.takes(story)
            ends.add(repr(ledger.board(desk.now.date())))
    assert len(ends) == 1


PEOPLE = ("Ann Poe", "Ann M. Poe", "Bo Lind", "Lind", "Cy Dorn")
DAYS = st.dates(
    min_value=dt.date(2024, 1, 1),
    max_value=dt.date(2024, 12, 31),
)


@st.composite
def _lines(draw: Any) -> Any:
    say, story = _makers()
    kind = draw(st.sampled_from((Kind.IN, Kind.OUT, Kind.HOLDS)))
    maker = {Kind.IN: say.comes, Kind.OUT: say.goes, Kind.HOLDS: say.holds}[kind]
    dates = st.sampled_from(("", "", "2024-03", "2024-03-05", "2024", "2023-07"))
    more = {
        "when": draw(dates) if kind is not Kind.HOLDS else "",
        "background": draw(st.booleans()),
        "replaces": draw(st.sampled_from((None, None, *PEOPLE))),
        "capacity": draw(st.sampled_from((Capacity.SUBSTANTIVE, INTERIM, CO))),
        "modality": draw(st.sampled_from((Modality.ASSERTED, PLAN))),
    }
    line = maker(draw(st.sampled_from(PEOPLE)), **more)
    owner = draw(st.sampled_from(("Harbor Post", "Fjord Wire")))
    return story(draw(DAYS).isoformat(), (line,), owner)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_any_claims_in_any_order_fold_into_one_state(data: Any) -> None:
    stories = data.draw(st.lists(_lines(), max_size=9))
    testimonies = _testimonies(stories)
    shuffled = data.draw(st.permutations(testimonies))
    tenures = fold(testimonies)
    assert _facts(fold(shuffled)) == _facts(tenures)
    assert len({t.id for t in tenures}) == len(tenures)
    for tenure in tenures:
        if tenure.end_state is EndState.OPEN:
            assert not tenure.end.known


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_same_evidence_again_adds_no_tenure(data: Any) -> None:
    testimonies = _testimonies(data.draw(st.lists(_lines(), max_size=6)))
    once, twice = fold(testimonies), fold(testimonies * 2)
    assert [(t.id, t.end_state) for t in once] == [(t.id, t.end_state) for t in twice]
