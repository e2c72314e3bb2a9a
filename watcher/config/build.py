"""Checked tables -> Settings, and what no single key can tell to be wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from rules.model import WatchedOrganization, WatchedPerson, WatchedUnit, Watchlist
from rules.spans.roles import role_key, understand
from state.fold.posts import seats
from state.model import Post, StartingTenure
from state.policy import TellingPolicy
from watcher.config.keys import (
    ConfigTables,
    FeedTable,
    HealthTable,
    JudgeTable,
    NetworkTable,
    SelectTable,
    TenureTable,
)
from watcher.config.routes import silence
from watcher.config.settings import ChannelSpec, Health, JudgeSpec, Network, Settings
from watcher.config.toml_lines import Place
from watcher.fetch import urls
from watcher.model import FeedSpec, Select

DEFAULT_CHANNEL = ChannelSpec("console", "console")
# What a kind of feed says of its publisher; of all others it is a newspaper.
_SOURCES = {"edgar": "regulator", "team": "company"}
# A page is heavier to serve than a feed, and changes less often.
_INTERVALS = {"page": timedelta(hours=1), "team": timedelta(hours=6)}
_UNIT_HEADS = frozenset({"head", "director", "manager", "lead"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and the place it clashes with."""

    place: Place
    reason: str
    other: Place | None = None


def faults(tables: ConfigTables) -> list[Fault]:
    """Return what is wrong between the keys: doubles, and names nobody declared."""
    feeds = [
        (("feeds", n, "url"), urls.canonical(f.url)) for n, f in enumerate(tables.feeds)
    ]
    found = [*_doubles(feeds, "the same feed is")]
    named: tuple[tuple[str, list[str]], ...] = (
        ("organizations", [o.name for o in tables.organizations]),
        ("people", [p.name for p in tables.people]),
        ("channels", [c.name for c in tables.channels]),
    )
    for table, names in named:
        folded = enumerate(name.casefold() for name in names)
        places = (((table, n, "name"), name) for n, name in folded)
        found += _doubles(places, "the same name is")
    for number, organization in enumerate(tables.organizations):
        at: Place = ("organizations", number, "units")
        units = [
            ((*at, n, "name"), u.name.casefold())
            for n, u in enumerate(organization.units)
        ]
        found += _doubles(units, "the same name is")
    rest = (*_misfits(tables), *_nameless(tables), *_strangers(tables))
    return [*found, *rest, *_open_address(tables.health)]


def _doubles(named: Iterable[tuple[Place, str]], words: str) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, name in named:
        if name in first:
            yield Fault(place, words, first[name])
        first.setdefault(name, place)


def _misfits(tables: ConfigTables) -> Iterator[Fault]:
    for number, feed in enumerate(tables.feeds):
        misfit = feed.misfit()
        if misfit is not None:
            yield Fault(("feeds", number, misfit[0]), misfit[1])


def _nameless(tables: ConfigTables) -> Iterator[Fault]:
    """Find feeds whose server turns away who does not say whom to ask."""
    if "@" in (tables.network.contact or ""):
        return
    reason = "EDGAR asks for your e-mail address: give `contact` under [network]"
    for number, feed in enumerate(tables.feeds):
        if feed.kind == "edgar":
            yield Fault(("feeds", number, "kind"), reason)


def _strangers(tables: ConfigTables) -> Iterator[Fault]:
    """Find tenures whose organisation or unit is not declared, or whose dates clash."""
    known = {o.name: {u.name for u in o.units} for o in tables.organizations}
    for number, tenure in enumerate(tables.tenures):
        at: Place = ("tenures", number)
        if tenure.organization not in known:
            reason = f"{tenure.organization!r} is not in [[organizations]]"
            yield Fault((*at, "organization"), reason)
        elif tenure.unit is not None and tenure.unit not in known[tenure.organization]:
            reason = f"{tenure.unit!r} is not a unit of {tenure.organization!r}"
            yield Fault((*at, "unit"), reason)
        if tenure.until is not None and tenure.until.before(tenure.since):
            yield Fault((*at, "until"), "is before `since`")


