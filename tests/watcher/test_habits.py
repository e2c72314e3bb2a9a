"""What polls teach of a feed: its pace, its address, what its silence is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.ledger import Ledger
from state.model import Covered, FeedState
from watcher import moved, pace, silence
from watcher.hours import Worth, hours
from watcher.model import FeedSpec, Response

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
URL, THERE = "http://a.example/feed", "http://b.example/feed"
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
LEARNS = FeedSpec(URL, "A", "A", adaptive=True)
FIXED = FeedSpec(URL, "A", "A")
NEW = FeedState(URL)


def after(*known: float | None, feed: FeedSpec = LEARNS) -> timedelta:
    state = NEW
    for share in known:
        state = replace(state, pace=pace.learnt(feed, state, share))
    return pace.interval(feed, state)


def test_a_feed_that_rolls_over_is_polled_more_often_down_to_a_bound() -> None:
    assert after(0.0) == QUARTER / 2
    assert after(*[0.1] * 9) == pace.SHORTEST


def test_a_quiet_feed_is_left_alone_longer_up_to_a_bound() -> None:
    assert QUARTER < after(1.0) < HOUR
    assert after(*[1.0] * 30) == pace.LONGEST


def test_a_feed_that_brings_some_news_each_time_keeps_its_pace() -> None:
    assert after(0.7, 0.8, None) == QUARTER


def test_a_configured_interval_stays_whatever_happens() -> None:
    assert after(0.0, 1.0, 0.0, feed=FIXED) == QUARTER


@given(st.lists(st.none() | st.floats(0, 1), max_size=40))
def test_a_pace_never_leaves_its_bounds(known: list[float | None]) -> None:
    assert pace.SHORTEST <= after(*known) <= pace.LONGEST


def answer(target: str = "") -> Response:
    return Response(target or URL, 200, moved_to=target)


def told(*targets: str) -> FeedState:
    state = NEW
    for target in targets:
        state = moved.followed(state, answer(target))
    return state


def test_a_feed_that_moved_for_good_is_asked_there_after_three_equal_answers() -> None:
    assert moved.address(told(THERE, THERE)) == URL
    assert moved.address(told(THERE, THERE, THERE)) == THERE


def test_two_addresses_by_turns_are_no_move() -> None:
    assert moved.address(told(THERE, "http://c.example/", THERE, THERE)) == URL


def test_an_answer_in_between_begins_the_count_anew() -> None:
    assert moved.address(told(THERE, THERE, "", THERE)) == URL


def test_a_new_address_that_only_fails_is_given_up() -> None:
    state = replace(told(THERE, THERE, THERE), failures=3)
    assert moved.address(state) == URL


def test_a_feed_is_expected_within_three_times_its_longest_silence() -> None:
    state = replace(NEW, changed_at=NOON, longest_silence=timedelta(days=2))
    assert silence.expected_by(state) == NOON + timedelta(days=6)
    brisk = replace(state, longest_silence=HOUR)
    assert silence.expected_by(brisk) == NOON + timedelta(days=2)
    assert silence.expected_by(NEW) is None


def test_silence_beyond_the_habit_is_told_once() -> None:
    state = replace(NEW, changed_at=NOON, longest_silence=HOUR)
    late = NOON + timedelta(days=3)
    assert silence.overdue(state, late)
    assert not silence.overdue(replace(state, silence_told=True), late)
    assert not silence.overdue(state, NOON + HOUR)


def span(first: float, last: float, *, gap: bool = False) -> Covered:
    return Covered(NOON + first * HOUR, NOON + last * HOUR, gap)


def test_hours_are_complete_gaps_or_unknown() -> None:
    spans = [span(0, 1.5), span(1.5, 3), span(3.2, 3.4, gap=True), span(5.5, 7)]
    found = [worth for _, worth in hours(spans, NOON, NOON + 7 * HOUR)]
    assert found == [Worth.COMPLETE] * 3 + [Worth.GAP] + [Worth.UNKNOWN] * 2 + [
        Worth.COMPLETE
    ]


def test_times_that_join_up_are_kept_as_one(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for one in (span(0, 1), span(1, 2), span(2, 3, gap=True), span(4, 5)):
            ledger.coverage.cover(URL, one)
        known = ledger.coverage.covered(URL, NOON - HOUR)
        assert known == (span(0, 2), span(2, 3, gap=True), span(4, 5))
        assert ledger.coverage.covered(URL, NOON + 3 * HOUR) == (span(4, 5),)


@pytest.mark.parametrize("field", ["pace", "longest_silence"])
def test_habits_outlast_a_restart(tmp_path: Path, field: str) -> None:
    moved_ = replace(NEW, address=THERE, moved_to=URL, moved_times=2)
    state = replace(moved_, silence_told=True, **{field: HOUR})
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.save_feed_state(state)
    with Ledger.open(path) as ledger:
        assert ledger.feed_state(URL) == state
