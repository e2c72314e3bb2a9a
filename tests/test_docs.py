"""The documents tell of every command, option, config key and message key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from state.model import ChangeKind, MessageType
from watcher.channels import CHANNELS
from watcher.cli import app
from watcher.config.keys import ConfigTables

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def keys(model: type[BaseModel]) -> Iterator[str]:
    """Every key of a table and of the tables inside it."""
    for name, field in model.model_fields.items():
        yield name
        inner = getattr(field.annotation, "__args__", (field.annotation,))
        for part in inner:
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from keys(part)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_its_options_are_documented(command: str) -> None:
    assert f"`watcher {command}" in TEXT
    for parameter in COMMANDS[command].params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in TEXT, option


@pytest.mark.parametrize("key", sorted(set(keys(ConfigTables))))
def test_every_config_key_is_documented(key: str) -> None:
    assert re.search(rf"`(\[\[?(\w+\.)?)?{key}(\]\]?)?`", TEXT)


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_and_its_keys_are_documented(name: str) -> None:
    for word in (name, *CHANNELS[name].Options.model_fields):
        assert f"`{word}`" in TEXT


@pytest.mark.parametrize("word", [*ChangeKind, *MessageType])
def test_every_word_of_a_message_is_documented(word: str) -> None:
    assert f"`{word}`" in TEXT


@pytest.mark.parametrize("package", ["rules", "state", "watcher"])
def test_the_drawing_of_the_house_has_every_file(package: str) -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    files = (ROOT / package).rglob("*.py")
    names = {file.name for file in files if file.name != "__init__.py"}
    assert {name for name in names if f"`{name}`" not in drawing} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_test_that_the_documents_name_exists() -> None:
    files = (ROOT / "tests").rglob("test_*.py")
    written = "".join(file.read_text("utf-8") for file in files)
    exist = set(re.findall(r"def (test_\w+)", written))
    assert set(re.findall(r"`(test_\w+)`", TEXT)) - exist == set()
