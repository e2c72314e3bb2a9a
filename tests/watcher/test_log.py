"""What a running watcher says: words on a terminal, JSON elsewhere, never a secret."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

SECRET = "canary-815"  # noqa: S105  that is what must not be found
CONFIG = f"""
[network]
allow = ["127.0.0.0/8"]

[[organizations]]
name = "Halden"

[[feeds]]
name = "down"
url = "http://reader:{SECRET}@127.0.0.1:9/feed?token={SECRET}"
"""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    config = tmp_path / "watcher.toml"
    config.write_text(CONFIG, "utf-8")
    config.chmod(0o600)
    run = [sys.executable, "-m", "watcher", "run", "--once", "--now"]
    return [*run, "--config", str(config)]


def test_off_a_terminal_each_line_is_an_object_with_its_time_and_level(
    command: list[str],
) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"event", "level", "timestamp"} <= set.intersection(*map(set, said))
    for one in said:
        assert datetime.fromisoformat(one["timestamp"]).tzinfo is not None
    (failed,) = [one for one in said if one["event"] == "feed failed"]
    assert (failed["level"], failed["feed"]) == ("error", "down")
    assert failed["url"] == "http://127.0.0.1:9/feed"
    assert SECRET not in done.stderr + done.stdout


def test_on_a_terminal_it_is_words(command: list[str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as run:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # the terminal's end
            while piece := os.read(ours, 4096):
                said += piece
        os.close(ours)
    assert run.returncode == 0
    text = said.decode()
    assert "feed failed" in text
    assert not text.lstrip().startswith("{")
    assert SECRET not in text
