"""Clocks: what time it is, as an argument."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that tells the time, in aware UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands at one moment (`--at TIME`, and tests)."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment


def steady() -> float:
    """Return seconds by a clock that nobody sets, and that runs on in a suspend."""
    runs_on = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(runs_on) if runs_on is not None else time.monotonic()
