"""When a feed is polled next, whatever the server says and the clock does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.model import FeedState, Validators
from watcher import schedule
from watcher.model import ParsedFeed, Response
from watcher.schedule import LONGEST, Wishes

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
FEED = FeedState("http://feed.example/news.xml")

jumps = st.timedeltas(min_value=timedelta(days=-4000), max_value=timedelta(days=4000))


def due_after(wishes: Wishes) -> timedelta:
    after = schedule.succeeded(FEED, QUARTER, wishes, NOON)
    assert after.next_due_at is not None
    return after.next_due_at - NOON


def test_a_feed_never_polled_is_due() -> None:
    assert schedule.is_due(FEED, NOON)


def test_a_feed_is_due_again_when_its_interval_is_over_and_not_before() -> None:
    after = schedule.succeeded(FEED, QUARTER, Wishes(), NOON)
    assert not schedule.is_due(after, NOON + QUARTER - timedelta(seconds=1))
    assert schedule.is_due(after, NOON + QUARTER)


@pytest.mark.parametrize(
    ("wishes", "pause"),
    [
        (Wishes(ttl=HOUR), HOUR),
        (Wishes(max_age=7200), 2 * HOUR),
        (Wishes(ttl=HOUR, max_age=7200, retry_after=10800), 3 * HOUR),
        (Wishes(max_age=60), QUARTER),
        (Wishes(retry_after=-5), QUARTER),
        (Wishes(retry_after=float("nan")), QUARTER),
        (Wishes(retry_after=1e12), LONGEST),
        (Wishes(ttl=timedelta(days=30)), LONGEST),
    ],
)
def test_the_longest_wish_counts_within_a_day(wishes: Wishes, pause: timedelta) -> None:
    assert due_after(wishes) == pause


def test_a_rare_feed_stays_rare_though_no_server_may_ask_for_so_long() -> None:
    week = timedelta(days=7)
    after = schedule.succeeded(FEED, week, Wishes(), NOON)
    assert after.next_due_at == NOON + week


def test_failures_in_a_row_wait_twice_as_long_each_time_up_to_a_day() -> None:
    state, pauses = FEED, []
    for _ in range(12):
        state = schedule.failed(state, QUARTER, Wishes(), NOON, 0.0)
        assert state.next_due_at is not None
        pauses.append(state.next_due_at - NOON)
    assert pauses[:3] == [QUARTER, 2 * QUARTER, 4 * QUARTER]
    assert pauses[-1] == LONGEST
    assert state.failures == 12


def test_feeds_that_fell_together_do_not_come_back_together() -> None:
    early = schedule.failed(FEED, QUARTER, Wishes(), NOON, 0.0)
    late = schedule.failed(FEED, QUARTER, Wishes(), NOON, 0.9)
    assert early.next_due_at < late.next_due_at  # type: ignore[operator]


def test_a_failing_server_that_names_a_time_is_obeyed() -> None:
    after = schedule.failed(FEED, QUARTER, Wishes(retry_after=7200), NOON, 0.0)
    assert not schedule.is_due(after, NOON + 2 * HOUR - timedelta(seconds=1))


def test_success_forgets_the_failures() -> None:
    failed = schedule.failed(FEED, QUARTER, Wishes(), NOON, 0.0)
    assert schedule.succeeded(failed, QUARTER, Wishes(), NOON).failures == 0


def test_a_clock_that_goes_back_two_hours_delays_by_one_interval_only() -> None:
    polled = schedule.succeeded(FEED, QUARTER, Wishes(), NOON)
    back = NOON - 2 * HOUR
    mended = schedule.settled(polled, QUARTER, back)
    assert mended.next_due_at == back + QUARTER


def test_a_server_that_asked_for_two_hours_gets_them_after_a_jump_back() -> None:
    polled = schedule.succeeded(FEED, QUARTER, Wishes(retry_after=7200), NOON)
    back = NOON - timedelta(days=1)
    mended = schedule.settled(polled, QUARTER, back)
    assert mended.next_due_at == back + 2 * HOUR


@given(jump=jumps, asked=st.floats(min_value=0, max_value=1e9))
def test_after_any_jump_the_next_poll_is_within_the_pause_that_was_given(
    jump: timedelta, asked: float
) -> None:
    polled = schedule.succeeded(FEED, QUARTER, Wishes(retry_after=asked), NOON)
    pause = polled.next_due_at - NOON  # type: ignore[operator]
    now = NOON + jump
    mended = schedule.settled(polled, QUARTER, now)
    assert mended.next_due_at <= now + pause  # type: ignore[operator]
    assert schedule.settled(mended, QUARTER, now) == mended


@given(steps=st.lists(st.integers(min_value=0, max_value=86400), max_size=30))
def test_no_failure_however_many_is_retried_before_the_interval(
    steps: list[int],
) -> None:
    state, now = FEED, NOON
    for seconds in steps:
        now += timedelta(seconds=seconds)
        state = schedule.failed(state, QUARTER, Wishes(), now, 0.5)
        assert now + QUARTER <= state.next_due_at <= now + LONGEST  # type: ignore[operator]


def test_the_same_body_again_is_unchanged_and_another_is_not() -> None:
    first = Response(FEED.url, 200, b"<rss/>")
    known = schedule.advanced(FEED, first, ParsedFeed("News", ()), NOON)
    assert schedule.unchanged(known, Response(FEED.url, 200, b"<rss/>"))
    assert not schedule.unchanged(known, Response(FEED.url, 200, b"<rss></rss>"))


def test_a_cut_off_body_leaves_the_marks_of_the_last_whole_one() -> None:
    marks = Validators(b'"new"', None)
    cut = Response(FEED.url, 200, b"<rss>", validators=marks)
    parsed = ParsedFeed("News", (), partial=True)
    assert schedule.advanced(FEED, cut, parsed, NOON) == FEED


def test_a_304_may_renew_one_validator_and_keeps_the_other() -> None:
    known = FeedState(FEED.url, Validators(b'"old"', b"Mon"))
    answer = Response(FEED.url, 304, validators=Validators(b'"new"', None))
    assert schedule.renewed(known, answer).validators == Validators(b'"new"', b"Mon")


def test_what_a_feed_asked_for_counts_after_an_answer_that_does_not_repeat_it() -> None:
    body = Response(FEED.url, 200, b"<rss/>")
    asking = ParsedFeed("News", (), ttl=4 * HOUR)
    known = schedule.advanced(FEED, body, asking, NOON)
    after = schedule.succeeded(known, QUARTER, Wishes(), NOON)
    assert after.next_due_at == NOON + 4 * HOUR


@pytest.mark.parametrize(
    ("hours", "days", "pause"),
    [
        ({12, 13, 14}, (), 3 * HOUR),
        ((), {5}, 12 * HOUR),
        ({0, 1}, {5}, 14 * HOUR),
        ((), {5, 6}, LONGEST),
        (range(24), (), QUARTER),
        ((), range(7), QUARTER),
        ({3}, {2}, QUARTER),
    ],
)
def test_hours_and_days_that_a_feed_wants_skipped_are_waited_out_within_a_day(
    hours: Iterable[int], days: Iterable[int], pause: timedelta
) -> None:
    # NOON is a Saturday's.
    feed = replace(FEED, skip_hours=frozenset(hours), skip_days=frozenset(days))
    after = schedule.succeeded(feed, QUARTER, Wishes(), NOON)
    assert after.next_due_at == NOON + pause


def test_a_feed_that_has_ended_is_never_due_again() -> None:
    ended = schedule.gone(FEED, NOON)
    assert not schedule.is_due(ended, NOON + timedelta(days=4000))
