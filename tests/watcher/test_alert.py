"""A change in words: one line for a lock screen, one object for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis.strategies import dates

from rules.model import Capacity
from rules.when import When
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    MessageType,
    Post,
    Quote,
    Step,
)
from watcher.alert import LONGEST_HEADLINE, alert, headline, message
from watcher.rendering import ESCAPES, Renderer
from watcher.saydate import exactly, in_words, precision

TEAM = Post("Halden", "robots", "head", "head")
CHIEF = Post("Halden", None, "ceo", "chief executive officer")
QUOTE = Quote("Ana Prieto runs it now.", "http://a.test/1", "Harbour Post")


def change(**given: Any) -> Change:
    plain = Change(
        id="c0ffee0123456789",
        type=MessageType.CHANGE,
        kind=ChangeKind.SUCCESSION,
        post=CHIEF,
        before=("Tom Hale",),
        after=("Ana Prieto",),
        effective=When.month(2026, 3),
        belief=Belief.PROBABLE,
        quotes=(QUOTE,),
        recorded_at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
    )
    return replace(plain, **given)


IN_BETWEEN = (Step("Omar Reyes", When.month(2026, 1), When.month(2026, 2)),)
PLAN = When.day(date(2026, 6, 1))
HEADLINES = {
    "Halden: Ana Prieto succeeds Tom Hale as chief executive officer": {},
    "Halden: Ana Prieto named chief executive officer": {
        "kind": ChangeKind.APPOINTMENT,
        "before": (),
    },
    "Halden: Tom Hale out as chief executive officer (resigned)": {
        "kind": ChangeKind.DEPARTURE,
        "after": (),
        "cause": "resigned",
    },
    "Halden: Ana Prieto succeeds Tom Hale as interim chief executive officer": {
        "kind": ChangeKind.INTERIM,
        "capacity": Capacity.INTERIM,
    },
    "Halden: Tom Hale back as chief executive officer, in place of Ana Prieto": {
        "kind": ChangeKind.RETURN,
        "before": ("Ana Prieto",),
        "after": ("Tom Hale",),
    },
    "Halden: Ana Prieto to become chief executive officer, succeeding Tom Hale "
    "(on 1 June 2026)": {"kind": ChangeKind.PLANNED, "effective": PLAN},
    "Halden: Tom Hale to leave as chief executive officer (on 1 June 2026)": {
        "kind": ChangeKind.PLANNED,
        "effective": PLAN,
        "after": (),
    },
    "Halden robots: Ana Prieto now leads; we had Tom Hale; "
    "Omar Reyes (2026-01 to 2026-02) in between": {
        "kind": ChangeKind.CATCH_UP,
        "post": TEAM,
        "between": IN_BETWEEN,
    },
    "Halden: correction: Ana Prieto is chief executive officer": {
        "type": MessageType.CORRECTION,
        "kind": ChangeKind.CORRECTION,
    },
    "Halden: retraction: the report of Tom Hale as chief executive officer is "
    "withdrawn": {
        "type": MessageType.RETRACTION,
        "kind": ChangeKind.RETRACTION,
        "after": (),
    },
}


@pytest.mark.parametrize(("line", "given"), HEADLINES.items(), ids=HEADLINES)
def test_a_headline_says_what_happened_to_which_post(
    line: str, given: dict[str, Any]
) -> None:
    assert headline(change(**given)) == line


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize("kind_of_message", MessageType)
@pytest.mark.parametrize("after", [(), ("Ana Prieto",), ("Ana Prieto", "Bo Tarn")])
def test_every_kind_of_change_has_words(
    kind: ChangeKind, kind_of_message: MessageType, after: tuple[str, ...]
) -> None:
    said = alert(change(kind=kind, type=kind_of_message, after=after))
    assert set(said.headline) - set("Halden: ")
    assert any(name in said.headline for name in (*after, "Tom Hale"))


def test_the_message_has_the_keys_that_receivers_rely_on() -> None:
    found = json.loads(json.dumps(message(change())))
    assert list(found)[:13] == [
        *("id", "type", "kind", "headline", "organization", "unit", "role"),
        *("before", "after", "effective", "belief", "quotes", "recorded_at"),
    ]
    assert found["quotes"] == [
        {"text": QUOTE.text, "url": QUOTE.url, "source": QUOTE.source}
    ]
    assert found["recorded_at"] == "2026-03-04T05:06:00Z"
    assert found["effective"] == "2026-03"
    assert message(change(effective=When()))["effective"] is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-03-04", "on 4 March 2026, to the day;"),
        ("2024-09", "in September 2024, to the month;"),
        ("2024", "in 2024, to the year;"),
        ("../2026-03-04", "by 4 March 2026, how long before is unknown;"),
        ("2026-03-04/..", "after 4 March 2026, how long after is unknown;"),
        (
            "2026-03-04/2026-05-06",
            "between 4 March 2026 and 6 May 2026, no closer;",
        ),
    ],
)
def test_a_date_is_said_with_how_exactly_it_is_known(when: str, words: str) -> None:
    dated = change(effective=When.parse(when))
    assert f"\n  {words} probable\n" in alert(dated).text
    assert message(dated)["since"] == words.rstrip(";")


@over(dates(), dates())
def test_every_date_has_words_and_a_precision(one: date, other: date) -> None:
    low, high = sorted((one, other))
    for when in (When(low, high), When(low, None), When(None, high)):
        assert precision(when)
        assert (exactly(when) or "").startswith(in_words(when))
    assert (exactly(When()), precision(When())) == (None, None)


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (None, "probable"),
        (1, "probable by 1 independent source"),
        (3, "probable by 3 independent sources"),
    ],
)
def test_an_alert_counts_the_owners_when_somebody_did(
    sources: int | None, words: str
) -> None:
    told = change(sources=sources)
    assert f"; {words}\n" in alert(told).text
    assert message(told)["sources"] == sources


def test_an_alert_says_why_it_fired_and_how_to_take_it_back() -> None:
    said = alert(change(rules=("succeed", "named")))
    assert "\n  why: succeed, named\n" in said.text
    assert "\n  wrong? watcher decide reject c0ffee01\n" in said.text
    assert said.message["correct"] == "watcher decide reject c0ffee01"


UNKNOWN: dict[str, Any] = {
    "kind": ChangeKind.APPOINTMENT,
    "before": (),
    "effective": When(),
    "rules": (),
}


@pytest.mark.parametrize("name", ESCAPES)
def test_what_is_unknown_has_no_words_in_any_format(name: str) -> None:
    said = Renderer().render(name, alert(change(**UNKNOWN)))
    assert "Ana Prieto" in said
    for word in ("nobody", "unknown", "before", "None", "why", "in between", "; ;"):
        assert word not in said


@pytest.mark.parametrize("name", ESCAPES)
def test_every_format_tells_all_that_is_known(name: str) -> None:
    known = change(sources=2, rules=("succeed",), cause="resigned", between=IN_BETWEEN)
    said = Renderer().render(name, alert(known))
    for word in (
        *("Tom Hale", "Ana Prieto", "Omar Reyes", "in March 2026, to the month"),
        *("probable by 2 independent sources", "resigned", "succeed", "Harbour Post"),
        *("http://a.test/1", "watcher decide reject c0ffee01", "runs it now"),
    ):
        assert word in said.replace("\\", "")


@pytest.mark.parametrize(
    "given",
    [{"type": MessageType.RETRACTION}, {"status": ChangeStatus.NOTED}],
)
def test_what_nobody_can_reject_offers_no_rejection(given: dict[str, Any]) -> None:
    said = alert(change(**given))
    assert said.message["correct"] is None
    assert "reject" not in said.text


def test_a_plan_without_a_day_names_none() -> None:
    plan = change(kind=ChangeKind.PLANNED, effective=When.parse("2026-03-04/.."))
    assert headline(plan).endswith("succeeding Tom Hale")


def test_a_headline_ends_somewhere_and_says_that_it_was_cut() -> None:
    said = alert(change(after=("Ana " * 250_000,))).headline
    assert len(said) == LONGEST_HEADLINE
    assert said.endswith("…")


def test_what_a_feed_says_cannot_move_the_cursor_or_turn_the_text() -> None:
    evil = "Ana\x1b]0;x\x07\u202e Prieto\r\n[2J"
    said = alert(change(after=(evil,), quotes=(replace(QUOTE, text=evil),)))
    for mark in ("\x1b", "\x07", "\u202e", "\r"):
        assert mark not in said.headline + said.text
    assert "\n" not in said.headline
