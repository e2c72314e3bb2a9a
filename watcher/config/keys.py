"""The keys of `watcher.toml`: their names, types and defaults. Reads nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from rules.model import Capacity
from rules.when import When
from state.model import Belief, ChangeKind
from watcher import htmltree
from watcher.fetch import urls

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(\d+)\s*([smhd])")


def duration(value: object) -> timedelta:
    """Read "90s", "15m", "1h" or "1d"; raises ValueError on anything else."""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('is not a time like "90s", "15m", "1h" or "1d"')
    seconds = int(match[1]) * _UNITS[match[2]]
    if not 1 <= seconds <= 365 * _UNITS["d"]:
        raise ValueError("is not between one second and one year")
    return timedelta(seconds=seconds)


def web_address(value: str) -> str:
    """Return an http or https address unchanged; raises ValueError on another."""
    if any(mark.isspace() or not mark.isprintable() for mark in value):
        raise ValueError("has a blank or a control character in it")
    if urls.resolve(value, value) != value:
        raise ValueError("is not a whole http or https address")
    return value


def network(value: object) -> IPv4Network | IPv6Network:
    """Read a network like "10.0.0.0/8"; raises ValueError on anything else."""
    try:
        return ip_network(str(value))
    except ValueError:
        raise ValueError("is not a network like 127.0.0.0/8 or fd00::/8") from None


def when(value: object) -> When:
    """Read a date at its precision; raises ValueError on anything else."""
    try:
        return When.parse(str(value))
    except ValueError:
        raise ValueError("is not a date like 2022, 2022-08 or 2022-08-01") from None


def selector(value: str) -> str:
    """Return a CSS selector unchanged; raises ValueError on anything else."""
    htmltree.xpath(value)
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return value.strip()


Text = Annotated[str, AfterValidator(_said)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
WebAddress = Annotated[str, AfterValidator(web_address)]
Selector = Annotated[str, AfterValidator(selector)]
Date = Annotated[When, BeforeValidator(when)]


class Table(BaseModel):
    """A table of the config: an unknown key is an error, a value is never printed."""

    model_config = ConfigDict(
        extra="forbid", strict=True, hide_input_in_errors=True, frozen=True,
        arbitrary_types_allowed=True,
    )  # fmt: skip


class NetworkTable(Table):
    """`[network]`: how the network may be used."""

    allow: list[Annotated[Any, BeforeValidator(network)]] = []
    contact: Text | None = None
    timeout: Duration = timedelta(seconds=30)
    per_host_gap: Duration = timedelta(seconds=1)


class SelectTable(Table):
    """`[feeds.select]`: CSS selectors for a page that is no feed."""

    items: Selector
    title: Selector | None = None
    link: Selector | None = None
    date: Selector | None = None
    text: Selector | None = None


class FeedTable(Table):
    """`[[feeds]]`: one feed to poll."""

    url: WebAddress
    name: Text | None = None
    owner: Text | None = None
    kind: Literal["rss", "atom", "json", "sitemap", "edgar", "page", "team"] | None = (
        None
    )
    source: (
        Literal[
            "company", "regulator", "wire", "newspaper", "trade", "blog", "aggregator"
        ]
        | None
    ) = None
    interval: Duration = timedelta(minutes=15)
    full_text: bool = True
    fresh: Duration = timedelta(days=7)
    backfill: Annotated[int, Field(ge=0)] | None = None
    select: SelectTable | None = None

    def misfit(self) -> tuple[str, str] | None:
        """Return the key that does not go with the others, and why, if one does not."""
        if self.kind == "page" and self.select is None:
            return "kind", "a page needs `select`, with the selector of its items"
        if self.select is not None and self.kind not in {"page", "team"}:
            return "select", 'goes with kind = "page" or "team"'
        return None


class UnitTable(Table):
    """`[[organizations.units]]`: a team or division to watch."""

    name: Text
    aliases: list[Text] = []


class OrganizationTable(Table):
    """`[[organizations]]`: an organisation to watch."""

    name: Text
    aliases: list[Text] = []
    units: list[UnitTable] = []


class PersonTable(Table):
    """`[[people]]`: a person to watch, or whose name is known beforehand."""

    name: Text
    aliases: list[Text] = []


class TenureTable(Table):
    """`[[tenures]]`: who held which post when the watching began."""

    organization: Text
    unit: Text | None = None
    role: Text
    person: Text
    since: Date = When()
    until: Date | None = None
    capacity: Annotated[Capacity, Field(strict=False)] = Capacity.SUBSTANTIVE


class PolicyTable(Table):
    """`[policy]`: how sure one must be of a change to tell it at once."""

    at_once: list[Annotated[Belief, Field(strict=False)]] = [
        Belief.CONFIRMED, Belief.PROBABLE, Belief.REPORTED,
    ]  # fmt: skip
    wait: Duration = timedelta(days=7)


class JudgeTable(Table):
    """`[judge]`: a language model that may promote or veto what waits for review."""

    url: WebAddress
    model: Text
    api_key: Text | None = None
    timeout: Duration = timedelta(seconds=20)
    per_day: Annotated[int, Field(ge=1, le=100_000)] = 200


def listening(value: object) -> tuple[str, int]:
    """Read "127.0.0.1:9099" or "[::1]:9099"; raises ValueError on anything else."""
    host, _, port = str(value).rpartition(":")
    try:
        address = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        port = ""
    if not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise ValueError('is not an address and port like "127.0.0.1:9099"')
    return str(address), int(port)


class HealthTable(Table):
    """`[health]`: how others learn that the watcher is well."""

    listen: Annotated[Any, BeforeValidator(listening)] = None
    public: bool = False
    ping: WebAddress | None = None
    ping_every: Duration = timedelta(minutes=1)


def clock_time(value: object) -> time:
    """Read a time of day like "08:00"; raises ValueError on anything else."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('is not a time of day like "08:00"')
    return time(int(match[1]), int(match[2]))


