"""Whoever drops the keys that he has seen is told of every change exactly once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

SCRIPT = Path(__file__).with_name("killed_at_points.py")
ROOT = SCRIPT.parents[2]
STEPS = ("recorded", "claimed", "sent")
# Each change is a commit, each claim and each mark: nine without groups, five with.
COMMITS = {0: 9, 60: 5}
POINTS = [
    (wait, point)
    for wait, many in COMMITS.items()
    for point in (*STEPS, *(f"commit {n}" for n in range(1, many + 1)))
]


class Receiver:
    """Keeps each message once, by its key; counts what came again."""

    def __init__(self, server: HTTPServer) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.again = 0
        server.expect_request("/hook").respond_with_handler(self._take)

    def _take(self, request: Request) -> Response:
        key = request.headers["Idempotency-Key"]
        self.again += key in self.kept
        self.kept.setdefault(key, request.get_json())
        return Response()

    def told(self) -> list[str]:
        parts = (m.get("changes", [m]) for m in self.kept.values())
        return sorted(change["role"] for part in parts for change in part)


def run(url: str, ledger: Path, point: str, wait: int) -> int:
    done = subprocess.run(
        [sys.executable, SCRIPT, url, ledger, point, str(wait)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr[-2000:]
    return done.returncode


@pytest.mark.parametrize(("wait", "point"), POINTS)
def test_killed_at_a_named_point_each_message_is_known_once_by_its_key(
    tmp_path: Path, httpserver: HTTPServer, wait: int, point: str
) -> None:
    receiver, ledger = Receiver(httpserver), tmp_path / "a.db"
    url = httpserver.url_for("/hook")
    assert run(url, ledger, point, wait) == -signal.SIGKILL
    assert run(url, ledger, "none", wait) == 0
    assert receiver.told() == ["ceo", "cfo", "cto"]
    assert receiver.again <= 1
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT count(*), state FROM deliveries").fetchall()
    assert rows == [(3, "delivered")]


@pytest.mark.parametrize(("wait", "many"), COMMITS.items())
def test_the_points_are_all_that_there_are(
    tmp_path: Path, httpserver: HTTPServer, wait: int, many: int
) -> None:
    receiver = Receiver(httpserver)
    beyond = f"commit {many + 1}"
    assert run(httpserver.url_for("/hook"), tmp_path / "a.db", beyond, wait) == 0
    assert (receiver.told(), receiver.again) == (["ceo", "cfo", "cto"], 0)
