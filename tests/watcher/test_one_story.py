"""One story is one alert, one correction, one retraction, to exactly who was told."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from watcher.__main__ import run

NOON = datetime(2025, 6, 4, 12, tzinfo=UTC)
OWNERS = ("Harbour Post", "Fjord Wire", "Ridge Daily", "Lathe Weekly", "Dock News")
TOLD = (
    "Quarry Bank appointed Ana Reyes as chief executive on Tuesday, the bank said.",
    "Ana Reyes has been named chief executive of Quarry Bank, replacing Bo Lindqvist.",
    "Quarry Bank named Ana Reyes as its new chief executive on Tuesday.",
    "Quarry Bank said Ana Reyes would succeed Bo Lindqvist as chief executive.",
    "Bo Lindqvist is out at Quarry Bank: Ana Reyes takes over as chief executive.",
)
CORRECTED = (
    "Quarry Bank appointed Mia Lund as chief executive on Tuesday. She succeeds"
    " Bo Lindqvist, who is stepping down after five years, the bank said."
)
FIRST = ("Ana", "Bea", "Mia", "Ida", "Eva", "Lea", "Tea", "Ada", "Isa", "Ina")
LAST = [f"{letter}a" for letter in "bcdfghjklmnprstvwxyz"]
WITHDRAWN = "An earlier report on Quarry Bank was wrong. Nothing changes at the bank."


@dataclass
class House:
    """A watcher with five feeds, and destinations that answer as they are told."""

    home: Path
    server: HTTPServer
    capture: pytest.CaptureFixture[str]
    shows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    published: datetime = NOON - timedelta(hours=2)
    rounds: int = 0

    def begin(self, channels: str = "", feeds: int = 1) -> None:
        owners = OWNERS[:feeds]
        for n, _ in enumerate(owners):
            self.server.expect_request(f"/feed{n}").respond_with_handler(self._feed)
        self.server.expect_request("/desk").respond_with_handler(self._hook)
        self.server.expect_request("/board").respond_with_handler(self._hook)
        listed = "".join(
            f'[[feeds]]\nurl = "{self.server.url_for(f"/feed{n}")}"\n'
            f'name = "{owner}"\nowner = "{owner}"\nfull_text = false\n'
            for n, owner in enumerate(owners)
        )
        self._configure(listed, channels.format(board=self.server.url_for("/board")))

    def _configure(self, listed: str, channels: str) -> None:
        config = f"""
[network]
allow = ["127.0.0.0/8"]
per_host_gap = "1s"
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
{listed}
[[channels]]
name = "desk"
type = "webhook"
url = "{self.server.url_for("/desk")}"
{channels}
"""
        (self.home / "watcher.toml").write_text(config, "utf-8")

    def _feed(self, request: Request) -> Response:
        items = "".join(
            f"<item><title>{escape(guid)}</title><guid>{escape(guid)}</guid>"
            f"<link>http://news.example/{escape(guid)}</link>"
            f"<pubDate>{format_datetime(self.published)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for guid, text in self.shows.get(request.path, [("rain", "It rained.")])
        )
        feed = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        return Response(feed, mimetype="application/rss+xml")

    def _hook(self, request: Request) -> Response:
        status = self.answers.get(request.path, 200)
        if status < 300:
            self.got.append((request.path, request.get_json()))
        return Response(status=status)

    def round(self) -> list[tuple[str, str, str]]:
        """Poll all feeds once more, a minute later; return what arrived where."""
        del self.got[:]
        moment = NOON + timedelta(minutes=self.rounds)
        self.rounds += 1
        config = str(self.home / "watcher.toml")
        at = moment.isoformat()
        assert run(("run", "--once", "--now", "--at", at, "--config", config)) in (0, 1)
        return [(path, m["type"], ",".join(m.get("after", []))) for path, m in self.got]


@pytest.fixture
def house(
    tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> House:
    return House(tmp_path, httpserver, capsys)


BOARD = """[[channels]]
name = "board"
type = "webhook"
url = "{board}"
"""
ELSEWHERE = BOARD + 'organizations = ["Orbis"]\n'
ARTICLE = "quarry"


def test_the_same_story_from_five_feeds_within_a_minute_is_one_alert(
    house: House,
) -> None:
    house.begin(feeds=5)
    house.shows = {f"/feed{n}": [(f"s{n}", t)] for n, t in enumerate(TOLD)}
    assert house.round() == [("/desk", "change", "Ana Reyes")]
    assert house.round() == []


def test_a_corrected_article_is_one_correction_to_all_who_were_told(
    house: House,
) -> None:
    house.begin(BOARD)
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    both = ("/board", "/desk")
    told = sorted(house.round())
    assert told == [(path, "change", "Ana Reyes") for path in both]
    first = {message["id"] for _, message in house.got}
    house.shows["/feed0"] = [(ARTICLE, CORRECTED)]
    told = sorted(house.round())
    assert told == [(path, "correction", "Mia Lund") for path in both]
    assert {message["supersedes"] for _, message in house.got} == first
    assert house.round() == []


def test_a_withdrawn_article_is_one_retraction_to_exactly_those_who_were_told(
    house: House,
) -> None:
    house.begin(ELSEWHERE)
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    assert house.round() == [("/desk", "change", "Ana Reyes")]
    house.shows["/feed0"] = [(ARTICLE, WITHDRAWN)]
    assert house.round() == [("/desk", "retraction", "Bo Lindqvist")]
    assert house.round() == []


def test_who_refused_the_alert_gets_no_retraction_of_it(house: House) -> None:
    house.begin(BOARD)
    house.answers["/board"] = 400
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    told = house.round()
    assert told == [("/desk", "change", "Ana Reyes"), ("/desk", "notice", "")]
    house.answers["/board"] = 200
    house.shows["/feed0"] = [(ARTICLE, WITHDRAWN)]
    assert house.round() == [("/desk", "retraction", "Bo Lindqvist")]


def test_a_group_goes_out_when_its_wait_is_over(house: House) -> None:
    house.begin('group_wait = "5m"')
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    assert [len(house.round()) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 0]


def test_what_was_withdrawn_while_it_waited_for_its_group_is_told_to_nobody(
    house: House,
) -> None:
    house.begin('group_wait = "5m"')
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    assert house.round() == []
    house.shows["/feed0"] = [(ARTICLE, WITHDRAWN)]
    assert [house.round() for _ in range(7)] == [[]] * 7


CONSOLE = """[[channels]]
name = "terminal"
type = "console"
"""


def test_without_a_standard_output_the_alert_waits(house: House) -> None:
    house.begin(CONSOLE)
    house.shows["/feed0"] = [(ARTICLE, TOLD[0])]
    command = f"{sys.executable} -m watcher run --once --now --at {NOON.isoformat()}"
    closed = subprocess.run(
        ["sh", "-c", f"exec {command} >&-"],
        cwd=house.home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert closed.returncode == 0, closed.stderr
    assert "Traceback" not in closed.stderr
    assert "standard output is closed" in closed.stderr
    house.rounds = 5
    house.round()
    assert "Ana Reyes" in house.capture.readouterr().out


def test_a_first_start_on_two_hundred_old_items_says_nothing(house: House) -> None:
    house.begin()
    house.shows["/feed0"] = [
        (f"old{n}", TOLD[0].replace("Ana", name))
        for n, name in enumerate(f"{a}{b}" for a in FIRST for b in LAST)
    ]
    house.published = NOON - timedelta(days=4000)
    assert len(house.shows["/feed0"]) == 200
    assert house.round() == []
    assert house.round() == []
