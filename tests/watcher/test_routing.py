"""Each switch of a route shows its effect, in every zone and on both odd nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.when import When
from state.model import Belief, Change, ChangeKind, Delivery, MessageType, Post
from watcher.routing import (
    MOST_AT_ONCE,
    Plan,
    Quiet,
    Route,
    Silence,
    Timetable,
    last_slot,
    plan,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def told(
    number: int = 1,
    *,
    organization: str = "Halden",
    unit: str | None = None,
    person: str = "Ana Prieto",
    kind: ChangeKind = ChangeKind.APPOINTMENT,
    recorded: datetime = NOON,
    supersedes: str | None = None,
    batch: str | None = None,
) -> Delivery:
    change = Change(
        id=f"c{number}",
        type=MessageType.RETRACTION if supersedes else MessageType.CHANGE,
        kind=kind,
        post=Post(organization, unit, "ceo", "chief executive officer", 1),
        before=(),
        after=(person,),
        effective=When(),
        belief=Belief.REPORTED,
        quotes=(),
        recorded_at=recorded,
        supersedes=supersedes,
    )
    return Delivery(change, "desk", f"k{number}", batch=batch)


def planned(
    route: Route, *due: Delivery, now: datetime = NOON, sent: int = 0, silences=()
) -> Plan:
    return plan(route, silences, due, now, sent)


def sizes(done: Plan) -> list[int]:
    return [len(group) for group in done.sends]


@pytest.mark.parametrize(
    ("route", "other"),
    [
        (Route(organizations=frozenset({"halden"})), told(organization="Orbis")),
        (Route(units=frozenset({"research"})), told(unit="sales")),
        (Route(people=frozenset({"ana prieto"})), told(person="Raj Menon")),
        (Route(kinds=frozenset({"appointment"})), told(kind=ChangeKind.DEPARTURE)),
        (Route(beliefs=frozenset({"confirmed"})), told(unit="research")),
    ],
)
def test_what_a_channel_is_not_for_is_skipped_and_says_so(
    route: Route, other: Delivery
) -> None:
    done = planned(route, other)
    assert done.skips == ((other, "not routed to this channel"),)
    assert done.sends == ()


def test_what_a_channel_is_for_goes_out() -> None:
    route = Route(
        organizations=frozenset({"halden"}),
        units=frozenset({"research"}),
        people=frozenset({"ana prieto"}),
        kinds=frozenset({"appointment"}),
        beliefs=frozenset({"reported"}),
    )
    assert sizes(planned(route, told(unit="Research"))) == [1]


def test_a_retraction_follows_what_was_told_past_every_filter() -> None:
    back = told(2, organization="Orbis", supersedes="c1")
    silence = Silence(NOON + timedelta(days=1))
    route = Route(organizations=frozenset({"halden"}))
    assert sizes(planned(route, back, silences=[silence])) == [1]


@pytest.mark.parametrize(
    ("silence", "silent"),
    [
        (Silence(NOON + timedelta(hours=1)), True),
        (Silence(NOON), False),
        (Silence(NOON + timedelta(hours=2), begin=NOON + timedelta(hours=1)), False),
        (Silence(NOON + timedelta(hours=1), organization="HALDEN"), True),
        (Silence(NOON + timedelta(hours=1), organization="Orbis"), False),
        (Silence(NOON + timedelta(hours=1), unit="research"), False),
        (Silence(NOON + timedelta(hours=1), person="Ana Prieto"), True),
        (Silence(NOON + timedelta(hours=1), channel="desk"), True),
        (Silence(NOON + timedelta(hours=1), channel="other"), False),
    ],
)
def test_a_silence_holds_for_what_fits_and_until_its_end(
    silence: Silence, silent: bool
) -> None:
    done = planned(Route(), told(), silences=[silence])
    assert bool(done.skips) is silent
    assert bool(done.sends) is not silent


def test_of_two_silences_the_one_in_force_counts() -> None:
    over, active = Silence(NOON), Silence(NOON + timedelta(hours=1))
    done = planned(Route(), told(), silences=[over, active])
    assert "silenced until 2026-03-02T13:00" in done.skips[0][1]


def test_quiet_hours_hold_and_do_not_drop() -> None:
    route = Route(zone=BERLIN, quiet=Quiet(time(22), time(7)))
    night = datetime(2026, 3, 3, 5, 59, tzinfo=UTC)
    assert planned(route, told(), now=night) == Plan()
    assert sizes(planned(route, told(), now=night + timedelta(minutes=1))) == [1]


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-03-29T00:30+00:00", True),  # 01:30, before the hour that is not there
        ("2026-03-29T01:30+00:00", False),  # 03:30 already
        ("2026-10-25T00:30+00:00", True),  # 02:30 for the first time
        ("2026-10-25T01:30+00:00", True),  # 02:30 again
        ("2026-10-25T02:30+00:00", False),  # 03:30
    ],
)
def test_quiet_hours_go_by_the_clock_on_the_wall_when_it_is_turned(
    moment: str, quiet: bool
) -> None:
    route = Route(zone=BERLIN, quiet=Quiet(time(1), time(3)))
    done = planned(route, told(), now=datetime.fromisoformat(moment))
    assert (done == Plan()) is quiet


def test_a_digest_has_what_was_recorded_before_its_time_and_no_more() -> None:
    route = Route(zone=BERLIN, digest=Timetable(time(8)))
    early = [told(n, recorded=NOON - timedelta(days=1)) for n in (1, 2)]
    late = told(3, recorded=NOON)
    done = planned(route, *early, late, now=NOON)
    assert done.sends == (tuple(early),)
    morning = datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert planned(route, late, now=morning - timedelta(minutes=1)) == Plan()
    assert planned(route, late, now=morning).sends == ((late,),)


def test_a_weekly_digest_comes_on_its_day() -> None:
    friday = Timetable(time(17), weekday=4)
    slot = last_slot(friday, BERLIN, NOON)
    assert slot == datetime(2026, 2, 27, 16, tzinfo=UTC)


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(2, 30), time(8)])
def test_a_year_has_one_digest_a_day_on_the_odd_nights_too(zone: str, at: time) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    table, where = Timetable(at), ZoneInfo(zone)
    quarters = (start + timedelta(minutes=15 * n) for n in range(365 * 96))
    slots = {last_slot(table, where, moment) for moment in quarters}
    inside = sorted(slot for slot in slots if slot >= start)
    days = [slot.astimezone(where).date() for slot in inside]
    assert len(days) == 365
    assert len(set(days)) == 365


@given(hours=st.integers(0, 90 * 365 * 24), day=st.none() | st.integers(0, 6))
def test_a_slot_is_never_ahead_and_never_older_than_its_turn(
    hours: int, day: int | None
) -> None:
    moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    longest = timedelta(days=1 if day is None else 7, hours=2)
    slot = last_slot(Timetable(time(2, 30), day), BERLIN, moment)
    assert timedelta() <= moment - slot <= longest


WAIT = Route(group_wait=timedelta(seconds=30))
SECOND = timedelta(seconds=1)


def test_what_belongs_to_one_organisation_waits_for_its_fellows() -> None:
    story = [
        told(1, recorded=NOON - 29 * SECOND),
        told(2, organization="HALDEN", unit="research", recorded=NOON),
    ]
    other = told(3, organization="Orbis", recorded=NOON - 2 * SECOND)
    assert planned(WAIT, *story, other) == Plan()
    assert planned(WAIT, *story, other, now=NOON + SECOND).sends == (tuple(story),)
    later = planned(WAIT, *story, other, now=NOON + 28 * SECOND)
    assert later.sends == (tuple(story), (other,))


def test_without_a_wait_each_change_is_a_message() -> None:
    assert sizes(planned(Route(), told(1), told(2))) == [1, 1]


def test_a_group_that_was_begun_waits_for_nobody() -> None:
    begun = [told(1, batch="b"), told(2, batch="b")]
    assert planned(WAIT, *begun, told(3)).sends == (tuple(begun),)


def test_a_clock_that_went_back_does_not_make_a_group_wait_for_it() -> None:
    assert sizes(planned(WAIT, told(1, recorded=NOON + timedelta(days=9)))) == [1]


@given(
    ages=st.lists(st.tuples(st.integers(0, 90), st.sampled_from("abc")), max_size=12),
)
def test_nothing_waits_longer_than_asked_and_no_story_is_cut_in_two(
    ages: list[tuple[int, str]],
) -> None:
    due = [
        told(n, organization=organization, recorded=NOON - age * SECOND)
        for n, (age, organization) in enumerate(sorted(ages, reverse=True))
    ]
    sends = planned(WAIT, *due).sends
    sent = {one.change.id for group in sends for one in group}
    assert len(sent) == sum(map(len, sends))
    for one in due:
        waits = one.change.id not in sent
        assert not (waits and NOON - one.change.recorded_at >= WAIT.group_wait)
    names = [group[0].change.post.organization for group in sends]
    assert len(set(names)) == len(names)


def taken_back(attempts: int = 0) -> list[Delivery]:
    first = replace(told(1), attempts=attempts)
    return [first, told(2, supersedes="c1")]


def test_what_is_taken_back_before_it_was_sent_is_told_to_nobody() -> None:
    done = planned(WAIT, *taken_back(), told(3), now=NOON + 60 * SECOND)
    assert [reason for _, reason in done.skips] == ["taken back before it was told"] * 2
    assert [one.change.id for group in done.sends for one in group] == ["c3"]


def test_what_may_have_arrived_is_taken_back_all_the_same() -> None:
    done = planned(Route(), *taken_back(attempts=1))
    assert (sizes(done), done.skips) == ([1, 1], ())


def test_what_takes_back_a_thing_just_filtered_out_is_not_told_either() -> None:
    other = Route(organizations=frozenset({"orbis"}))
    fixed = replace(told(2, supersedes="c1"), attempts=1)
    done = planned(other, replace(told(1), attempts=1), fixed)
    assert [reason for _, reason in done.skips] == [
        "not routed to this channel",
        "what it takes back was not told here",
    ]


def test_what_takes_back_a_thing_never_told_here_is_not_told_here() -> None:
    (skip,) = planned(Route(), replace(told(2, supersedes="c1"), untold=True)).skips
    assert skip[1] == "what it takes back was not told here"


@pytest.mark.parametrize(
    ("sent", "expected"), [(0, [1, 1, 8]), (1, [1, 9]), (2, [10]), (3, []), (9, [])]
)
def test_what_is_over_the_cap_is_folded_into_one_and_nothing_is_lost(
    sent: int, expected: list[int]
) -> None:
    due = [told(n) for n in range(10)]
    done = planned(Route(per_hour=3), *due, sent=sent)
    assert sizes(done) == expected
    assert [one for group in done.sends for one in group] == (due if expected else [])
    assert done.skips == ()


def test_ten_thousand_changes_are_one_digest_over_the_cap() -> None:
    due = [told(n) for n in range(10_000)]
    assert sizes(planned(Route(per_hour=1), *due)) == [10_000]


def test_a_flood_without_a_cap_ends_as_a_digest_and_loses_nothing() -> None:
    due = [told(n) for n in range(10_000)]
    found = sizes(planned(Route(), *due))
    assert len(found) == MOST_AT_ONCE
    assert set(found[:-1]) == {1}
    assert sum(found) == 10_000
    assert sizes(planned(Route(), *due[:MOST_AT_ONCE])) == [1] * MOST_AT_ONCE


def test_a_digest_that_was_begun_is_repeated_as_it_was() -> None:
    begun = [told(1, batch="b"), told(2, batch="b")]
    done = planned(Route(per_hour=2), *begun, told(3), told(4))
    assert sizes(done) == [2, 2]
    assert done.sends[0] == tuple(begun)
