"""The command line as its user meets it: codes, data on stdout, words on stderr."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from watcher.__main__ import run
from watcher.lock import Lock

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour Post</title><link>{site}</link>
<item><title>{title}</title><guid>{title}</guid><link>{site}/{day:02d}</link>
<pubDate>{day:02d} Jun 2025 08:00:00 GMT</pubDate>
<description>{text}</description></item>
</channel></rss>"""
CONFIG = """ledger = "watcher.db"
[network]
allow = ["127.0.0.0/8"]
[[feeds]]
url = "{feed}"
name = "Harbour Post"
owner = "Harbour Media"
full_text = false
[[organizations]]
name = "Quarry Bank"
[[tenures]]
organization = "Quarry Bank"
role = "chief executive officer"
person = "Bo Lindqvist"
since = "2020"
"""
CHANNELS = """
[[channels]]
name = "terminal"
type = "console"
[[channels]]
name = "desk"
type = "webhook"
url = "{hook}"
"""
SUCCESSION = (
    "Quarry Bank appointed Ana Reyes as chief executive on Monday. She succeeds"
    " Bo Lindqvist, who is stepping down after five years, the bank said."
)
LONG_ARTICLE = f"<body><article>{f'<p>{SUCCESSION}</p>' * 5}</article></body>"
RAIN = "It rained all week in the harbour, and the ferries were late on most days."