def _open_address(table: HealthTable) -> Iterator[Fault]:
    """Find a status address that others can reach, unless that is wished for."""
    if table.listen and not table.public:
        host, _ = table.listen
        if not ip_address(host).is_loopback:
            reason = "others can reach it; `public = true` if they may"
            yield Fault(("health", "listen"), reason)


def settings(
    file: Path, tables: ConfigTables, channels: tuple[ChannelSpec, ...]
) -> Settings:
    """Return what the checked *tables* of *file* come to."""
    return Settings(
        file=file,
        ledger=file.parent / Path(tables.ledger).expanduser(),
        network=_network(tables.network),
        feeds=tuple(_feed(feed) for feed in tables.feeds),
        watchlist=_watchlist(tables),
        tenures=tuple(map(tenure, tables.tenures)),
        channels=channels or (DEFAULT_CHANNEL,),
        silences=tuple(silence(table) for table in tables.silences),
        rules=file.parent / Path(tables.rules).expanduser() if tables.rules else None,
        judge=_judge(tables.judge),
        health=_health(tables.health),
        keep=tables.keep,
        archive=tables.archive,
        policy=TellingPolicy(frozenset(tables.policy.at_once), tables.policy.wait),
    )


def _health(table: HealthTable) -> Health:
    host, port = table.listen or (None, 0)
    return Health(host, port, table.ping, table.ping_every.total_seconds())


def _network(table: NetworkTable) -> Network:
    return Network(
        allow=tuple(table.allow),
        contact=table.contact,
        timeout=table.timeout.total_seconds(),
        per_host_gap=table.per_host_gap.total_seconds(),
    )


def _feed(table: FeedTable) -> FeedSpec:
    host = urlsplit(table.url).hostname or ""
    return FeedSpec(
        url=table.url,
        name=table.name or host,
        owner=table.owner or _domain(host),
        kind=table.kind,
        source=table.source or _SOURCES.get(table.kind or "", "newspaper"),
        interval=_interval(table),
        adaptive=_is_adaptive(table),
        full_text=table.full_text,
        fresh=table.fresh,
        backfill=table.backfill,
        select=_select(table.select),
    )


def _is_adaptive(table: FeedTable) -> bool:
    """Whether nobody has said how often, so that it is learnt."""
    return "interval" not in table.model_fields_set and table.kind not in _INTERVALS


def _interval(table: FeedTable) -> timedelta:
    if "interval" in table.model_fields_set:
        return table.interval
    return _INTERVALS.get(table.kind or "", table.interval)


def _select(table: SelectTable | None) -> Select:
    if table is None:
        return Select()
    return Select(**{key: value or "" for key, value in table.model_dump().items()})


def _judge(table: JudgeTable | None) -> JudgeSpec | None:
    if table is None:
        return None
    seconds = table.timeout.total_seconds()
    key = table.api_key or ""
    return JudgeSpec(table.url, table.model, key, seconds, table.per_day)


def _domain(host: str) -> str:
    """Return the part of a host that its owner has: one owner is one voice."""
    parts = host.split(".")
    return host if parts[-1].isdigit() else ".".join(parts[-2:])


def _watchlist(tables: ConfigTables) -> Watchlist:
    return Watchlist(
        organizations=tuple(
            WatchedOrganization(
                name=o.name,
                aliases=tuple(o.aliases),
                units=tuple(WatchedUnit(u.name, tuple(u.aliases)) for u in o.units),
            )
            for o in tables.organizations
        ),
        people=tuple(WatchedPerson(p.name, tuple(p.aliases)) for p in tables.people),
    )


def tenure(table: TenureTable) -> StartingTenure:
    """Return the starting tenure that a checked *table* says."""
    return StartingTenure(
        post=_post(table),
        person=table.person,
        since=table.since,
        until=table.until,
        capacity=table.capacity,
    )


def _post(table: TenureTable) -> Post:
    """Return the post a tenure is in; whoever leads a unit is its head."""
    role = understand(table.role)
    label, key = (role.label, role.key) if role else (table.role, role_key(table.role))
    if table.unit is not None and key in _UNIT_HEADS:
        label = key = "head"
    return Post(table.organization, table.unit, key, label, seats(key))
