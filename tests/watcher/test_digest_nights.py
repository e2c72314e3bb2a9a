"""On the nights the clock is turned, each local day still has its one digest."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.model import Article, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.alert import Alert
from watcher.clock import FixedClock
from watcher.deliver import Policy, deliver
from watcher.routing import Quiet, Route, Timetable

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
STEP = timedelta(minutes=15)
NIGHTS = 4


def turns(zone: ZoneInfo) -> list[date]:
    """The days of 2026 on which the clock on the wall is turned."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    later = zip(days, offsets, offsets[1:], strict=False)
    return [day.astimezone(zone).date() for day, one, other in later if one != other]


CASES = [(zone, day) for zone in ZONES for day in turns(ZoneInfo(zone))]


def test_each_zone_turns_its_clock_twice() -> None:
    assert len(CASES) == 2 * len(ZONES)


@dataclass
class Wall:
    """A destination beside a clock on the wall: keeps what came and when."""

    clock: FixedClock
    zone: ZoneInfo
    got: list[tuple[datetime, Alert]] = field(default_factory=list)

    async def send(self, alert: Alert) -> None:
        self.got.append((self.clock.now().astimezone(self.zone), alert))


def news(number: int, now: datetime) -> Reading:
    firm = f"Halden {chr(65 + number // 26)}{chr(97 + number % 26)}"
    quote = f"Ana Prieto was named chief executive of {firm}."
    article = Article(f"a{number}", "", quote, now, "http://a.test/1")
    claim = Claim(
        kind=Kind.IN,
        person="Ana Prieto",
        organization=firm,
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=Evidence(article.id, 0, len(quote), quote),
        when=When.day(now.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


def play(path: Path, route: Route, day: date) -> tuple[Wall, int]:
    """Step a clock over the nights around *day*, with a change every six hours."""
    begin = datetime.combine(day, time(12), route.zone).astimezone(UTC)
    clock = FixedClock(begin - timedelta(days=NIGHTS // 2))
    wall, many = Wall(clock, route.zone), 0

    async def go() -> None:
        nonlocal many
        with Ledger.open(path) as ledger:
            for step in range(NIGHTS * 96):
                clock.moment += STEP
                if step % 24 == 0 and step < (NIGHTS - 1) * 96:
                    ledger.record(
                        news(many, clock.now()),
                        feed="f",
                        source=Source("Post", "Post"),
                        now=clock.now(),
                        channels=("desk",),
                    )
                    many += 1
                policy = Policy({"desk": route})
                await deliver(ledger, {"desk": wall}, clock, lambda: 0.5, policy)

    asyncio.run(go())
    return wall, many


def told(wall: Wall) -> list[str]:
    parts = (alert.parts or (alert,) for _, alert in wall.got)
    return [part.message["organization"] for ones in parts for part in ones]


@pytest.mark.parametrize(("zone", "day"), CASES)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 30)])
def test_over_a_night_of_the_clock_each_day_has_one_digest(
    tmp_path: Path, zone: str, day: date, at: time
) -> None:
    route = Route(zone=ZoneInfo(zone), digest=Timetable(at))
    wall, many = play(tmp_path / "a.db", route, day)
    days = [moment.date() for moment, _ in wall.got]
    assert len(days) == NIGHTS
    assert len(set(days)) == NIGHTS
    assert (len(told(wall)), len(set(told(wall)))) == (many, many)
    for moment, _ in wall.got:
        due = datetime.combine(moment.date(), at, route.zone)
        assert timedelta() <= moment - due <= timedelta(hours=1) + STEP


@pytest.mark.parametrize(("zone", "day"), CASES)
def test_over_a_night_of_the_clock_nobody_is_woken_and_nothing_is_lost(
    tmp_path: Path, zone: str, day: date
) -> None:
    quiet = Quiet(time(22), time(7))
    route = Route(zone=ZoneInfo(zone), quiet=quiet)
    wall, many = play(tmp_path / "a.db", route, day)
    assert all(time(7) <= moment.time() < time(22) for moment, _ in wall.got)
    assert (len(told(wall)), len(set(told(wall)))) == (many, many)
