"""Secrets of channels from the environment or from files, so none stands in a config.

A key of the channel named "desk" may come from $WATCHER_CHANNELS__DESK__KEY, from the
file named by $WATCHER_CHANNELS__DESK__KEY_FILE, or from the file named by `key_file`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CHANNEL_PREFIX = "WATCHER_CHANNELS__"
_FILE = "_file"


def with_secrets(
    data: Mapping[str, Any], environ: Mapping[str, str], home: Path
) -> dict[str, Any]:
    """Return the config with every channel's secrets in place.

    Files named in the config are relative to *home*. Raises OSError for one that
    cannot be read.
    """
    channels = data.get("channels")
    if not isinstance(channels, list):
        return dict(data)
    filled = [
        _filled(channel, environ, home) if isinstance(channel, dict) else channel
        for channel in channels
    ]
    return {**data, "channels": filled}


def _filled(
    channel: Mapping[str, Any], environ: Mapping[str, str], home: Path
) -> dict[str, Any]:
    own = {
        key.removesuffix(_FILE): home.joinpath(value).read_text("utf-8").strip()
        for key, value in channel.items()
        if key.endswith(_FILE) and isinstance(value, str)
    }
    rest = {key: value for key, value in channel.items() if not key.endswith(_FILE)}
    return {**rest, **own, **_from_environ(str(channel.get("name", "")), environ)}


def _from_environ(name: str, environ: Mapping[str, str]) -> dict[str, str]:
    prefix = CHANNEL_PREFIX + re.sub(r"\W", "_", name).upper() + "__"
    found: dict[str, str] = {}
    for variable, value in environ.items():
        if not variable.startswith(prefix):
            continue
        key = variable.removeprefix(prefix).lower()
        if key.endswith(_FILE):
            found[key.removesuffix(_FILE)] = Path(value).read_text("utf-8").strip()
        else:
            found[key] = value
    return found
