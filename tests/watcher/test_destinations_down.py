"""A destination that is down, late or cross: what arrives there, when, how often."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from rules.model import Article, Capacity, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.channels import CHANNELS
from watcher.clock import FixedClock
from watcher.config.settings import ChannelSpec
from watcher.deliver import Delivered, deliver
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRMS = ("Halden", "Orbis", "Quarry Bank")
TEN_MINUTES = timedelta(minutes=10)


def news(firm: str) -> Reading:
    quote = f"Ana Prieto was named chief executive of {firm}."
    article = Article(f"a-{firm}", "", quote, NOON, "http://a.test/1")
    claim = Claim(
        kind=Kind.IN,
        person="Ana Prieto",
        organization=firm,
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=Evidence(article.id, 0, len(quote), quote),
        capacity=Capacity.SUBSTANTIVE,
        when=When.day(NOON.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with a change of each firm on its way to two destinations."""
    with Ledger.open(tmp_path / "a.db") as opened:
        for firm in FIRMS:
            source = Source("Post", "Post")
            channels = ("desk", "board")
            opened.record(
                news(firm), feed="f", source=source, now=NOON, channels=channels
            )
        yield opened


async def drained(ledger: Ledger, now: datetime, **urls: str) -> Delivered:
    limits = Limits(seconds=0.5, gap=0)
    async with Client(None, user_agent="test", limits=limits) as client:
        specs = {n: ChannelSpec(n, "webhook", {"url": u}) for n, u in urls.items()}
        channels = {n: CHANNELS["webhook"](spec, client) for n, spec in specs.items()}
        return await deliver(ledger, channels, FixedClock(now), lambda: 0.5)


def drain(ledger: Ledger, now: datetime, **urls: str) -> Delivered:
    return asyncio.run(drained(ledger, now, **urls))


def firms(server: HTTPServer, path: str = "/hook") -> list[str]:
    posts = (r for r, _ in server.log if r.path == path)
    return [json.loads(post.data)["organization"] for post in posts]


def due(ledger: Ledger, now: datetime) -> int:
    return sum(one.channel == "desk" for one in ledger.pending(now))


@pytest.fixture
def closed() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_after_a_day_without_anybody_listening_all_arrives_once_and_in_order(
    ledger: Ledger, closed: int
) -> None:
    now, url = NOON, f"http://127.0.0.1:{closed}/hook"
    tried = 0
    while now < NOON + timedelta(days=1):
        done = drain(ledger, now, desk=url)
        assert (done.sent, done.dead) == (0, 0)
        tried += done.put_off
        now += TEN_MINUTES
    assert tried >= 8
    with HTTPServer(port=closed) as server:
        server.expect_request("/hook").respond_with_data("")
        for _ in range(40):
            drain(ledger, now, desk=url)
            now += TEN_MINUTES
        assert firms(server) == list(FIRMS)


def test_one_of_two_down_for_a_day_costs_the_other_nothing(
    ledger: Ledger, closed: int, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data("")
    down, up = f"http://127.0.0.1:{closed}/hook", httpserver.url_for("/hook")
    first = drain(ledger, NOON, desk=down, board=up)
    assert (first.sent, first.put_off) == (3, 1)
    for hour in range(24):
        drain(ledger, NOON + timedelta(hours=hour), desk=down, board=up)
    assert firms(httpserver) == list(FIRMS)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 425, 429])
def test_what_may_be_taken_later_is_tried_again_in_order(
    ledger: Ledger, httpserver: HTTPServer, status: int
) -> None:
    url = httpserver.url_for("/hook")
    httpserver.expect_ordered_request("/hook").respond_with_data("", status=status)
    assert drain(ledger, NOON, desk=url) == Delivered(put_off=1)
    for _ in FIRMS:
        httpserver.expect_ordered_request("/hook").respond_with_data("")
    assert drain(ledger, NOON + timedelta(minutes=2), desk=url) == Delivered(sent=3)
    assert firms(httpserver) == [FIRMS[0], *FIRMS]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_what_is_refused_for_good_is_dead_at_once(
    ledger: Ledger, httpserver: HTTPServer, status: int
) -> None:
    httpserver.expect_request("/hook").respond_with_data("", status=status)
    url = httpserver.url_for("/hook")
    assert drain(ledger, NOON, desk=url) == Delivered(dead=3)
    assert drain(ledger, NOON + timedelta(days=9), desk=url) == Delivered()
    reasons = {letter.reason for letter in ledger.letters(["dead"])}
    assert reasons == {f"answered {status}"}


def in_two_hours(now: datetime) -> str:
    return format_datetime(now + timedelta(hours=2), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("asked", [lambda _: "7200", in_two_hours])
def test_a_pause_asked_for_in_seconds_or_as_a_date_is_kept_to(
    ledger: Ledger,
    httpserver: HTTPServer,
    asked: Callable[[datetime], str],
    status: int,
) -> None:
    # The date is read by the clock of the machine, so the story plays now.
    now = datetime.now(UTC)
    httpserver.expect_request("/hook").respond_with_data(
        "", status=status, headers={"Retry-After": asked(now)}
    )
    drain(ledger, now, desk=httpserver.url_for("/hook"))
    assert due(ledger, now + timedelta(hours=1, minutes=55)) == 0
    assert due(ledger, now + timedelta(hours=2, minutes=1)) == 3


@pytest.mark.parametrize("asked", ["abc", "-5", "", "Tue, 1 Jan 2019 00:00:00 GMT"])
def test_a_pause_that_makes_no_sense_is_an_ordinary_wait(
    ledger: Ledger, httpserver: HTTPServer, asked: str
) -> None:
    httpserver.expect_request("/hook").respond_with_data(
        "", status=429, headers={"Retry-After": asked}
    )
    drain(ledger, NOON, desk=httpserver.url_for("/hook"))
    assert due(ledger, NOON + timedelta(minutes=2)) == 3


def test_a_pause_of_ten_thousand_years_is_a_day(
    ledger: Ledger, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data(
        "", status=429, headers={"Retry-After": "1000000000000"}
    )
    drain(ledger, NOON, desk=httpserver.url_for("/hook"))
    assert due(ledger, NOON + timedelta(hours=23)) == 0
    assert due(ledger, NOON + timedelta(hours=25)) == 3


async def never(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def taken_and_hanging(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    await writer.drain()
    await asyncio.sleep(60)


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (never, "not done in time"),
        (reset, ""),
        (b"garbage\r\n\r\n", ""),
        (b"HTTP/1.1 200", ""),
    ],
)
def test_without_an_answer_it_is_tried_again(
    ledger: Ledger, loopback: Any, answer: Any, words: str
) -> None:
    async def go() -> tuple[Delivered, Delivered]:
        async with loopback(answer) as server:
            first = await drained(ledger, NOON, desk=server.url())
            return first, await drained(ledger, NOON, desk=server.url())

    assert asyncio.run(go()) == (Delivered(put_off=1), Delivered())
    (letter,) = [one for one in ledger.letters(["pending"]) if one.attempts]
    assert words in (letter.reason or "")
    assert due(ledger, NOON + timedelta(minutes=2)) == 3


def test_who_says_yes_and_then_hangs_has_taken_it(
    ledger: Ledger, loopback: Any
) -> None:
    async def go() -> Delivered:
        async with loopback(taken_and_hanging) as server:
            return await drained(ledger, NOON, desk=server.url())

    assert asyncio.run(go()) == Delivered(sent=3)
