"""Others learn how the watcher is doing: by its address, its stamp, its ping."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from state.model import Tally
from watcher.clock import FixedClock
from watcher.config.load import load
from watcher.config.settings import Health
from watcher.errors import ConfigError, HealthError
from watcher.fetch.http import Client
from watcher.health.check import check, stamp_of
from watcher.health.ping import Ping
from watcher.health.server import MOST_CLIENTS, serving
from watcher.health.vitals import Vitals

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)


class Steady:
    """A steady clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def vitals() -> Vitals:
    return Vitals(Steady())


@pytest.fixture
def port(vitals: Vitals) -> Iterator[int]:
    with serving("127.0.0.1", 0, vitals, FixedClock(NOON)) as port:
        yield port


def ask(port: int, path: str) -> tuple[int, str]:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def test_a_watcher_that_has_not_begun_is_neither_well_nor_ready(port: int) -> None:
    assert ask(port, "/healthz") == (503, "no heartbeat yet\n")
    assert ask(port, "/readyz")[0] == 503


def test_it_is_well_when_it_beats_and_ready_after_the_first_round(
    vitals: Vitals, port: int
) -> None:
    vitals.beat()
    assert ask(port, "/healthz") == (200, "ok\n")
    assert ask(port, "/readyz") == (503, "first round not done yet\n")
    vitals.polled(["ok"], 1, 0)
    assert ask(port, "/readyz") == (200, "ok\n")


def test_a_heart_that_stopped_is_told(vitals: Vitals, port: int) -> None:
    vitals.beat()
    vitals.steady.seconds += 91  # type: ignore[attr-defined]
    assert ask(port, "/healthz") == (503, "no heartbeat for 91 seconds\n")


def test_a_ledger_in_trouble_is_unwell_until_a_round_is_done(
    vitals: Vitals, port: int
) -> None:
    vitals.beat()
    vitals.trouble = "watcher.db: database or disk is full"
    assert ask(port, "/healthz") == (503, "watcher.db: database or disk is full\n")
    vitals.polled([], 0, 0)
    assert ask(port, "/healthz")[0] == 200


def test_the_metrics_say_what_was_done_and_what_waits(
    vitals: Vitals, port: int
) -> None:
    vitals.polled(["ok", "ok", "failed"], 5, 2)
    vitals.failing = 1
    vitals.tally = Tally({"pending": 3, "dead": 1}, NOON - timedelta(minutes=2))
    status, text = ask(port, "/metrics")
    assert status == 200
    for line in (
        'watcher_polls_total{outcome="ok"} 2.0',
        'watcher_polls_total{outcome="failed"} 1.0',
        "watcher_articles_total 5.0",
        "watcher_changes_total 2.0",
        "watcher_feeds_failing 1.0",
        'watcher_deliveries{state="pending"} 3.0',
        'watcher_deliveries{state="dead"} 1.0',
        "watcher_oldest_undelivered_age_seconds 120.0",
    ):
        assert line in text.splitlines()


def test_nothing_else_is_there(port: int) -> None:
    assert ask(port, "/../etc/passwd")[0] == 404


@pytest.mark.parametrize(
    "sent", [b"", b"\x00\xff\n\n", b"GET\r\n\r\n", b"GET /" + b"a" * 70_000 + b"\r\n"]
)
def test_clients_that_hang_or_send_garbage_keep_nobody_out(
    vitals: Vitals, port: int, sent: bytes
) -> None:
    vitals.beat()
    with ExitStack() as stack:
        for _ in range(MOST_CLIENTS - 2):
            client = socket.create_connection(("127.0.0.1", port))
            stack.enter_context(client)
            client.sendall(sent)
        assert ask(port, "/healthz")[0] == 200


def test_an_address_in_use_is_named(vitals: Vitals, port: int) -> None:
    with (
        pytest.raises(HealthError, match=f"127.0.0.1:{port}: Address already in use"),
        serving("127.0.0.1", port, vitals, FixedClock(NOON)),
    ):
        pass


def test_the_check_asks_the_address(vitals: Vitals, port: int, tmp_path: Path) -> None:
    ledger, health = tmp_path / "watcher.db", Health("127.0.0.1", port)
    assert check(health, ledger, NOON) == "no heartbeat yet"
    vitals.beat()
    assert check(health, ledger, NOON) is None


def test_without_an_address_the_stamp_tells(tmp_path: Path) -> None:
    ledger = tmp_path / "watcher.db"
    assert "is the watcher running?" in (check(Health(), ledger, NOON) or "")
    stamp_of(ledger).touch()
    os.utime(stamp_of(ledger), (NOON.timestamp(), NOON.timestamp()))
    assert check(Health(), ledger, NOON + timedelta(seconds=60)) is None
    late = check(Health(), ledger, NOON + timedelta(seconds=600)) or ""
    assert "last heartbeat 600 seconds ago" in late


def test_the_ping_is_asked_at_most_once_a_while_and_failures_are_told_once(
    loopback: Any, reply: Callable[..., bytes]
) -> None:
    steady = Steady()

    async def run() -> list[bytes]:
        bad, good = reply(status=500), reply(b"ok")
        async with (
            loopback(bad, bad, good) as server,
            Client(None, user_agent="test") as web,
        ):
            ping = Ping(web, server.url("/secret-path"), 60.0, steady)
            for seconds in (0, 30, 30, 60, 30):
                steady.seconds += seconds
                ping.after_round()
                while ping._under_way and not ping._under_way.done():
                    await asyncio.sleep(0.01)
            await ping.end()
            return list(server.asked)

    with capture_logs() as logs:
        asked = asyncio.run(run())
    assert len(asked) == 3
    told = [line["event"] for line in logs]
    assert told == ["ping not answered", "ping answered again"]
    assert "secret-path" not in str(logs)


def refused(tmp_path: Path, text: str) -> str:
    (tmp_path / "watcher.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "watcher.toml", {})
    return str(caught.value).removeprefix(f"{tmp_path}/")


def test_an_address_for_all_the_world_has_to_be_wished_for(tmp_path: Path) -> None:
    text = '[health]\nlisten = "0.0.0.0:9099"\n'
    said = refused(tmp_path, text)
    assert said.startswith("watcher.toml:2: health.listen: others can reach it")
    (tmp_path / "watcher.toml").write_text(text + "public = true\n")
    assert load(tmp_path / "watcher.toml", {}).health.host == "0.0.0.0"  # noqa: S104  wished for


@pytest.mark.parametrize("listen", ["9099", "localhost:9099", "127.0.0.1:0", "::1"])
def test_what_is_no_address_and_port_is_refused(tmp_path: Path, listen: str) -> None:
    said = refused(tmp_path, f'[health]\nlisten = "{listen}"\n')
    assert "is not an address and port" in said
