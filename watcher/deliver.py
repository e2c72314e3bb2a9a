"""Drain the outbox: claim what is due, send it, mark it after; a failure waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from state.ledger import Ledger
from state.model import Delivery
from watcher.channels import Channel
from watcher.clock import Clock
from watcher.digest import dead_letters, digest, digest_id
from watcher.errors import DeliveryError, TemplateFileError
from watcher.routing import Route, Silence, plan

FIRST_WAIT = 30.0
LONGEST_WAIT = 6 * 3600.0
# Some four days of trying, most of it every six hours.
MOST_ATTEMPTS = 25
HOUR = timedelta(hours=1)
_log = structlog.get_logger("watcher.deliver")


@dataclass(slots=True)
class Delivered:
    """How many deliveries were sent, put off, given up, or not wanted."""

    sent: int = 0
    put_off: int = 0
    dead: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """What goes where: a route by destination, and the silences of all."""

    routes: Mapping[str, Route] = field(default_factory=dict)
    silences: tuple[Silence, ...] = ()


def wait(attempts: int, retry_after: float | None, chance: float) -> timedelta:
    """Return how long to wait after *attempts* failures: doubling, with jitter.

    What the destination asked for (seconds) is the least.
    """
    backoff = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts, 16))
    return timedelta(seconds=max(backoff * (0.75 + chance / 2), retry_after or 0.0))


async def deliver(
    ledger: Ledger,
    channels: Mapping[str, Channel],
    clock: Clock,
    chance: Callable[[], float],
    policy: Policy | None = None,
) -> Delivered:
    """Send what is due on every channel, each in its own order and at its own pace.

    *chance* draws from [0, 1) for the jitter of waits.

    A temporary failure holds that channel's later messages back; what a channel
    refuses for good is kept as dead, and another channel tells of it once. Channels
    that are not configured (any more) keep theirs waiting.
    """
    drain = _Drain(ledger, clock, chance, policy or Policy())
    due: dict[str, list[Delivery]] = {}
    for delivery in ledger.pending(clock.now()):
        due.setdefault(delivery.channel, []).append(delivery)
    runs = (drain.run(n, channels[n], ones) for n, ones in due.items() if n in channels)
    for ended in await asyncio.gather(*runs, return_exceptions=True):
        if isinstance(ended, BaseException):
            raise ended
    await drain.report(channels)
    return drain.done


@dataclass(slots=True)
class _Drain:
    """One drain of the outbox, and what came of it.

    *held* are channels that failed, *lost* the changes that one of them gave up.
    """

    ledger: Ledger
    clock: Clock
    chance: Callable[[], float]
    policy: Policy
    done: Delivered = field(default_factory=Delivered)
    held: set[str] = field(default_factory=set)
    lost: set[tuple[str, str | None]] = field(default_factory=set)

    async def run(self, name: str, channel: Channel, due: Sequence[Delivery]) -> None:
        """Send what is *due* on one channel, until it fails."""
        now = self.clock.now()
        route = self.policy.routes.get(name, Route())
        sent = self.ledger.sent_since(name, now - HOUR)
        todo = plan(route, self.policy.silences, due, now, sent)
        for one, reason in todo.skips:
            self.ledger.mark_skipped(one, reason)
            self.done.skipped += 1
            _log.info("not told", channel=name, change=one.change.id, reason=reason)
        for group in todo.sends:
            if any((name, one.change.supersedes) in self.lost for one in group):
                # The next drain sees that there is nothing to take back here.
                continue
            if not await self._send(channel, group):
                self.held.add(name)
                return

    async def _send(self, channel: Channel, group: Sequence[Delivery]) -> bool:
        """Send one message; whether the channel's next may follow it."""
        name = group[0].batch or digest_id(one.change.id for one in group)
        batch = name if len(group) > 1 else group[0].batch
        if not self.ledger.claim(group, batch, self.clock.now()):
            return False
        try:
            await channel.send(digest([one.change for one in group], name))
        except DeliveryError as error:
            return self._failed(group, error)
        except TemplateFileError as error:
            return self._failed(group, DeliveryError(group[0].channel, str(error)))
        self.ledger.mark_delivered(group, self.clock.now())
        self.done.sent += len(group)
        return True

    def _failed(self, group: Sequence[Delivery], error: DeliveryError) -> bool:
        now, attempts = self.clock.now(), group[0].attempts
        final = error.permanent or attempts + 1 >= MOST_ATTEMPTS
        retry_at = None
        if not final:
            retry_at = now + wait(attempts, error.retry_after, self.chance())
        if final:
            self.lost |= {(one.channel, one.change.id) for one in group}
        for one in group:
            self.ledger.mark_failed(one, error.reason, now, retry_at)
            _log.warning(
                "not delivered",
                channel=one.channel,
                change=one.change.id,
                reason=error.reason,
                retry_at=retry_at.isoformat() if retry_at else "never",
            )
        self.done.dead += final * len(group)
        self.done.put_off += (not final) * len(group)
        return final

    async def report(self, channels: Mapping[str, Channel]) -> None:
        """Tell of dead deliveries by a channel that has none of them, once."""
        letters = self.ledger.unreported()
        out = {letter.channel for letter in letters} | self.held
        if not letters:
            return
        notice = dead_letters(letters, self.clock.now())
        for name, channel in channels.items():
            if name in out:
                continue
            try:
                await channel.send(notice)
            except (DeliveryError, TemplateFileError) as error:
                _log.warning("notice not delivered", channel=name, reason=str(error))
            else:
                self.ledger.mark_reported(letters)
                return
