"""What a config comes to: plain frozen values that the moving parts work with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from rules.model import Watchlist
from state.model import StartingTenure
from state.policy import TellingPolicy
from watcher.model import FeedSpec
from watcher.routing import Route, Silence


@dataclass(frozen=True, slots=True)
class Network:
    """How the network may be used. Times are in seconds.

    *allow* are the private networks that may be polled; *contact* is told to servers.
    """

    allow: tuple[IPv4Network | IPv6Network, ...] = ()
    contact: str | None = None
    timeout: float = 30.0
    per_host_gap: float = 1.0


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """One way out as configured; *options* may hold secrets and are never printed.

    *home* is the config's directory, *templates* a folder of the user's own wordings.
    """

    name: str
    type: str
    options: Mapping[str, object] = field(default_factory=dict, repr=False)
    templates: Path | None = None
    home: Path = Path()
    route: Route = field(default_factory=Route)


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    """A language model to ask; *api_key* is a secret. Times are in seconds."""

    url: str
    model: str
    api_key: str = field(default="", repr=False)
    seconds: float = 20.0
    per_day: int = 200


@dataclass(frozen=True, slots=True)
class Health:
    """Where others learn how the watcher is doing; *host* None is nowhere.

    *ping* is a secret address to ask for after good rounds, at most once in *every*
    seconds.
    """

    host: str | None = None
    port: int = 0
    ping: str | None = field(default=None, repr=False)
    every: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole config, checked. *file* is where it was read, *ledger* is absolute.

    *rules* is a folder of the user's own rules. *keep* is how long texts of articles
    that claim nothing are kept; None is for ever. *archive* is whether texts that name
    nobody watched are kept at all.
    """

    file: Path
    ledger: Path
    network: Network = field(default_factory=Network)
    feeds: tuple[FeedSpec, ...] = ()
    watchlist: Watchlist = field(default_factory=Watchlist)
    tenures: tuple[StartingTenure, ...] = ()
    channels: tuple[ChannelSpec, ...] = ()
    silences: tuple[Silence, ...] = ()
    rules: Path | None = None
    judge: JudgeSpec | None = None
    health: Health = field(default_factory=Health)
    keep: timedelta | None = None
    archive: bool = False
    policy: TellingPolicy = field(default_factory=TellingPolicy)
