"""Lines of JSON in, lines of JSON out, and no bad line stops the rest."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Capacity, Claim, Evidence, Kind, Modality, Polarity
from rules.rulebook import RuleBook
from watcher.articles import claimed
from watcher.articles.jsonl import BadLineError, Desk, parse

STORY = (
    "Quarry Bank appointed Ana Reyes as chief executive on Monday. She succeeds"
    " Bo Lindqvist, who resigned last week, the bank said."
)
KEYS = {
    "event", "person", "role", "org", "unit", "capacity", "status", "date", "quote",
    "confidence", "rule",
}  # fmt: skip
CLAIM = Claim(
    Kind.IN, "Ana Reyes", "Quarry Bank", None, "ceo", "ceo", Evidence("1", 0, 4, "Quar")
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(RuleBook.bundled())


def line(**data: Any) -> bytes:
    return json.dumps(data).encode()


def answers(desk: Desk, *lines: bytes) -> list[Any]:
    return [json.loads(answer) for answer in desk.answers(lines)]


def test_a_succession_is_an_end_and_a_start(desk: Desk) -> None:
    (answer,) = answers(desk, line(id="a", text=STORY, published="2025-06-03"))
    events = {(one["event"], one["person"]) for one in answer["alerts"]}
    assert events == {("start", "Ana Reyes"), ("end", "Bo Lindqvist")}
    assert all(set(one) == KEYS for one in answer["alerts"])
    assert all(one["quote"] in STORY for one in answer["alerts"])


def test_each_line_has_a_state_of_its_own(desk: Desk) -> None:
    request = line(id="a", text=STORY, published="2025-06-03")
    first, second = answers(desk, request, request)
    assert first == second


def test_who_is_not_watched_raises_no_alert(desk: Desk) -> None:
    (answer,) = answers(desk, line(id="a", text=STORY, watch=["Harbour Trust"]))
    assert answer["alerts"] == []


def test_with_any_every_organisation_counts() -> None:
    anybody = Desk(RuleBook.bundled(), anybody=True)
    (answer,) = answers(anybody, line(id="a", text=STORY, watch=["Harbour Trust"]))
    assert {one["person"] for one in answer["alerts"]} == {"Ana Reyes", "Bo Lindqvist"}


def test_an_item_of_a_feed_is_read_by_its_link_and_description(desk: Desk) -> None:
    item = line(link="https://example.org/1", description=f"<p>{STORY}</p><br/>")
    (answer,) = answers(desk, item)
    assert answer["id"] == "https://example.org/1"
    assert {one["person"] for one in answer["alerts"]} == {"Ana Reyes", "Bo Lindqvist"}


@pytest.mark.parametrize(
    ("bad", "known"),
    [
        (b"not json", None),
        (b"[1, 2]", None),
        (b'"text"', None),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
        (b'{"id": NaN, "text": "x"}', None),
        (line(text="no id"), None),
        (line(id=["a"], text="x"), None),
        (line(id="a"), "a"),
        (line(id="a", text=7), "a"),
        (line(id="a", text="x", title=7), "a"),
        (line(id="a", text="x", url=[]), "a"),
        (line(id="a", text="x", published="yesterday"), "a"),
        (line(id="a", text="x", published=20250603), "a"),
        (line(id="a", text="x", watch="Quarry Bank"), "a"),
        (line(id=7, text="x", watch=[7]), 7),
    ],
)
def test_a_bad_line_is_told_with_its_id_and_the_next_is_read(
    desk: Desk, bad: bytes, known: object
) -> None:
    first, second = answers(desk, bad, line(id="next", text="It rains."))
    assert first.get("id") == known
    assert first["error"]
    assert second["id"] == "next"
    assert second["alerts"] == []


def test_a_blank_line_asks_nothing(desk: Desk) -> None:
    assert answers(desk, b"\n", b"  \n") == []


def test_a_mark_of_byte_order_and_broken_letters_are_read(desk: Desk) -> None:
    marked = b"\xef\xbb\xbf" + line(id="a\ud800", text="It \ud800 rains.")
    (answer,) = answers(desk, marked)
    assert answer["id"] == "a\ud800"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2025-06-03", "2025-06-03T00:00:00+00:00"),
        ("2025-06-03T10:00:00Z", "2025-06-03T10:00:00+00:00"),
        ("2025-06-03T10:00:00+02:00", "2025-06-03T08:00:00+00:00"),
        ("2025-06-03 10:00", "2025-06-03T10:00:00+00:00"),
    ],
)
def test_a_day_and_a_time_are_understood_as_utc(published: str, expected: str) -> None:
    read = parse(line(id=1, text="x", published=published)).article.published
    assert read is not None
    assert read.isoformat() == expected


@given(st.binary(max_size=200))
def test_any_bytes_are_a_request_or_a_bad_line(noise: bytes) -> None:
    with contextlib.suppress(BadLineError):
        assert isinstance(parse(noise).article.text, str)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (CLAIM, "confirmed"),
        (replace(CLAIM, modality=Modality.PLANNED), "planned"),
        (replace(CLAIM, capacity=Capacity.INTERIM), "interim"),
        (replace(CLAIM, capacity=Capacity.ACTING), "interim"),
        (
            replace(CLAIM, modality=Modality.RUMOURED, capacity=Capacity.ACTING),
            "rumoured",
        ),
        (replace(CLAIM, modality=Modality.HYPOTHETICAL), "hypothetical"),
        (
            replace(CLAIM, modality=Modality.RUMOURED, polarity=Polarity.DENIED),
            "denied",
        ),
    ],
)
def test_the_status_is_what_undoes_the_claim_most(claim: Claim, word: str) -> None:
    assert claimed.alert(claim)["status"] == word


def test_an_unknown_date_is_null_and_a_month_stays_a_month() -> None:
    assert claimed.alert(CLAIM)["date"] is None
    assert claimed.everything(CLAIM)["polarity"] == "affirmed"
