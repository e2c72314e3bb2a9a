"""Deliveries are claimed, tried for days, given up once, and never lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from rules.model import Article, Capacity, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import LEASE, Ledger
from state.model import Source
from watcher.alert import Alert
from watcher.clock import FixedClock
from watcher.deliver import MOST_ATTEMPTS, Delivered, Policy, deliver
from watcher.errors import DeliveryError
from watcher.routing import Quiet, Route, Timetable

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE = ("Ana Prieto", "Raj Menon", "Mia Lund")


def news(number: int, person: str) -> Reading:
    """One article that says who became a chief: each of a firm of its own."""
    firm = f"Halden {'ABC'[number]}"
    quote = f"{person} was named chief executive of {firm}."
    article = Article(f"a{number}", "", quote, START, f"http://a.test/{number}")
    evidence = Evidence(article.id, 0, len(quote), quote)
    claim = Claim(
        kind=Kind.IN,
        person=person,
        organization=firm,
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=evidence,
        capacity=Capacity.SUBSTANTIVE,
        when=When.day(START.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with three changes on their way to the desk and to the board."""
    with Ledger.open(tmp_path / "a.db") as opened:
        for number, person in enumerate(PEOPLE):
            opened.record(
                news(number, person),
                feed="f",
                source=Source("Post", "Post"),
                now=START + timedelta(seconds=number),
                channels=("desk", "board"),
            )
    return tmp_path / "a.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


@dataclass
class Sink:
    """Keeps what it is sent, and the keys; refuses as long as *fault* is set."""

    fault: DeliveryError | None = None
    got: list[Alert] = field(default_factory=list)
    tries: int = 0

    async def send(self, alert: Alert) -> None:
        self.tries += 1
        if self.fault:
            raise self.fault
        self.got.append(alert)


def drained(
    ledger: Ledger, now: datetime, policy: Policy | None = None, **sinks: Sink
) -> Delivered:
    clock = FixedClock(now)
    return asyncio.run(deliver(ledger, sinks, clock, lambda: 0.5, policy))


NOW = START + timedelta(minutes=1)


def test_what_another_has_claimed_is_left_to_it_until_the_lease_ends(
    path: Path, ledger: Ledger
) -> None:
    desk = Sink()
    with Ledger.open(path) as other:
        (first, *_) = [one for one in other.pending(NOW) if one.channel == "desk"]
        assert other.claim([first], None, NOW)
        assert not ledger.claim([first], None, NOW)
    assert drained(ledger, NOW, desk=desk) == Delivered()
    assert drained(ledger, NOW + LEASE, desk=desk).sent == 3
    assert [alert.message["after"] for alert in desk.got] == [[p] for p in PEOPLE]


def test_a_run_that_begins_takes_up_at_once_what_a_killed_one_had(
    ledger: Ledger,
) -> None:
    assert ledger.claim(ledger.pending(NOW), None, NOW)
    assert ledger.pending(NOW) == ()
    ledger.release()
    assert len(ledger.pending(NOW)) == 6


def test_several_are_claimed_all_or_none(ledger: Ledger) -> None:
    first, *rest = ledger.pending(NOW)
    assert ledger.claim([first], None, NOW)
    assert not ledger.claim([first, *rest], None, NOW)
    assert ledger.claim(rest, None, NOW)


def test_one_of_two_destinations_down_leaves_the_other_one_of_each(
    ledger: Ledger,
) -> None:
    desk, board = Sink(DeliveryError("desk", "refused")), Sink()
    for hours in range(24):
        drained(ledger, NOW + timedelta(hours=hours), desk=desk, board=board)
    assert len(board.got) == 3
    assert len({alert.id for alert in board.got}) == 3
    desk.fault = None
    drained(ledger, NOW + timedelta(days=2), desk=desk, board=board)
    assert [alert.message["after"] for alert in desk.got] == [[p] for p in PEOPLE]
    assert len(board.got) == 3


def test_a_day_of_trying_is_not_a_storm(ledger: Ledger) -> None:
    desk = Sink(DeliveryError("desk", "refused"))
    for minutes in range(24 * 60):
        drained(ledger, NOW + timedelta(minutes=minutes), desk=desk)
    assert 8 <= desk.tries <= 16


def test_what_is_given_up_is_told_once_by_another_channel(ledger: Ledger) -> None:
    desk = Sink(DeliveryError("desk", "answered 400", permanent=True))
    board = Sink()
    for minutes in range(5):
        drained(ledger, NOW + timedelta(minutes=minutes), desk=desk, board=board)
    *alerts, notice = board.got
    assert len(alerts) == 3
    assert notice.headline == "watcher: 3 alerts not delivered by desk"
    assert "answered 400" in notice.text
    assert desk.tries == 3


def test_without_another_channel_the_notice_waits_for_one(ledger: Ledger) -> None:
    desk = Sink(DeliveryError("desk", "answered 400", permanent=True))
    drained(ledger, NOW, desk=desk)
    drained(ledger, NOW, desk=desk)
    assert desk.tries == 3
    board = Sink()
    drained(ledger, NOW, desk=desk, board=board)
    assert board.got[-1].message["type"] == "notice"


def test_a_destination_that_never_comes_back_is_given_up_after_days(
    ledger: Ledger,
) -> None:
    desk, now = Sink(DeliveryError("desk", "refused")), NOW
    while not ledger.letters(["dead"]):
        drained(ledger, now, desk=desk)
        now += timedelta(hours=7)
    assert desk.tries >= MOST_ATTEMPTS
    assert now - NOW > timedelta(days=4)


