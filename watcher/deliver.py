"""Drain the outbox: send what is due, mark it after; a failure waits its turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from state.ledger import Ledger
from state.model import Delivery
from watcher.alert import alert
from watcher.channels import Channel
from watcher.clock import Clock
from watcher.errors import DeliveryError

FIRST_WAIT = 30.0
LONGEST_WAIT = 6 * 3600.0
_log = structlog.get_logger("watcher.deliver")


@dataclass(slots=True)
class Delivered:
    """How many deliveries were sent, put off, or given up."""

    sent: int = 0
    put_off: int = 0
    dead: int = 0


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
) -> Delivered:
    """Send what is due on every channel, each in its own order.

    *chance* draws from [0, 1) for the jitter of waits.

    A temporary failure holds that channel's later messages back; what a channel
    refuses for good is kept as dead. Channels that are not configured (any more) keep
    theirs waiting.
    """
    done, held = Delivered(), set[str]()
    for delivery in ledger.pending(clock.now()):
        name = delivery.channel
        if name not in channels or name in held:
            continue
        try:
            await channels[name].send(alert(delivery.change))
        except DeliveryError as error:
            _fail(ledger, delivery, error, clock, chance())
            done.dead += error.permanent
            done.put_off += not error.permanent
            held.update(() if error.permanent else (name,))
        else:
            ledger.mark_delivered(delivery, clock.now())
            done.sent += 1
    return done


def _fail(
    ledger: Ledger, delivery: Delivery, error: DeliveryError, clock: Clock, luck: float
) -> None:
    now = clock.now()
    retry_at = None
    if not error.permanent:
        retry_at = now + wait(delivery.attempts, error.retry_after, luck)
    ledger.mark_failed(delivery, error.reason, now, retry_at)
    _log.warning(
        "not delivered",
        channel=delivery.channel,
        change=delivery.change.id,
        reason=error.reason,
        retry_at=retry_at.isoformat() if retry_at else "never",
    )
