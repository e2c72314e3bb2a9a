"""The schema of messages takes every message that can be, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules.model import Capacity
from rules.when import When
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    Letter,
    MessageType,
    Post,
    Quote,
    Step,
)
from watcher.alert import message
from watcher.digest import dead_letters, digest
from watcher.sample import sample

NOW = datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC)
NAMES = st.sampled_from(("Ana Prieto", "Bo Tarn", "Øyvind Å. O'Neill-Smith"))
DAYS = st.dates(date(1900, 1, 1))
IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
Rulebook = Draft202012Validator


@st.composite
def whens(draw: Callable[..., Any]) -> When:
    low, high = sorted((draw(DAYS), draw(DAYS)))
    shapes = (
        *(When(), When.day(low), When.month(low.year, low.month)),
        *(When.year(low.year), When(low, high), When(low, None), When(None, high)),
    )
    return draw(st.sampled_from(shapes))


CHANGES = st.builds(
    Change,
    id=IDS,
    post=st.builds(
        Post, NAMES, st.none() | NAMES, NAMES, NAMES, st.none() | st.just(1)
    ),
    before=st.lists(NAMES, max_size=3).map(tuple),
    after=st.lists(NAMES, max_size=3).map(tuple),
    effective=whens(),
    quotes=st.lists(
        st.builds(Quote, NAMES, st.just("") | st.just("http://a.test/1"), NAMES)
    ).map(tuple),
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    between=st.lists(st.builds(Step, NAMES, whens(), whens())).map(tuple),
    rules=st.lists(NAMES).map(tuple),
    cause=st.none() | NAMES,
    supersedes=st.none() | IDS,
    sources=st.none() | st.integers(1, 99),
)


@given(CHANGES)
def test_every_change_that_can_be_fits_the_schema(
    rulebook_of_messages: Rulebook, change: Change
) -> None:
    rulebook_of_messages.validate(message(change))


@given(st.lists(CHANGES, min_size=2, max_size=4))
def test_every_digest_fits_the_schema(
    rulebook_of_messages: Rulebook, changes: list[Change]
) -> None:
    rulebook_of_messages.validate(digest(changes, "c0ffee0123456789").message)


def test_a_notice_and_a_test_fit_the_schema(rulebook_of_messages: Rulebook) -> None:
    letter = Letter("k", "desk", "c1", "dead", 1, NOW, "answered 400")
    rulebook_of_messages.validate(dead_letters([letter], NOW).message)
    rulebook_of_messages.validate(sample(NOW).message)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"headline": "two\nlines"},
        {"type": "surprise"},
        {"belief": "certain"},
        {"effective": "March 2026"},
        {"quotes": [{"text": "", "url": "", "source": "Post"}]},
        {"before": [None]},
        {"sources": 0},
        {"recorded_at": "2026-03-02T12:00:00+00:00"},
        {"unheard": "of"},
    ],
)
def test_a_message_that_is_not_as_documented_does_not_fit(
    rulebook_of_messages: Rulebook, wrong: dict[str, Any]
) -> None:
    right = sample(NOW).message
    assert rulebook_of_messages.is_valid(right)
    assert not rulebook_of_messages.is_valid({**right, **wrong})


@pytest.mark.parametrize("key", sample(NOW).message)
def test_no_key_may_be_missing(rulebook_of_messages: Rulebook, key: str) -> None:
    rest = {name: fact for name, fact in sample(NOW).message.items() if name != key}
    assert not rulebook_of_messages.is_valid(rest)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("kind", ChangeKind),
        ("belief", Belief),
        ("capacity", Capacity),
        ("status", ChangeStatus),
        ("type", [*MessageType, "test"]),
    ],
)
def test_the_schema_has_exactly_the_words_that_the_program_has(
    rulebook_of_messages: Rulebook, key: str, words: Any
) -> None:
    listed = rulebook_of_messages.schema["$defs"]["change"]["properties"][key]["enum"]
    assert sorted(listed) == sorted(str(word) for word in words)
