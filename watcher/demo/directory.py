"""The directory a demo works in: its config, its ledger, and what it may delete."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from watcher import seeds
from watcher.config.load import NAME, load
from watcher.config.settings import Settings
from watcher.errors import WatcherError

_SEED = "demo/watcher.toml"
_PORT = re.compile(r"(?<=http://127\.0\.0\.1:)\d+")


class DemoError(WatcherError):
    """A demo that cannot run where it was told to; the message says why."""


class DemoDirectory:
    """One directory of the demo. Files that the demo did not write stay untouched."""

    def __init__(self, path: Path) -> None:
        """Make the directory if need be; raises DemoError if it is somebody else's."""
        self.path = path
        self.config = path / NAME
        self.ledger = path / "watcher.db"
        self.log = path / "watcher-demo.log"
        self._seed = seeds.path(_SEED).read_text("utf-8")
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._check()
        except OSError as error:
            raise DemoError(f"{path}: {error.strerror or error}") from error

    def _check(self) -> None:
        mine = self.config.exists() and self._mine(self.config.read_text("utf-8"))
        for file in (self.config, self.ledger):
            if file.exists() and not mine:
                raise DemoError(
                    f"{file}: is not the demo's own; name another directory"
                )

    def _mine(self, text: str) -> bool:
        return text.partition("\n")[0] == self._seed.partition("\n")[0]

    def port(self) -> int:
        """Return the port of the earlier run, 0 when there was none."""
        if not self.config.exists():
            return 0
        match = _PORT.search(self.config.read_text("utf-8"))
        return int(match.group()) if match else 0

    def settings(self, port: int) -> Settings:
        """Write the config for feeds on *port* and read it as the daemon does.

        The pause between requests to one host is left out: it is our own server.
        """
        draft = self.config.with_suffix(".new")
        draft.write_text(_PORT.sub(str(port), self._seed), "utf-8")
        draft.replace(self.config)
        settings = load(self.config, {})
        return replace(settings, network=replace(settings.network, per_host_gap=0.0))

    def forget(self) -> None:
        """Delete the ledger, what came last first, so that a kill leaves it whole."""
        for suffix in ("-shm", "-wal", ""):
            self.ledger.with_name(self.ledger.name + suffix).unlink(missing_ok=True)
