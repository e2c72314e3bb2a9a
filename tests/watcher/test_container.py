"""The image's recipe: what it runs is there, and it is nobody who runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

from watcher.cli import app

ROOT = Path(__file__).resolve().parent.parent.parent
RECIPE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
LAST = RECIPE[RECIPE.rindex("FROM ") :]


def test_it_checks_its_health_with_a_command_that_exists() -> None:
    found = re.search(r"HEALTHCHECK .*CMD (\[.*\])", LAST)
    assert found
    program, command = json.loads(found[1])
    assert program == "watcher"
    assert command in typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_it_runs_as_a_user_of_its_own_and_keeps_its_data_in_a_volume() -> None:
    lines = LAST.splitlines()
    assert lines.index("USER 10001") < lines.index('ENTRYPOINT ["watcher"]')
    assert "VOLUME /data" in lines


@pytest.mark.parametrize("line", re.findall(r"^COPY (?!--)(.*)$", RECIPE, re.M))
def test_all_that_it_copies_is_there(line: str) -> None:
    *sources, _ = line.split()
    assert [one for one in sources if not (ROOT / one).exists()] == []
