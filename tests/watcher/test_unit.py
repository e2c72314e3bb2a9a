"""The unit that `watcher service` prints is one that systemd takes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from watcher.cli.service import unit

ANALYZE = shutil.which("systemd-analyze")


def lines(text: str) -> dict[str, str]:
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key: value for key, value in pairs if not key.startswith("#")}


def test_it_names_the_program_and_the_config() -> None:
    said = lines(unit(Path("/srv/w/bin/watcher"), Path("/srv/my config/100%.toml")))
    assert said["ExecStart"] == (
        '/srv/w/bin/watcher run --config "/srv/my config/100%%.toml"'
    )
    assert said["Type"] == "notify"


def test_the_command_prints_it_for_the_config_that_is_given(tmp_path: Path) -> None:
    config = tmp_path / "watcher.toml"
    command = [sys.executable, "-m", "watcher", "service", "--config", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert lines(done.stdout)["ExecStart"].endswith(f"run --config {config}")


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not here")
def test_systemd_takes_it_without_a_word(tmp_path: Path) -> None:
    place = tmp_path / "watcher.service"
    place.write_text(unit(Path(sys.executable), tmp_path / "watcher.toml"))
    command = [str(ANALYZE), "verify", "--recursive-errors=no", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
