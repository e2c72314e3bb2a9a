"""Notices of trouble with the ledger, the disk or the clock, in words. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from watcher.alert import Alert
from watcher.printable import one_line

# Summer time moves no clock in UTC; what jumps by more than this was set.
_JUMP = timedelta(hours=1)


def notice(headline: str, reasons: Sequence[str], now: datetime) -> Alert:
    """Return a notice: what is the matter, and what to do about it."""
    said = one_line(f"watcher: {headline}")
    name = hashlib.sha256(f"{said}\x1f{now.isoformat()}".encode()).hexdigest()[:16]
    lines = [one_line(reason) for reason in reasons]
    message = {
        "id": name,
        "type": "notice",
        "headline": said,
        "recorded_at": now.isoformat().replace("+00:00", "Z"),
        "reasons": lines,
    }
    text = "\n".join([said, *(f"  {line}" for line in lines)])
    return Alert(name, said, text, message)


def unusable(reason: str, now: datetime, *, full: bool) -> Alert:
    """Return the notice that the ledger cannot be used now."""
    headline = "no room for the ledger" if full else "the ledger cannot be used"
    advice = "nothing is polled meanwhile; it goes on by itself once this is mended"
    return notice(headline, [reason, advice], now)


def usable_again(failures: int, now: datetime) -> Alert:
    """Return the notice that the ledger can be used again."""
    tries = "1 try" if failures == 1 else f"{failures} tries"
    return notice("the ledger can be used again", [f"after {tries}"], now)


def jumped(before: datetime, now: datetime, passed: timedelta) -> Alert | None:
    """Return the notice that the clock was set, None when it was not.

    *passed* is the time between the two moments by a clock that cannot be set.
    """
    leap = (now - before) - passed
    if abs(leap) <= _JUMP:
        return None
    way = "forward" if leap > timedelta() else "back"
    hours = abs(leap) / timedelta(hours=1)
    advice = "feeds are polled once for it, and nothing is told twice"
    return notice(f"the clock went {way} by {hours:.1f} hours", [advice], now)