@dataclass
class Desk:
    """A directory with a config, a feed server, and the command."""

    home: Path
    server: HTTPServer
    capture: pytest.CaptureFixture[str]

    def serve(self, title: str, text: str, day: int = 3) -> None:
        site = self.server.url_for("").rstrip("/")
        body = RSS.format(site=site, title=title, text=text, day=day)
        self.server.clear()
        self.server.expect_request("/news.xml").respond_with_data(
            body, content_type="application/rss+xml"
        )

    def configure(self, text: str = CONFIG) -> None:
        feed = self.server.url_for("/news.xml")
        hook = self.server.url_for("/hook")
        (self.home / "watcher.toml").write_text(text.format(feed=feed, hook=hook))

    def watcher(self, *arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = self.capture.readouterr()
        return code, out, err

    def data(self, *arguments: str) -> Any:
        code, out, err = self.watcher(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def desk(
    tmp_path: Path,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WATCHER_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    made = Desk(tmp_path, httpserver, capsys)
    made.configure()
    return made


ONCE = ("run", "--once", "--now", "--at", "2025-06-04")


def one_line(err: str) -> bool:
    return err.startswith("watcher: ") and err.count("\n") == 1


def test_a_succession_in_a_feed_is_told_once_and_the_board_turns(desk: Desk) -> None:
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    assert desk.watcher(*ONCE)[0] == 0
    (message,) = desk.data("log")
    assert (message["before"], message["after"]) == (["Bo Lindqvist"], ["Ana Reyes"])
    (holder,) = desk.data("who", "--on", "2025-07-01")
    assert holder["person"] == "Ana Reyes"
    assert set(holder) == {
        "organization", "unit", "role", "person", "capacity", "since", "until",
        "belief", "certain", "on_leave",
    }  # fmt: skip


def test_a_change_goes_to_every_channel_once_with_its_id(desk: Desk) -> None:
    desk.configure(CONFIG + CHANNELS)
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    desk.server.expect_request("/hook", method="POST").respond_with_data("")
    code, out, _ = desk.watcher(*ONCE)
    assert code == 0
    assert out.count("Ana Reyes succeeds Bo Lindqvist") == 1
    desk.watcher(*ONCE)
    (sent,) = [call for call, _ in desk.server.log if call.path == "/hook"]
    (message,) = desk.data("log")
    assert sent.get_json() == message
    assert sent.headers["Idempotency-Key"] == message["id"]


def test_a_hook_that_is_down_gets_the_same_message_later(desk: Desk) -> None:
    desk.configure(CONFIG + CHANNELS)
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    desk.server.expect_oneshot_request("/hook").respond_with_data("", status=503)
    assert desk.watcher(*ONCE)[0] == 0
    desk.server.expect_request("/hook").respond_with_data("")
    desk.watcher("run", "--once", "--at", "2025-06-05")
    first, second = [call for call, _ in desk.server.log if call.path == "/hook"]
    assert first.get_json() == second.get_json()


def test_the_second_round_tells_nothing(desk: Desk) -> None:
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    desk.watcher(*ONCE)
    assert desk.watcher(*ONCE)[0] == 0
    assert len(desk.data("log")) == 1


def test_what_was_held_before_can_be_asked_for(desk: Desk) -> None:
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    desk.watcher(*ONCE)
    then = desk.data("who", "quarry bank", "--on", "2024-01-01")
    assert [one["person"] for one in then if one["certain"]] == ["Bo Lindqvist"]


def test_a_change_is_shown_by_the_first_letters_of_its_id(desk: Desk) -> None:
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    desk.watcher(*ONCE)
    (message,) = desk.data("log")
    code, out, _ = desk.watcher("show", message["id"][:8])
    assert code == 0
    assert message["id"] in out
    assert "Ana Reyes" in out
    assert desk.data("show", message["id"]) == message


def test_an_unknown_change_is_one_line_and_a_fault(desk: Desk) -> None:
    desk.serve("Rain", RAIN)
    desk.watcher(*ONCE)
    code, out, err = desk.watcher("show", "ffffffff")
    assert (code, out) == (1, "")
    assert one_line(err)


def test_a_feed_that_fails_is_named_and_counts_only_when_strict(desk: Desk) -> None:
    desk.server.expect_request("/news.xml").respond_with_data("", status=500)
    code, _, err = desk.watcher(*ONCE)
    assert code == 0
    failures = [line for line in err.splitlines() if "Harbour Post" in line]
    assert len(failures) == 1
    assert "500" in failures[0]
    assert desk.watcher(*ONCE, "--strict")[0] == 5


def test_a_feed_that_is_not_due_is_left_alone(desk: Desk) -> None:
    desk.serve("Rain", RAIN)
    at = ("run", "--once", "--at")
    desk.watcher(*at, "2025-06-04T12:00")
    desk.watcher(*at, "2025-06-04T12:05")
    assert len(desk.server.log) == 1
    desk.watcher(*at, "2025-06-04T12:20")
    assert len(desk.server.log) == 2


@pytest.mark.parametrize("command", [("who",), ("log",), ("show", "abc")])
def test_a_ledger_not_begun_is_one_clear_line(
    desk: Desk, command: tuple[str, ...]
) -> None:
    code, out, err = desk.watcher(*command)
    assert (code, out) == (1, "")
    assert one_line(err)
    assert "watcher.db" in err
    assert not (desk.home / "watcher.db").exists()


@pytest.mark.parametrize("content", [b"", b"garbage " * 1000])
@pytest.mark.parametrize("command", [ONCE, ("who",), ("check",)])
def test_a_damaged_ledger_is_refused_and_left_as_it_is(
    desk: Desk, content: bytes, command: tuple[str, ...]
) -> None:
    ledger = desk.home / "watcher.db"
    ledger.write_bytes(content)
    code, _, err = desk.watcher(*command)
    assert code == 4
    assert one_line(err)
    assert str(ledger) in err
    assert ledger.read_bytes() == content


def test_a_second_watcher_on_one_ledger_is_refused(desk: Desk) -> None:
    with Lock(desk.home / "watcher.db"):
        code, _, err = desk.watcher(*ONCE)
    assert code == 3
    assert one_line(err)


@pytest.mark.parametrize(
    "command", [ONCE, ("check",), ("who",), ("explain", "text.txt")]
)
def test_a_wrong_config_names_file_line_and_key_and_writes_nothing(
    desk: Desk, command: tuple[str, ...]
) -> None:
    (desk.home / "text.txt").write_text(RAIN)
    desk.configure(
        'ledger = "watcher.db"\n[[feeds]]\nurl = "{feed}"\nintervall = "1h"\n'
    )
    code, out, err = desk.watcher(*command)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "watcher.toml:4" in err
    assert "intervall" in err
    assert not (desk.home / "watcher.db").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("bogus",),
        ("run", "--once", "--at", "noon"),
        ("run", "--strict"),
        ("who", "--on", "someday"),
        ("show",),
        ("read",),
        ("read", "a.txt", "--jsonl"),
    ],
)
def test_a_wrong_use_is_one_line_and_code_two(
    desk: Desk, command: tuple[str, ...]
) -> None:
    code, out, err = desk.watcher(*command)
    assert (code, out) == (2, "")
    assert one_line(err)


def test_init_writes_a_config_that_check_accepts(desk: Desk) -> None:
    (desk.home / "watcher.toml").unlink()
    assert desk.watcher("init")[0] == 0
    assert (desk.home / "watcher.toml").exists()
    code, out, _ = desk.watcher("check")
    assert code == 0
    assert "feeds" in out
    assert not (desk.home / "watcher.db").exists()


def test_init_replaces_nothing_unless_told_to(desk: Desk) -> None:
    before = (desk.home / "watcher.toml").read_text()
    code, _, err = desk.watcher("init")
    assert code == 2
    assert one_line(err)
    assert (desk.home / "watcher.toml").read_text() == before
    assert desk.watcher("init", "--force")[0] == 0
    assert (desk.home / "watcher.toml").read_text() != before


def test_a_text_is_read_with_its_quotes(desk: Desk) -> None:
    (desk.home / "text.txt").write_text(f"Quarry Bank names a chief\n\n{SUCCESSION}")
    code, out, _ = desk.watcher("read", "text.txt", "--published", "2025-06-03")
    assert code == 0
    assert "Ana Reyes" in out
    assert "»" in out


def test_an_explanation_names_the_stage_that_stopped_the_text(desk: Desk) -> None:
    (desk.home / "text.txt").write_text(RAIN)
    data = desk.data("explain", "text.txt")
    assert data["stopped_by"]
    assert data["claims"] == []
    assert desk.watcher("explain", "text.txt")[1].count(data["stopped_by"]) >= 1


def test_a_page_is_explained_and_a_missing_one_is_one_line(desk: Desk) -> None:
    page = f"<html><title>Quarry Bank</title>{LONG_ARTICLE}</html>"
    desk.server.expect_request("/page").respond_with_data(
        page, content_type="text/html"
    )
    data = desk.data("explain", desk.server.url_for("/page"))
    assert data["title"] == "Quarry Bank"
    code, _, err = desk.watcher("explain", desk.server.url_for("/gone"))
    assert code == 1
    assert one_line(err)


def test_a_text_that_is_not_there_is_one_line(desk: Desk) -> None:
    code, out, err = desk.watcher("explain", "missing.txt")
    assert (code, out) == (1, "")
    assert one_line(err)
    assert "missing.txt" in err


def test_lines_of_json_are_answered_line_by_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b'{"id": 1, "text": "It rains."}\nnot json\n{"id": "x", "text": "Again."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    code, out, _ = desk.watcher("read", "--jsonl")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert code == 0
    assert first == {"id": 1, "alerts": [], "candidates": [], "claims": []}
    assert set(second) == {"error"}
    assert third["id"] == "x"


def test_a_running_daemon_holds_the_ledger_and_ends_well_when_told(desk: Desk) -> None:
    desk.serve("Quarry Bank names Ana Reyes chief executive", SUCCESSION)
    command = [sys.executable, "-m", "watcher", "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as daemon:
        assert daemon.stderr is not None
        first = daemon.stderr.readline()
        code, _, err = desk.watcher(*ONCE)
        daemon.send_signal(signal.SIGTERM)
        said = daemon.stderr.read()
    assert json.loads(first)["event"] == "watching"
    assert (code, str(daemon.pid) in err) == (3, True)
    assert daemon.returncode == 0
    assert "Traceback" not in said
