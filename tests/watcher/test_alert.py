"""A change in words: one line for a lock screen, one object for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rules.model import Capacity
from rules.when import When
from state.model import (
    Belief,
    Change,
    ChangeKind,
    MessageType,
    Post,
    Quote,
    Step,
)
from watcher.alert import alert, headline, message

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
    "(on 2026-06-01)": {"kind": ChangeKind.PLANNED, "effective": PLAN},
    "Halden: Tom Hale to leave as chief executive officer (on 2026-06-01)": {
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
        ("unknown", "on an unknown day"),
        ("2026-03-04", "on 2026-03-04"),
        ("2026-03", "in 2026-03"),
        ("../2026-03-04", "by 2026-03-04"),
        ("2026-03-04/..", "after 2026-03-04"),
        ("2026-03-04/2026-05-06", "between 2026-03-04 and 2026-05-06"),
    ],
)
def test_a_date_is_said_at_its_precision(when: str, words: str) -> None:
    assert words in alert(change(effective=When.parse(when))).text


def test_a_plan_without_a_day_names_none() -> None:
    plan = change(kind=ChangeKind.PLANNED, effective=When.parse("2026-03-04/.."))
    assert headline(plan).endswith("succeeding Tom Hale")


def test_what_a_feed_says_cannot_move_the_cursor_or_turn_the_text() -> None:
    evil = "Ana\x1b]0;x\x07\u202e Prieto\r\n[2J"
    said = alert(change(after=(evil,), quotes=(replace(QUOTE, text=evil),)))
    for mark in ("\x1b", "\x07", "\u202e", "\r"):
        assert mark not in said.headline + said.text
    assert "\n" not in said.headline
