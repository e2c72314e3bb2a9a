"""`watcher alerts`: channels are tried, deliveries listed, and dead ones taken up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from watcher.__main__ import run

CONFIG = """
[network]
allow = ["127.0.0.0/8"]
per_host_gap = "1s"
[[feeds]]
url = "{feed}"
full_text = false
backfill = 1
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
[[channels]]
name = "desk"
type = "webhook"
url = "{hook}?key=hidden-key"
[[channels]]
name = "files"
type = "feedfile"
path = "changes"
kinds = ["departure"]
"""
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Post",
    "items": [
        {
            "id": "1",
            "url": "http://a.test/1",
            "title": "Quarry Bank names Ana Reyes chief executive",
            "date_published": "2025-06-03T08:00:00Z",
            "content_text": "Quarry Bank appointed Ana Reyes as chief executive on "
            "Monday. She succeeds Bo Lindqvist, who is stepping down after five years, "
            "the bank said.",
        }
    ],
}


@pytest.fixture
def home(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> Path:
    httpserver.expect_request("/feed").respond_with_json(FEED)
    text = CONFIG.format(
        feed=httpserver.url_for("/feed"), hook=httpserver.url_for("/hook")
    )
    (tmp_path / "watcher.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hooked(server: HTTPServer) -> list[dict[str, object]]:
    asked = [request for request, _ in server.log if request.path == "/hook"]
    return [json.loads(request.data) for request in asked]


def test_a_test_alert_reaches_every_channel_and_says_what_it_is(
    home: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request("/hook").respond_with_data("")
    assert run(["alerts", "test"]) == 0
    assert capsys.readouterr().err == "desk: sent\nfiles: sent\n"
    (message,) = hooked(httpserver)
    assert message["type"] == "test"
    assert "Somebody After" in (home / "changes.atom").read_text()


def test_one_channel_alone_is_tried_and_its_refusal_is_told_without_its_secret(
    home: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request("/hook").respond_with_data("", status=403)
    assert run(["alerts", "test", "desk"]) == 1
    said = capsys.readouterr()
    assert "desk: failed: answered 403" in said.err
    assert "hidden-key" not in said.err + said.out
    assert not (home / "changes.atom").exists()


def test_a_channel_that_is_not_there_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["alerts", "test", "nobody"]) == 2
    assert "there are: desk, files" in capsys.readouterr().err


def test_what_was_given_up_is_listed_and_arrives_after_a_retry(
    home: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_oneshot_request("/hook").respond_with_data("", status=400)
    assert run(["run", "--once", "--now"]) == 0
    capsys.readouterr()
    assert run(["alerts", "list", "--all", "--json"]) == 0
    desk, files = json.loads(capsys.readouterr().out)
    assert (desk["channel"], desk["state"]) == ("desk", "dead")
    assert desk["reason"] == "answered 400"
    assert (files["state"], files["reason"]) == (
        "skipped",
        "not routed to this channel",
    )
    notice = json.loads((home / "changes.json").read_text())["items"][0]
    assert notice["title"] == "watcher: 1 alert not delivered by desk"
    httpserver.expect_request("/hook").respond_with_data("")
    assert run(["alerts", "retry", "desk"]) == 0
    assert run(["run", "--once"]) == 0
    first, again = hooked(httpserver)
    assert first["id"] == again["id"] == desk["change"]
    capsys.readouterr()
    assert run(["alerts", "list"]) == 0
    assert "no deliveries" in capsys.readouterr().err


def test_a_template_that_cannot_be_used_is_named_before_anything_is_sent(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = home / "watcher.toml"
    (home / "own").mkdir()
    (home / "own" / "alert.md").write_text("{{ headlin }}")
    config.write_text('templates = "own"\n' + config.read_text())
    assert run(["check"]) == 1
    assert "template alert.md: 'headlin' is undefined" in capsys.readouterr().err
    (home / "own" / "alert.md").write_text("{{ headline }}")
    assert run(["check"]) == 0


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ('quiet_hours = "22-7"', "is not a time between two"),
        ('zone = "Mars/Olympus"', "is not a time zone"),
        ('digest_at = "25:00"', "is not a time of day"),
        ("max_per_hour = 0", "greater than or equal to 1"),
        ('beliefs = ["gossip"]', "channels[1].beliefs[0]"),
        ('[[silences]]\nuntil = "2026-03-02"', "is not a moment with its zone"),
    ],
)
def test_a_route_that_makes_no_sense_is_one_line_with_its_place(
    home: Path, capsys: pytest.CaptureFixture[str], key: str, reason: str
) -> None:
    with (home / "watcher.toml").open("a") as config:
        config.write(key + "\n")
    assert run(["check"]) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert "watcher.toml:" in said