def quiet_hours(value: object) -> tuple[time, time]:
    """Read hours like "22:00-07:00"; raises ValueError on anything else."""
    begin, dash, end = str(value).partition("-")
    try:
        hours = clock_time(begin.strip()), clock_time(end.strip())
    except ValueError:
        dash = ""
    if not dash or hours[0] == hours[1]:
        raise ValueError('is not a time between two like "22:00-07:00"')
    return hours


def zone(value: object) -> ZoneInfo:
    """Read the name of a time zone; raises ValueError on anything else."""
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('is not a time zone like "Europe/Berlin"') from None


def moment(value: object) -> datetime:
    """Read a moment with its zone; raises ValueError on anything else."""
    try:
        read = value if isinstance(value, datetime) else None
        read = read or datetime.fromisoformat(str(value))
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise ValueError("is not a moment with its zone like 2026-03-02T12:00:00Z")
    return read.astimezone(UTC)


Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]
Clock = Annotated[time, BeforeValidator(clock_time)]
Zone = Annotated[Any, BeforeValidator(zone)]
QuietHours = Annotated[Any, BeforeValidator(quiet_hours)]
Moment = Annotated[datetime, BeforeValidator(moment)]


class ChannelTable(BaseModel):
    """`[[channels]]`: a way out; the other keys are its type's own to check."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True, frozen=True)

    name: Annotated[Text, Field(pattern="^[^/]*$")]
    type: Text
    organizations: list[Text] = []
    units: list[Text] = []
    people: list[Text] = []
    kinds: list[ChangeKind] = []
    beliefs: list[Belief] = []
    zone: Zone = ZoneInfo("UTC")
    quiet_hours: QuietHours = None
    digest: Literal["daily", "weekly"] | None = None
    digest_at: Clock = time(8)
    digest_day: Weekday = "monday"
    max_per_hour: Annotated[int, Field(ge=1)] | None = None
    group_wait: Duration | None = None


class SilenceTable(Table):
    """`[[silences]]`: a time in which what fits is not told."""

    until: Moment
    since: Moment | None = None
    channel: Text | None = None
    organization: Text | None = None
    unit: Text | None = None
    person: Text | None = None


class ConfigTables(BaseSettings):
    """The whole file."""

    model_config = SettingsConfigDict(
        extra="forbid", env_prefix="WATCHER_", env_nested_delimiter="__",
        hide_input_in_errors=True, arbitrary_types_allowed=True,
    )  # fmt: skip

    ledger: Text = "watcher.db"
    keep: Duration | None = None
    archive: bool = False
    rules: Text | None = None
    templates: Text | None = None
    judge: JudgeTable | None = None
    policy: PolicyTable = PolicyTable()
    health: HealthTable = HealthTable()
    network: NetworkTable = NetworkTable()
    feeds: list[FeedTable] = []
    organizations: list[OrganizationTable] = []
    people: list[PersonTable] = []
    tenures: list[TenureTable] = []
    channels: list[ChannelTable] = []
    silences: list[SilenceTable] = []

    @field_validator("ledger", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("should be a string")  # noqa: TRY004  pydantic wants it
        return value
