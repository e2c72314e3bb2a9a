"""Secrets come from where the supervisor puts them, and are never printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config.load import load
from watcher.config.settings import Settings
from watcher.errors import ConfigError

CONFIG = """
[judge]
url = "http://127.0.0.1:8080/v1"
model = "small"
[[channels]]
name = "News Desk"
type = "webhook"
url = "http://127.0.0.1:9/hook"
"""
PING = "https://ping.example/hidden"


def loaded(folder: Path, **environ: str) -> Settings:
    (folder / "watcher.toml").write_text(CONFIG)
    return load(folder / "watcher.toml", environ)


def given(folder: Path, **secrets: str) -> str:
    """Write credentials as systemd does, one file each; dots are double underscores."""
    place = folder / "credentials"
    place.mkdir()
    for name, secret in secrets.items():
        (place / name.replace("__", ".")).write_text(secret + "\n")
    return str(place)


def test_credentials_fill_channels_the_judge_and_the_ping(tmp_path: Path) -> None:
    place = given(
        tmp_path, channels__news_desk__url=PING, judge__api_key="k", health__ping=PING
    )
    settings = loaded(tmp_path, CREDENTIALS_DIRECTORY=place)
    assert settings.channels[0].options["url"] == PING
    assert settings.judge is not None
    assert settings.judge.api_key == "k"
    assert settings.health.ping == PING
    assert "hidden" not in repr(settings)


def test_the_environment_counts_more_than_a_credential(tmp_path: Path) -> None:
    place = given(
        tmp_path,
        channels__news_desk__url="http://127.0.0.1:9/credential",
        health__ping=PING,
    )
    settings = loaded(
        tmp_path,
        CREDENTIALS_DIRECTORY=place,
        WATCHER_CHANNELS__NEWS_DESK__URL="http://127.0.0.1:9/own",
        WATCHER_HEALTH__PING="https://ping.example/own",
    )
    assert settings.channels[0].options["url"] == "http://127.0.0.1:9/own"
    assert settings.health.ping == "https://ping.example/own"


def test_the_ping_and_the_judges_key_may_stand_in_files(tmp_path: Path) -> None:
    (tmp_path / "ping").write_text(PING)
    (tmp_path / "key").write_text("k\n")
    settings = loaded(
        tmp_path,
        WATCHER_HEALTH__PING_FILE=str(tmp_path / "ping"),
        WATCHER_JUDGE__API_KEY_FILE=str(tmp_path / "key"),
    )
    assert settings.health.ping == PING
    assert settings.judge is not None
    assert settings.judge.api_key == "k"


def test_a_secret_that_cannot_be_read_is_named_by_its_file(tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing")
    with pytest.raises(ConfigError, match="nothing: No such file"):
        loaded(tmp_path, WATCHER_HEALTH__PING_FILE=missing)
    with pytest.raises(ConfigError, match="nothing: No such file"):
        loaded(tmp_path, CREDENTIALS_DIRECTORY=missing)
