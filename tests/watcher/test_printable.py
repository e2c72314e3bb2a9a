"""Nothing that comes from elsewhere moves a cursor or turns the text."""

from __future__ import annotations

import io
import json

import structlog

from watcher import log
from watcher.cli.output import aligned
from watcher.printable import one_line, printable


def test_escapes_and_turned_direction_are_gone_and_letters_stay() -> None:
    assert printable("a\x1b]0;b\x07 \u202eé日本\n") == "a]0;b é日本\n"


def test_a_headline_is_one_line() -> None:
    assert one_line(" Ana\r\nReyes\tleaves ") == "Ana Reyes leaves"


def test_columns_stand_under_their_headers() -> None:
    table = aligned(("person", "since"), [("Ana Reyes", "2024"), ("Bo Li", "")])
    assert table.splitlines() == ["person     since", "Ana Reyes  2024", "Bo Li"]


def test_the_log_is_json_off_a_terminal_and_keeps_no_secret() -> None:
    out = io.StringIO()
    log.set_up(out)
    url = "http://user:CANARY@feed.example/x?token=CANARY"
    structlog.get_logger("test").error("feed failed", url=url, error=f"at {url}!")
    structlog.reset_defaults()
    entry = json.loads(out.getvalue())
    assert "CANARY" not in out.getvalue()
    assert entry["event"] == "feed failed"
    assert entry["level"] == "error"
    assert entry["url"] == "http://feed.example/x"


def test_a_traceback_in_the_log_keeps_no_secret_either() -> None:
    out = io.StringIO()
    log.set_up(out)
    try:
        int("http://feed.example/x?token=CANARY")
    except ValueError:
        structlog.get_logger("test").exception("fault")
    structlog.reset_defaults()
    assert "CANARY" not in out.getvalue()
    assert "Traceback" in json.loads(out.getvalue())["exception"]
