"""Secrets in a config that others can read are named, and never shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from watcher.config.exposed import exposure

PLAIN = """
[[feeds]]
url = "http://127.0.0.1:9/feed.xml?page=2"
[[organizations]]
name = "Halden"
"""
SECRETS = {
    "desk.secret": """[[channels]]
name = "desk"
type = "webhook"
url = "https://hook.example/"
secret = "kanarie7Zq"
""",
    "mail.password": """[[channels]]
name = "mail"
type = "email"
host = "mail.example"
user = "ana"
password = "kanarie7Zq"
sender = "ana@harbour.example"
to = ["ana@harbour.example"]
""",
    "chat.urls": """[[channels]]
name = "chat"
type = "apprise"
urls = ["json://ana:kanarie7Zq@chat.example"]
""",
    "judge.api_key": """[judge]
url = "https://judge.example"
model = "small"
api_key = "kanarie7Zq"
""",
    "feeds[1].url": """[[feeds]]
url = "http://ana:kanarie7Zq@news.example/more.xml"
""",
}


def written(home: Path, text: str, mode: int) -> Path:
    file = home / "watcher.toml"
    file.write_text(PLAIN + text)
    file.chmod(mode)
    return file


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
@pytest.mark.parametrize("key", SECRETS)
def test_a_secret_that_others_can_read_is_named(
    tmp_path: Path, key: str, mode: int
) -> None:
    said = exposure(written(tmp_path, SECRETS[key], mode)) or ""
    assert f"({key})" in said
    assert "kanarie" not in said


def test_a_config_that_is_its_owners_alone_is_well(tmp_path: Path) -> None:
    assert exposure(written(tmp_path, "".join(SECRETS.values()), 0o600)) is None


def test_a_config_without_secrets_may_be_read_by_all(tmp_path: Path) -> None:
    assert exposure(written(tmp_path, "", 0o644)) is None


@pytest.mark.parametrize("command", [("check",), ("run", "--once")])
def test_the_commands_warn_on_stderr_and_go_on(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    text = SECRETS["desk.secret"]
    written(tmp_path, text.replace("https", "http"), 0o644)
    done = subprocess.run(
        [sys.executable, "-m", "watcher", *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "can be read by others" in done.stderr
    assert "kanarie" not in done.stdout + done.stderr
