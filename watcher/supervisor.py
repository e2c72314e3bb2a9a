"""Words to the supervisor that started us: systemd's notify protocol, or nobody.

Whatever goes wrong on the way is passed over: a watcher must not end because nobody
listens.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Says how the service is doing to the datagram socket at *address*.

    *address* None says it to nobody; one that begins with @ is in Linux's own name
    space instead of the file system.
    """

    address: str | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Supervisor:
        """Return the supervisor that $NOTIFY_SOCKET names."""
        return cls(environ.get("NOTIFY_SOCKET") or None)

    def ready(self, status: str) -> None:
        """Say that the work has begun, or that a reload is over."""
        self._say("READY=1", f"STATUS={status}")

    def status(self, status: str) -> None:
        """Say in words what the service is doing."""
        self._say(f"STATUS={status}")

    def alive(self) -> None:
        """Say that the heart beats; silence makes the supervisor restart us."""
        self._say("WATCHDOG=1")

    def reloading(self) -> None:
        """Say that the config is being read anew; `ready` ends it."""
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._say("RELOADING=1", f"MONOTONIC_USEC={now}", "STATUS=reading the config")

    def stopping(self) -> None:
        """Say that the work is coming to its end."""
        self._say("STOPPING=1", "STATUS=stopping")

    def _say(self, *lines: str) -> None:
        if self.address is None:
            return
        kind = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, kind) as out:
            out.sendto("\n".join(lines).encode(), _path(self.address))


def _path(address: str) -> str:
    return "\0" + address[1:] if address.startswith("@") else address
