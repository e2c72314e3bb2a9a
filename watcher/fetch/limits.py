"""The bounds and the manners of fetching, as values."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field

from watcher.fetch.body import Caps
from watcher.fetch.resolve import Resolver, addresses


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one exchange, redirects included. Times are in seconds.

    *seconds* is for the whole of it, *silence* for one connect or read, *gap* the
    pause between two requests to one host.
    """

    seconds: float = 30.0
    silence: float = 10.0
    hops: int = 5
    gap: float = 1.0
    caps: Caps = field(default_factory=Caps)


@dataclass(frozen=True, slots=True)
class Reach:
    """How names become addresses, and whose certificates count (None: the usual)."""

    resolver: Resolver = addresses
    tls: ssl.SSLContext | None = None
