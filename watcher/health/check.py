"""Whether the watcher of a config is well: asked at its address, or by its stamp."""

from __future__ import annotations

import http.client
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from watcher.config.settings import Health
from watcher.health.vitals import OLDEST_BEAT

PATIENCE = 4.0
_LONGEST = 500


def stamp_of(ledger: Path) -> Path:
    """Return the file whose time of change says when the heart last beat."""
    return ledger.with_name(ledger.name + ".heartbeat")


def check(health: Health, ledger: Path, now: datetime) -> str | None:
    """Return why the watcher is not well, None when it is.

    It is asked at its status address; without one, the stamp beside *ledger* tells.
    """
    if health.host is None:
        return _by_stamp(stamp_of(ledger), now)
    return _by_address(health.host, health.port)


def _by_stamp(stamp: Path, now: datetime) -> str | None:
    try:
        age = now.timestamp() - stamp.stat().st_mtime
    except OSError as error:
        return f"{stamp}: {error.strerror}: is the watcher running?"
    if abs(age) > OLDEST_BEAT:
        return f"{stamp}: last heartbeat {age:.0f} seconds ago"
    return None


def _by_address(host: str, port: int) -> str | None:
    asked = http.client.HTTPConnection(_local(host), port, timeout=PATIENCE)
    try:
        asked.request("GET", "/healthz")
        answer = asked.getresponse()
        words = answer.read(_LONGEST).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException) as error:
        return f"{host}:{port}: {str(error) or type(error).__name__}"
    finally:
        asked.close()
    return None if answer.status == HTTPStatus.OK else words


def _local(host: str) -> str:
    """Return where to ask on this machine: "every address" is none to connect to."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared
