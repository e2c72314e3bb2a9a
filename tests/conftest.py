"""Whatever a webhook of any test gets is held against the schema that is shipped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pytest_httpserver import HTTPServer

SCHEMA = Path(__file__).parents[1] / "watcher" / "schemas" / "message.schema.json"


@pytest.fixture(scope="session")
def rulebook_of_messages() -> Draft202012Validator:
    """The shipped schema, but for that no key may be undocumented."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    for part in schema["$defs"].values():
        if "properties" in part:
            part["additionalProperties"] = False
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.fixture
def httpserver(
    httpserver: HTTPServer, rulebook_of_messages: Draft202012Validator
) -> Iterator[HTTPServer]:
    yield httpserver
    validate(rulebook_of_messages, (r.data for r in messages(httpserver)))


def messages(server: HTTPServer) -> Iterator[Any]:
    """The requests that brought a message of ours."""
    return (r for r, _ in server.log if "Idempotency-Key" in r.headers)


def validate(rulebook: Draft202012Validator, bodies: Iterable[bytes]) -> None:
    for body in bodies:
        message = json.loads(body)
        # A message that fits none of its forms says nothing; that of its form does.
        form = message.get("type")
        named = form if form in {"digest", "notice"} else "change"
        part = rulebook.schema["$defs"][named]
        rulebook.evolve(schema={**part, "$defs": rulebook.schema["$defs"]}).validate(
            message
        )
