"""The demo's clock: it stands at one instant, then jumps to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


class SteppingClock:
    """A clock that only moves when told to, along *instants* (at least one)."""

    def __init__(
        self, instants: Sequence[datetime], since: datetime | None = None
    ) -> None:
        """Start at the first instant, or at the first that is not before *since*."""
        self._instants = tuple(instants)
        later = [i for i, at in enumerate(instants) if since is None or at >= since]
        self._at = later[0] if later else len(instants) - 1

    def now(self) -> datetime:
        """Return the instant it stands at."""
        return self._instants[self._at]

    def advance(self) -> bool:
        """Step to the next instant; False when there is none."""
        if self._at + 1 == len(self._instants):
            return False
        self._at += 1
        return True
