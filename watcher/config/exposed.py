"""Secrets that stand in a config which others on the machine can read."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SECRETS = ("password", "secret", "urls")
_OTHERS = stat.S_IRGRP | stat.S_IROTH


def exposure(file: Path) -> str | None:
    """Return what to say of the secrets that others can read in *file*, if any."""
    if not file.stat().st_mode & _OTHERS:
        return None
    keys = ", ".join(secret_keys(tomllib.loads(file.read_text("utf-8"))))
    if not keys:
        return None
    return (
        f"{file} can be read by others and holds secrets ({keys}): "
        "chmod 600, or keep them outside (docs/config.md, Environment)"
    )


def secret_keys(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of a checked config that hold a secret."""
    if "api_key" in data.get("judge", {}):
        yield "judge.api_key"
    for number, feed in enumerate(data.get("feeds", ())):
        if "@" in urlsplit(feed["url"]).netloc:
            yield f"feeds[{number}].url"
    for channel in data.get("channels", ()):
        yield from (f"{channel['name']}.{key}" for key in _SECRETS if key in channel)
