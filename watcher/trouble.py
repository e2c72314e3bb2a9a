"""A ledger that cannot be used now: how long to leave it, and what to say. Pure.

Every try fetches the feeds that are due, so the pauses between tries grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# What one round may need: texts, what follows from them, and SQLite's own log.
ROOM = 1 << 20
# An import writes for a minute or two: that is no trouble worth a message.
_LASTING = 5
_FIRST = timedelta(seconds=15)
_LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Trouble:
    """How often in a row the ledger could not be used, and when it is tried again.

    *room* is how many bytes must be free by then, *told* whether somebody was told by
    a channel.
    """

    failures: int = 0
    next_try: datetime | None = None
    room: int = 0
    told: bool = False

    def rests(self, now: datetime) -> bool:
        """Whether it is too early to try; a clock that went back is not waited for."""
        if self.next_try is None:
            return False
        return now < self.next_try <= now + _LONGEST

    def worse(self, now: datetime, *, full: bool = False) -> Trouble:
        """Return the trouble after one more failure, for want of room or not."""
        pause = min(_LONGEST, _FIRST * 2.0 ** min(self.failures, 16))
        room = ROOM if full else 0
        return Trouble(self.failures + 1, now + pause, room, self.told)

    def untold(self, *, full: bool) -> bool:
        """Whether it is time to tell: of a full disk at once, else when it lasts."""
        return not self.told and (full or self.failures >= _LASTING)
