"""The keys of `watcher.toml`: their names, types and defaults. Reads nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal

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
from watcher.fetch import urls

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
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


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return value.strip()


Text = Annotated[str, AfterValidator(_said)]
Duration = Annotated[timedelta, BeforeValidator(duration)]
WebAddress = Annotated[str, AfterValidator(web_address)]
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


class FeedTable(Table):
    """`[[feeds]]`: one feed to poll."""

    url: WebAddress
    name: Text | None = None
    owner: Text | None = None
    kind: Literal["rss", "atom", "json"] | None = None
    source: Literal[
        "company", "regulator", "wire", "newspaper", "trade", "blog", "aggregator"
    ] = "newspaper"
    interval: Duration = timedelta(minutes=15)
    full_text: bool = True


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


class JudgeTable(Table):
    """`[judge]`: a language model that may promote or veto what waits for review."""

    url: WebAddress
    model: Text
    api_key: Text | None = None
    timeout: Duration = timedelta(seconds=20)
    per_day: Annotated[int, Field(ge=1, le=100_000)] = 200


class ChannelTable(BaseModel):
    """`[[channels]]`: a way out; the other keys are its type's own to check."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True, frozen=True)

    name: Text
    type: Text


class ConfigTables(BaseSettings):
    """The whole file."""

    model_config = SettingsConfigDict(
        extra="forbid", env_prefix="WATCHER_", env_nested_delimiter="__",
        hide_input_in_errors=True, arbitrary_types_allowed=True,
    )  # fmt: skip

    ledger: Text = "watcher.db"
    rules: Text | None = None
    templates: Text | None = None
    judge: JudgeTable | None = None
    network: NetworkTable = NetworkTable()
    feeds: list[FeedTable] = []
    organizations: list[OrganizationTable] = []
    people: list[PersonTable] = []
    tenures: list[TenureTable] = []
    channels: list[ChannelTable] = []

    @field_validator("ledger", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("should be a string")  # noqa: TRY004  pydantic wants it
        return value
