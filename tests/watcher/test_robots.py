"""Article pages are fetched only where the site lets us, which is asked once a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response as Answer

from watcher.clock import FixedClock
from watcher.errors import CageError, FeedError
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.fetch.robots import PoliteGetter

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)


class Open:
    """A cage without bars."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        return fn(*args)


class Locked:
    """A cage in which everything runs out of time."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        raise CageError("took longer than 10 seconds")


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    with HTTPServer("127.0.0.1") as server:
        server.expect_request("/news/1").respond_with_data("story")
        yield server


def visits(
    site: HTTPServer, hours: list[int], cage: Any = None, agent: str = "watcher"
) -> list[str]:
    """What comes of asking for one page at each of *hours* after noon."""
    clock = FixedClock(NOON)

    async def ask() -> list[str]:
        found = []
        async with Client(None, user_agent=agent, limits=Limits(gap=0)) as http:
            pages = PoliteGetter(http, cage or Open(), clock, agent)
            for hour in hours:
                clock.moment = NOON + timedelta(hours=hour)
                try:
                    answer = await pages.get(site.url_for("/news/1"))
                    found.append(answer.body.decode())
                except FeedError as error:
                    found.append(error.reason)
        return found

    return asyncio.run(ask())


def asked(site: HTTPServer) -> list[str]:
    return [request.path for request, _ in site.log]


def says(site: HTTPServer, text: str, status: int = 200) -> None:
    answer = Answer(text, status, content_type="text/plain")
    site.expect_request("/robots.txt").respond_with_response(answer)


def test_a_page_that_the_site_bars_is_not_asked_for(site: HTTPServer) -> None:
    says(site, "User-agent: *\nDisallow: /news/\n")
    assert visits(site, [0]) == ["the site's robots.txt does not allow it"]
    assert asked(site) == ["/robots.txt"]


def test_what_is_said_to_us_by_name_goes_before_what_is_said_to_all(
    site: HTTPServer,
) -> None:
    says(site, "User-agent: *\nDisallow: /\n\nUser-agent: watcher\nAllow: /news\n")
    assert visits(site, [0]) == ["story"]
    assert visits(site, [0], agent="other") != ["story"]


def test_a_site_is_asked_once_a_day(site: HTTPServer) -> None:
    says(site, "User-agent: *\nDisallow: /private\n")
    assert visits(site, [0, 1, 23, 24, 30]) == ["story"] * 5
    assert asked(site).count("/robots.txt") == 2


def test_a_clock_that_went_back_asks_the_site_anew(site: HTTPServer) -> None:
    says(site, "")
    visits(site, [0, -5])
    assert asked(site).count("/robots.txt") == 2


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_site_without_such_a_file_forbids_nothing(
    site: HTTPServer, status: int
) -> None:
    says(site, "no", status)
    assert visits(site, [0]) == ["story"]


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_that_cannot_say_is_left_alone(site: HTTPServer, status: int) -> None:
    says(site, "no", status)
    assert visits(site, [0]) != ["story"]
    assert asked(site) == ["/robots.txt"]


def test_a_file_that_keeps_the_parser_busy_bars_the_site(site: HTTPServer) -> None:
    says(site, "User-agent: *\nAllow: /\n")
    (outcome,) = visits(site, [0], Locked())
    assert (
        outcome == "the site's robots.txt cannot be read: took longer than 10 seconds"
    )


@pytest.mark.parametrize("text", ["\x00\xff", "Disallow", "<html>Log in</html>", ":::"])
def test_a_file_that_says_nothing_forbids_nothing(site: HTTPServer, text: str) -> None:
    says(site, text)
    assert visits(site, [0]) == ["story"]
