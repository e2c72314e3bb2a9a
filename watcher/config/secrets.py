"""Secrets from the environment, files or systemd's credentials, so none is in a config.

A key of the channel named "desk" may come from $WATCHER_CHANNELS__DESK__KEY, from the
file named by $WATCHER_CHANNELS__DESK__KEY_FILE, from the credential
`channels.desk.key`, or from the file named by `key_file`: the first that is there.
The keys of TABLES may come from all but the last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CHANNEL_PREFIX = "WATCHER_CHANNELS__"
TABLES = (("health", "ping"), ("judge", "api_key"))
_FILE = "_file"


def with_secrets(
    data: Mapping[str, Any], environ: Mapping[str, str], home: Path
) -> dict[str, Any]:
    """Return the config with every secret in place.

    Files named in the config are relative to *home*. Raises OSError for one that
    cannot be read.
    """
    data = _tables_filled(data, environ)
    channels = data.get("channels")
    if not isinstance(channels, list):
        return data
    filled = [
        _filled(channel, environ, home) if isinstance(channel, dict) else channel
        for channel in channels
    ]
    return {**data, "channels": filled}


def _tables_filled(
    data: Mapping[str, Any], environ: Mapping[str, str]
) -> dict[str, Any]:
    filled = dict(data)
    for table, key in TABLES:
        secret = _credentials(f"{table}.", environ).get(key)
        file = environ.get(f"WATCHER_{table}__{key}{_FILE}".upper())
        if file is not None:
            secret = _read(Path(file))
        own = filled.get(table, {})
        if secret is not None and isinstance(own, dict):
            filled[table] = {**own, key: secret}
    return filled


def _read(file: Path) -> str:
    return file.read_text("utf-8").strip()


def _credentials(prefix: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the credentials whose names begin so, by the rest of their names."""
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return {}
    files = (one for one in Path(folder).iterdir() if one.name.startswith(prefix))
    return {file.name.removeprefix(prefix): _read(file) for file in files}


def _filled(
    channel: Mapping[str, Any], environ: Mapping[str, str], home: Path
) -> dict[str, Any]:
    own = {
        key.removesuffix(_FILE): _read(home.joinpath(value))
        for key, value in channel.items()
        if key.endswith(_FILE) and isinstance(value, str)
    }
    rest = {key: value for key, value in channel.items() if not key.endswith(_FILE)}
    name = re.sub(r"\W", "_", str(channel.get("name", "")))
    credentials = _credentials(f"channels.{name.lower()}.", environ)
    return {**rest, **own, **credentials, **_from_environ(name, environ)}


def _from_environ(name: str, environ: Mapping[str, str]) -> dict[str, str]:
    prefix = CHANNEL_PREFIX + name.upper() + "__"
    found: dict[str, str] = {}
    for variable, value in environ.items():
        if not variable.startswith(prefix):
            continue
        key = variable.removeprefix(prefix).lower()
        if key.endswith(_FILE):
            found[key.removesuffix(_FILE)] = _read(Path(value))
        else:
            found[key] = value
    return found
