"""Senders that are killed at any moment lose nothing and repeat with the same key."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

SCRIPT = Path(__file__).with_name("killed_couriers.py")
ROOT = SCRIPT.parents[2]
KILLS = int(os.environ.get("KILLS", "60"))


def recorded(server: HTTPServer, ledger: Path, many: int, point: str) -> list[str]:
    """Let senders be killed; return the ids of the changes, which were all recorded."""
    url = server.url_for("/hook")
    command = [sys.executable, SCRIPT, url, ledger, str(many), point]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=600, env=environ
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.mark.timeout(600)
def test_killed_at_random_nothing_is_lost_and_a_crash_repeats_one_at_most(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    got: Counter[str] = Counter()

    def take(request: Request) -> Response:
        got[request.headers["Idempotency-Key"]] += 1
        return Response()

    httpserver.expect_request("/hook").respond_with_handler(take)
    told = recorded(httpserver, tmp_path / "a.db", KILLS, "random")
    assert len(set(told)) == KILLS
    assert set(got) == set(told)
    assert got.total() <= 2 * KILLS
    print(f"{KILLS} kills: {got.total() - len(got)} repeats, 0 lost")  # noqa: T201  a figure


@pytest.mark.parametrize(("point", "times"), [("claimed", 1), ("sent", 2)])
def test_killed_at_a_named_point_the_same_key_comes_again_or_for_the_first_time(
    httpserver: HTTPServer, tmp_path: Path, point: str, times: int
) -> None:
    httpserver.expect_request("/hook").respond_with_data("")
    (told,) = recorded(httpserver, tmp_path / "a.db", 1, point)
    keys = [request.headers["Idempotency-Key"] for request, _ in httpserver.log]
    assert keys == [told] * times
