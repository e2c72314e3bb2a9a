from __future__ import annotations

import pytest

from rules.gate import Gate
from rules.model import WatchedOrganization, WatchedPerson, WatchedUnit, Watchlist

WATCHED = Watchlist(
    (WatchedOrganization("Halden", ("HLD",), (WatchedUnit("post-training"),)),),
    (WatchedPerson("Ana Prieto"),),
)
TRIGGERS = ("named", "steps down", "leads")


@pytest.mark.parametrize(
    "text",
    [
        "Halden named a new chief.",
        "HALDEN NAMED A NEW CHIEF.",
        "HLD: chair steps down",
        "Ms Prieto leads the firm.",
        "He leads post-training now.",
    ],
)
def test_a_watched_name_and_a_trigger_pass(text: str) -> None:
    assert Gate(WATCHED, TRIGGERS).article(text).passed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Orbis named a new chief.", "watched"),
        ("Haldenberg named a new chief.", "watched"),
        ("The hld named a chief.", "watched"),
        ("Halden sold renamed tiles.", "change of post"),
    ],
)
def test_parts_of_words_and_other_names_do_not_pass(text: str, why: str) -> None:
    verdict = Gate(WATCHED, TRIGGERS).article(text)
    assert not verdict.passed
    assert why in verdict.note


def test_an_open_watch_list_asks_for_a_trigger_alone() -> None:
    assert Gate(Watchlist(), TRIGGERS).article("Orbis named a chief.").passed
    assert not Gate(Watchlist(), TRIGGERS).article("Orbis sold tiles.").passed


def test_the_verdict_shows_the_place_of_the_trigger() -> None:
    text = "\u0130stanbul: Halden named a chief."
    verdict = Gate(WATCHED, TRIGGERS).sentence(text)
    assert verdict.start is not None
    assert text[verdict.start : verdict.end] == "named"


def test_a_sentence_needs_no_name() -> None:
    assert Gate(WATCHED, TRIGGERS).sentence("She leads it.").passed
    assert not Gate(WATCHED, TRIGGERS).sentence("She likes it.").passed


def test_a_longer_trigger_that_a_name_begins_like_hides_no_shorter_one() -> None:
    gate = Gate(WATCHED, (*TRIGGERS, "named to", "named as"))
    assert gate.sentence("Halden named Tom Byrd director.").passed
    assert gate.sentence("Halden named Asha Rao director.").passed
    verdict = gate.sentence("Tom Byrd was named to the board.")
    assert "named to" in verdict.note
