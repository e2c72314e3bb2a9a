"""Two days of thirty feeds: polite, honest, and the same whatever is restarted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import structlog

from bench import polling

RESTARTS = frozenset(range(7, 500, 43))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: Any) -> Any:
    """Live two days with restarts and two without: the webs, and the gaps noted."""
    with structlog.testing.capture_logs():
        return [_lived(tmp_path_factory.mktemp("w"), r) for r in (RESTARTS, ())]


def _lived(home: Path, restarts: Any) -> tuple[Any, int]:
    web = polling.Web(polling.FixedClock(polling.START), polling.sites(30, 2))
    days = polling.live(web, home / "watcher.db", 2, frozenset(restarts))
    return web, asyncio.run(days)[0]


def test_no_request_comes_before_the_server_wants_it(lived: Any) -> None:
    assert [sum(s.early for s in web.sites.values()) for web, _ in lived] == [0, 0]


def test_whatever_did_not_change_is_asked_for_conditionally(lived: Any) -> None:
    for web, _ in lived:
        known = [site for site in web.sites.values() if site.validates]
        assert {site.bare for site in known} == {1}
        assert sum(site.did for site in known) == sum(site.could for site in known) > 0


def test_every_window_that_rolled_over_is_noted_as_a_gap(lived: Any) -> None:
    for web, gaps in lived:
        assert gaps == sum(site.overflows for site in web.sites.values()) > 0


def test_a_dozen_restarts_cost_no_request(lived: Any) -> None:
    (restarted, _), (steady, _) = lived
    for url, site in restarted.sites.items():
        assert site.requests == steady.sites[url].requests