def test_the_dead_are_tried_again_when_asked(ledger: Ledger) -> None:
    desk = Sink(DeliveryError("desk", "answered 400", permanent=True))
    drained(ledger, NOW, desk=desk)
    desk.fault = None
    assert drained(ledger, NOW, desk=desk) == Delivered()
    assert ledger.revive(["board"], NOW) == 0
    assert ledger.revive(["desk"], NOW) == 3
    assert drained(ledger, NOW, desk=desk) == Delivered(sent=3)


def test_a_digest_goes_out_once_and_keeps_its_key_when_repeated(
    ledger: Ledger,
) -> None:
    desk = Sink(DeliveryError("desk", "busy"))
    policy = Policy({"desk": Route(digest=Timetable(time(8)))})
    morning = datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert drained(ledger, morning - timedelta(minutes=1), policy, desk=desk).sent == 0
    assert desk.tries == 0
    assert drained(ledger, morning, policy, desk=desk).put_off == 3
    batches = {one.batch for one in ledger.pending(morning + timedelta(hours=1))
               if one.channel == "desk"}  # fmt: skip
    desk.fault = None
    drained(ledger, morning + timedelta(hours=1), policy, desk=desk)
    drained(ledger, morning + timedelta(hours=2), policy, desk=desk)
    (digest,) = desk.got
    assert {digest.id} == batches
    assert [part["after"] for part in digest.message["changes"]] == [
        [p] for p in PEOPLE
    ]
    assert all(person in digest.text for person in PEOPLE)


def test_a_group_in_waiting_survives_a_restart_and_goes_out_as_one(path: Path) -> None:
    policy = Policy({"desk": Route(group_wait=timedelta(minutes=5))})
    desk = Sink()
    with Ledger.open(path) as ledger:
        record_two_of_one_firm(ledger)
        assert drained(ledger, NOW, policy, desk=desk).sent == 0
    with Ledger.open(path) as ledger:
        ledger.release()
        done = drained(ledger, NOW + timedelta(minutes=5), policy, desk=desk)
        again = drained(ledger, NOW + timedelta(hours=1), policy, desk=desk)
    assert (done.sent, again.sent) == (5, 0)
    sizes = [len(alert.parts) or 1 for alert in desk.got]
    assert sizes == [1, 1, 3]


def test_what_was_on_its_way_when_a_run_died_counts_as_tried(ledger: Ledger) -> None:
    first = next(one for one in ledger.pending(NOW) if one.channel == "desk")
    assert ledger.claim([first], None, NOW)
    ledger.release()
    found = {one.key: one.attempts for one in ledger.pending(NOW)}
    assert found.pop(first.key) == 1
    assert set(found.values()) == {0}


@dataclass
class Picky(Sink):
    """Refuses one kind of message for good."""

    dislikes: str = "change"

    async def send(self, alert: Alert) -> None:
        if alert.message["type"] == self.dislikes:
            raise DeliveryError("desk", "answered 400", permanent=True)
        await super().send(alert)


def test_what_is_refused_in_the_same_go_is_not_taken_back_there(
    ledger: Ledger,
) -> None:
    policy = Policy({"desk": Route(organizations=frozenset({"halden a"}))})
    busy = Sink(DeliveryError("desk", "busy"))
    drained(ledger, NOW, policy, desk=busy)
    take_back_the_first(ledger)
    desk = Picky()
    later = NOW + timedelta(hours=1)
    for minutes in range(3):
        drained(ledger, later + timedelta(minutes=minutes), policy, desk=desk)
    assert desk.got == []
    reasons = {one.reason for one in ledger.letters(["skipped", "dead"])}
    assert {"answered 400", "what it takes back was not told here"} <= reasons


def take_back_the_first(ledger: Ledger) -> None:
    """The first change's article is put in another's place by its publisher."""
    article = replace(news(0, PEOPLE[0]).article, text="We were wrong about that.")
    source = Source("Post", "Post")
    channels = ("desk", "board")
    ledger.record(Reading(article), feed="f", source=source, now=NOW, channels=channels)


def record_two_of_one_firm(ledger: Ledger) -> None:
    """Two more posts of the firm that the third change is about."""
    whole = news(2, PEOPLE[2])
    for number, role in enumerate(("cfo", "cto")):
        article = replace(whole.article, id=f"b{number}", url=f"http://a.test/{role}")
        said = replace(whole.claims[0].evidence, article_id=article.id)
        claim = replace(
            whole.claims[0], role=role, role_key=role, evidence=said, person="Bo Tarn"
        )
        reading = Reading(article, (claim,))
        source = Source("Post", "Post")
        channels = ("desk",)
        ledger.record(reading, feed="f", source=source, now=NOW, channels=channels)


def test_a_cap_counts_a_digest_as_one_message(ledger: Ledger) -> None:
    desk, policy = Sink(), Policy({"desk": Route(per_hour=2)})
    drained(ledger, NOW, policy, desk=desk)
    assert [len(alert.parts) for alert in desk.got] == [0, 2]
    assert ledger.sent_since("desk", START) == 2


def test_quiet_hours_send_everything_when_they_end(ledger: Ledger) -> None:
    desk, policy = Sink(), Policy({"desk": Route(quiet=Quiet(time(11), time(14)))})
    assert drained(ledger, NOW, policy, desk=desk) == Delivered()
    assert drained(ledger, NOW + timedelta(hours=2), policy, desk=desk).sent == 3


def test_another_policy_sends_nothing_again(ledger: Ledger) -> None:
    desk = Sink()
    only = Policy({"desk": Route(organizations=frozenset({"halden a"}))})
    assert drained(ledger, NOW, only, desk=desk) == Delivered(sent=1, skipped=2)
    assert drained(ledger, NOW, Policy(), desk=desk) == Delivered()
    assert {one.reason for one in ledger.letters(["skipped"])} == {
        "not routed to this channel"
    }
