"""The story the product began from, end to end: a feed in, one message out.

A team with three leaders in half a year, told in one article, to a watcher that last
heard of the first of them. The article is ours; the facts are those of October 2024.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

TEXT = (Path(__file__).parent / "data" / "third_leader.txt").read_text("utf-8")
TITLE = "OpenAI's post-training team has had three leaders in six months"
PUBLISHED = datetime(2024, 10, 25, tzinfo=UTC)
KNOWN = """
[[tenures]]
organization = "OpenAI"
unit = "post-training"
role = "head"
person = "John Schulman"
since = "2022"
"""


class House:
    """A watcher in a folder of its own, with one feed and one webhook."""

    def __init__(self, home: Path, server: HTTPServer, known: str) -> None:
        self.home = home
        self.server = server
        server.expect_request("/hook", method="POST").respond_with_data("")
        self.serve(TITLE, TEXT)
        config = f"""
            [network]
            allow = ["127.0.0.0/8"]
            [[feeds]]
            url = "{server.url_for("/news")}"
            [[organizations]]
            name = "OpenAI"
            [[organizations.units]]
            name = "post-training"
            {known}
            [[channels]]
            name = "desk"
            type = "webhook"
            url = "{server.url_for("/hook")}"
        """
        (home / "watcher.toml").write_text(config, "utf-8")

    def serve(self, title: str, text: str) -> None:
        date = format_datetime(PUBLISHED)
        item = (
            f"<item><title>{escape(title)}</title><guid>tag:1</guid>"
            f"<pubDate>{date}</pubDate><description>{escape(text)}</description></item>"
        )
        feed = f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>'
        self.server.expect_request("/news").respond_with_data(
            feed, content_type="application/rss+xml"
        )

    def watcher(self, *arguments: str) -> str:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("WATCHER_")}
        done = subprocess.run(
            [sys.executable, "-m", "watcher", *arguments],
            cwd=self.home,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def poll(self) -> None:
        self.watcher("run", "--once", "--now", "--at", "2024-10-26")

    def messages(self) -> list[dict[str, Any]]:
        posts = (r for r, _ in self.server.log if r.path == "/hook")
        return [json.loads(post.data) for post in posts]

    def who(self, day: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            self.watcher("who", "post-training", "--on", day, "--json")
        )
        return found


@pytest.fixture
def house(tmp_path: Path, httpserver: HTTPServer) -> House:
    return House(tmp_path, httpserver, KNOWN)


def test_one_message_names_the_third_leader_and_tells_of_the_second(
    house: House,
) -> None:
    house.poll()
    (message,) = house.messages()
    assert message["kind"] == "catch-up"
    assert message["before"] == ["John Schulman"]
    assert message["after"] == ["Liam Fedus"]
    assert message["between"] == [
        {"person": "Barret Zoph", "since": "2024-08", "until": "2024-09"}
    ]
    assert "Liam Fedus" in message["headline"]
    assert "Barret Zoph" in message["headline"]
    assert json.loads(house.watcher("log", "--json")) == [message]


def test_three_tenures_stand_by_the_month_with_verbatim_quotes(house: House) -> None:
    house.poll()
    spells = {
        (row["person"], row["since"], row["until"])
        for day in ("2023-01-01", "2024-08-31", "2024-10-25")
        for row in house.who(day)
    }
    assert spells == {
        ("John Schulman", "2022", "2024-08"),
        ("Barret Zoph", "2024-08", "2024-09"),
        ("Liam Fedus", "2024-09", None),
    }
    (message,) = house.messages()
    for quote in message["quotes"]:
        assert quote["text"] in TEXT


def test_the_second_poll_says_nothing(house: House) -> None:
    house.poll()
    house.poll()
    house.serve(TITLE, TEXT.replace("few as much", "none as much"))
    house.poll()
    assert len(house.messages()) == 1


def test_a_watcher_that_knows_nothing_says_one_thing_at_most(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    house = House(tmp_path, httpserver, "")
    house.poll()
    assert len(house.messages()) <= 1
    assert all(message["after"] == ["Liam Fedus"] for message in house.messages())
