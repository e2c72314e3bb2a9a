"""The outbox is drained in order, marked after sending, and never forgotten."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from rules.model import (
    Article,
    Capacity,
    Claim,
    Evidence,
    Kind,
    Reading,
    Tier,
)
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.channels import CHANNELS
from watcher.clock import FixedClock
from watcher.config.settings import ChannelSpec
from watcher.deliver import FIRST_WAIT, LONGEST_WAIT, Delivered, deliver, wait
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOURCE = Source("Harbour Post", "Harbour")


def news(person: str, day: datetime) -> Reading:
    """One article that says who became Halden's chief."""
    quote = f"{person} was named chief executive of Halden."
    article = Article(f"a-{person}", "", quote, day, "http://a.test/1")
    claim = Claim(
        kind=Kind.IN,
        person=person,
        organization="Halden",
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=Evidence(article.id, 0, len(quote), quote),
        capacity=Capacity.SUBSTANTIVE,
        when=When.day(day.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    return Reading(article, (claim,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with two changes on their way to the desk."""
    with Ledger.open(tmp_path / "a.db") as opened:
        for n, person in enumerate(("Ana Prieto", "Raj Menon")):
            day = START + timedelta(days=40 * n)
            opened.record(
                news(person, day), feed="f", source=SOURCE, now=day, channels=("desk",)
            )
        yield opened


LATER = FixedClock(START + timedelta(days=50))


async def drained(ledger: Ledger, url: str, clock: FixedClock = LATER) -> Delivered:
    spec = ChannelSpec("desk", "webhook", {"url": url})
    async with Client(None, user_agent="test", limits=Limits(gap=0)) as client:
        channels = {"desk": CHANNELS["webhook"](spec, client)}
        return await deliver(ledger, channels, clock, lambda: 0.5)


def after(clock: FixedClock, seconds: float) -> FixedClock:
    return FixedClock(clock.now() + timedelta(seconds=seconds))


def test_each_message_arrives_once_and_in_order(
    ledger: Ledger, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("")
    url = httpserver.url_for("/hook")
    assert asyncio.run(drained(ledger, url)) == Delivered(sent=2)
    assert asyncio.run(drained(ledger, url)) == Delivered()
    bodies = [json.loads(request.data) for request, _ in httpserver.log]
    assert [body["after"] for body in bodies] == [["Ana Prieto"], ["Raj Menon"]]
    keys = [request.headers["Idempotency-Key"] for request, _ in httpserver.log]
    assert keys == [body["id"] for body in bodies]


def test_a_destination_that_is_down_gets_everything_later_in_order(
    ledger: Ledger, httpserver: HTTPServer
) -> None:
    url = httpserver.url_for("/hook")
    httpserver.expect_ordered_request("/hook").respond_with_data("", status=503)
    assert asyncio.run(drained(ledger, url)) == Delivered(put_off=1)
    assert asyncio.run(drained(ledger, url)) == Delivered()
    httpserver.expect_ordered_request("/hook").respond_with_data("")
    httpserver.expect_ordered_request("/hook").respond_with_data("")
    soon = after(LATER, FIRST_WAIT * 2)
    assert asyncio.run(drained(ledger, url, soon)) == Delivered(sent=2)
    first, again, second = (json.loads(r.data)["id"] for r, _ in httpserver.log)
    assert first == again != second


def test_what_is_refused_for_good_does_not_hold_up_the_next(
    ledger: Ledger, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request("/hook").respond_with_data("", status=400)
    httpserver.expect_ordered_request("/hook").respond_with_data("")
    done = asyncio.run(drained(ledger, httpserver.url_for("/hook")))
    assert done == Delivered(sent=1, dead=1)
    assert ledger.pending(LATER.now() + timedelta(days=9)) == ()


def test_a_redirect_is_not_followed(ledger: Ledger, httpserver: HTTPServer) -> None:
    def elsewhere(_: Request) -> Response:
        return Response(status=302, headers={"Location": "/elsewhere"})

    httpserver.expect_request("/hook").respond_with_handler(elsewhere)
    done = asyncio.run(drained(ledger, httpserver.url_for("/hook")))
    assert done == Delivered(dead=2)
    assert {request.path for request, _ in httpserver.log} == {"/hook"}


def test_retry_after_is_obeyed(ledger: Ledger, httpserver: HTTPServer) -> None:
    url = httpserver.url_for("/hook")
    httpserver.expect_ordered_request("/hook").respond_with_data(
        "", status=429, headers={"Retry-After": "7200"}
    )
    asyncio.run(drained(ledger, url))
    assert ledger.pending(after(LATER, 7199).now()) == ()
    assert len(ledger.pending(after(LATER, 7201).now())) == 2


def test_nobody_listening_is_a_failure_to_be_tried_again(ledger: Ledger) -> None:
    done = asyncio.run(drained(ledger, "http://127.0.0.1:9/hook"))
    assert done == Delivered(put_off=1)
    assert len(ledger.pending(after(LATER, FIRST_WAIT * 2).now())) == 2


def test_a_channel_that_is_not_configured_keeps_its_messages(ledger: Ledger) -> None:
    async def nobody() -> Delivered:
        return await deliver(ledger, {}, LATER, lambda: 0.5)

    assert asyncio.run(nobody()) == Delivered()
    assert len(ledger.pending(LATER.now())) == 2


def test_the_console_prints_what_a_person_needs(
    ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    async def printed() -> Delivered:
        async with Client(None, user_agent="test") as client:
            spec = ChannelSpec("desk", "console")
            channels = {"desk": CHANNELS["console"](spec, client)}
            return await deliver(ledger, channels, LATER, lambda: 0.5)

    assert asyncio.run(printed()) == Delivered(sent=2)
    shown = capsys.readouterr().out
    assert "Halden: Ana Prieto" in shown
    assert '"Ana Prieto was named chief executive of Halden."' in shown
    assert "Harbour Post http://a.test/1" in shown


@given(
    attempts=st.integers(0, 10_000),
    retry_after=st.none() | st.integers(0, 86_400).map(float),
    chance=st.floats(0, 0.999),
)
def test_waits_grow_within_bounds_and_never_undercut_the_server(
    attempts: int, retry_after: float | None, chance: float
) -> None:
    seconds = wait(attempts, retry_after, chance).total_seconds()
    assert seconds >= (retry_after or 0) - 1e-5
    assert FIRST_WAIT * 0.75 <= seconds <= max(LONGEST_WAIT * 1.25, retry_after or 0)
    assert wait(attempts + 1, None, chance) >= wait(attempts, None, chance)
