"""What goes out by a channel, when, and what is put together into a digest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from state.model import Change, Delivery, MessageType

WEEK = 7
# Of messages in one go where no cap is set: a flood ends as a digest, too.
MOST_AT_ONCE = 100
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours, by the clock on the wall, in which nothing is sent; may pass midnight."""

    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class Timetable:
    """When digests go out: at a time of the clock on the wall, each day or one day.

    *weekday* counts from Monday, 0; None is each day.
    """

    at: time
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """What one channel is for. Sets that are empty let everything through.

    Names are folded by `str.casefold`. *group_wait* is how long a change waits for more
    of its organisation, to be one message with them.
    """

    organizations: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    beliefs: frozenset[str] = frozenset()
    zone: ZoneInfo = _UTC
    quiet: Quiet | None = None
    digest: Timetable | None = None
    per_hour: int | None = None
    group_wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Silence:
    """A time, to an aware *until*, in which what fits is not told; None fits all."""

    until: datetime
    begin: datetime | None = None
    channel: str | None = None
    organization: str | None = None
    unit: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now: *skips* with their reasons, and *sends*, each one message."""

    skips: tuple[tuple[Delivery, str], ...] = ()
    sends: tuple[tuple[Delivery, ...], ...] = ()


def plan(
    route: Route, silences: Iterable[Silence], due: Sequence[Delivery],
    now: datetime, sent: int,
) -> Plan:  # fmt: skip
    """Decide over all that is *due* on one channel, oldest first.

    *sent* is how many messages it got within the last hour. What is in neither list
    waits. A digest or group that was begun is repeated as it was. What is taken back
    before anybody was sent it is told to nobody.
    """
    active = tuple(s for s in silences if _in_force(s, now))
    skips = _skips(route, active, due)
    skipped = {one.key for one, _ in skips}
    wanted = [one for one in due if one.key not in skipped]
    if route.quiet and _is_quiet(route.quiet, now.astimezone(route.zone)):
        return Plan(skips)
    rest = [one for one in wanted if one.batch is None]
    groups = [*_begun(wanted), *_ready(route, rest, now)]
    return Plan(skips, tuple(_capped(groups, route.per_hour, sent)))


def _skips(
    route: Route, active: Sequence[Silence], due: Sequence[Delivery]
) -> tuple[tuple[Delivery, str], ...]:
    """Return what does not go out, and why; then what takes it back does not, too."""
    moot, skips = _moot(due), dict[str, tuple[Delivery, str]]()
    for one in due:
        reason = _unwanted(route, active, one)
        if one.untold or one.change.supersedes in skips:
            reason = "what it takes back was not told here"
        if one.change.id in moot:
            reason = "taken back before it was told"
        if reason:
            skips[one.change.id] = one, reason
    return tuple(skips.values())


def _ready(
    route: Route, rest: Sequence[Delivery], now: datetime
) -> list[tuple[Delivery, ...]]:
    """Return the messages that need not wait any more for others to join them."""
    if route.digest:
        slot = last_slot(route.digest, route.zone, now)
        ready = tuple(one for one in rest if one.change.recorded_at <= slot)
        return [ready] if ready else []
    if not route.group_wait:
        return [(one,) for one in rest]
    groups = _by_organization(rest)
    old = now - route.group_wait
    return [group for group in groups if _age(group) <= old or _age(group) > now]


def _by_organization(rest: Iterable[Delivery]) -> list[tuple[Delivery, ...]]:
    groups: dict[str, list[Delivery]] = {}
    for one in rest:
        groups.setdefault(one.change.post.organization.casefold(), []).append(one)
    return [tuple(group) for group in groups.values()]


def _age(group: Iterable[Delivery]) -> datetime:
    """Return since when a group has been waiting; ahead of now, the clock went back."""
    return min(one.change.recorded_at for one in group)


def last_slot(table: Timetable, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the latest moment, in UTC, at which a digest was due.

    A time that the clock skips in spring comes an hour later, one that comes twice in
    autumn counts once.
    """
    today = now.astimezone(zone).date()
    for back in range(WEEK + 2):
        day = today - timedelta(days=back)
        slot = datetime.combine(day, table.at, zone).astimezone(UTC)
        if slot <= now and table.weekday in {None, day.weekday()}:
            return slot
    raise AssertionError("a week has every weekday")


def _is_quiet(quiet: Quiet, local: datetime) -> bool:
    clock = local.time()
    if quiet.begin <= quiet.end:
        return quiet.begin <= clock < quiet.end
    return clock >= quiet.begin or clock < quiet.end


def _in_force(silence: Silence, now: datetime) -> bool:
    return now < silence.until and (silence.begin is None or silence.begin <= now)


def _moot(due: Iterable[Delivery]) -> frozenset[str]:
    """Return the ids of changes that are due with what withdraws them, and of that.

    One that was tried may have arrived all the same: it is not among them.
    """
    fresh = {d.change.id for d in due if d.attempts == 0 and d.batch is None}
    pairs = {
        d.change.id: d.change.supersedes
        for d in due
        if d.change.type is MessageType.RETRACTION and d.change.supersedes in fresh
    }
    return frozenset(i for pair in pairs.items() for i in pair if i in fresh)


def _unwanted(route: Route, active: Iterable[Silence], one: Delivery) -> str | None:
    """Say why it does not go out; what takes something back always follows it."""
    if one.change.supersedes is not None or one.batch is not None:
        return None
    if not _fits(route, one.change):
        return "not routed to this channel"
    silence = next((s for s in active if _silenced(s, one)), None)
    return f"silenced until {silence.until.isoformat()}" if silence else None


def _units(change: Change) -> set[str]:
    """Return the units that a change is about: a move is about two."""
    posts = (change.post, change.moved_from or change.post)
    return {(post.unit or "").casefold() for post in posts}


def _fits(route: Route, change: Change) -> bool:
    people = {name.casefold() for name in (*change.before, *change.after)}
    facts = (
        (route.organizations, {change.post.organization.casefold()}),
        (route.units, _units(change)),
        (route.people, people),
        (route.kinds, {change.kind.value}),
        (route.beliefs, {change.belief.value}),
    )
    return all(not wanted or wanted & found for wanted, found in facts)


def _silenced(silence: Silence, one: Delivery) -> bool:
    change = one.change
    people = {name.casefold() for name in (*change.before, *change.after)}
    facts = (
        (
            silence.channel,
            {one.channel.casefold(), one.channel.split("/")[0].casefold()},
        ),
        (silence.organization, {change.post.organization.casefold()}),
        (silence.unit, _units(change)),
        (silence.person, people),
    )
    return all(want is None or want.casefold() in found for want, found in facts)


def _begun(wanted: Sequence[Delivery]) -> list[tuple[Delivery, ...]]:
    """Return the digests that were begun and not taken, each as it was."""
    begun: dict[str, list[Delivery]] = {}
    for one in wanted:
        if one.batch is not None:
            begun.setdefault(one.batch, []).append(one)
    return [tuple(ones) for ones in begun.values()]


def _capped(
    groups: Sequence[tuple[Delivery, ...]], per_hour: int | None, sent: int
) -> list[tuple[Delivery, ...]]:
    """Fold what is over the cap into one last digest; without room, all wait."""
    room = MOST_AT_ONCE if per_hour is None else max(0, per_hour - sent)
    if len(groups) <= room or room == 0:
        return list(groups[:room])
    begun = sum(1 for group in groups if group[0].batch is not None)
    if begun >= room:
        return list(groups[:room])
    folded = tuple(one for group in groups[room - 1 :] for one in group)
    return [*groups[: room - 1], folded]
