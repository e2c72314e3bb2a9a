"""What is known of a running watcher's health: written by its loop, read by others.

Plain values, so that whoever asks never waits for the loop or for the ledger.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from state.model import Tally

# Six beats: one may be late, a busy ledger may hold up two more.
OLDEST_BEAT = 90.0


@dataclass(slots=True)
class Vitals:
    """The state of health. Times are in seconds of *steady*, which never jumps.

    *polls* are counted by outcome since the start; *trouble* is what keeps the last
    round from having been done, None for nothing.
    """

    steady: Callable[[], float] = time.monotonic
    beat_at: float | None = None
    rounds: int = 0
    trouble: str | None = None
    polls: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    changes: int = 0
    failing: int = 0
    tally: Tally = field(default_factory=Tally)

    def beat(self) -> None:
        """Note that the heart beats."""
        self.beat_at = self.steady()

    def polled(self, outcomes: Iterable[str], articles: int, changes: int) -> None:
        """Note a round that was done: each poll's outcome, and what they brought."""
        self.rounds += 1
        self.trouble = None
        self.polls.update(outcomes)
        self.articles += articles
        self.changes += changes

    def age(self) -> float | None:
        """Return how long ago the heart beat, None when it never did."""
        return None if self.beat_at is None else self.steady() - self.beat_at

    def unhealthy(self) -> str | None:
        """Return why the watcher is not well, None when it is."""
        age = self.age()
        if age is None:
            return "no heartbeat yet"
        if age > OLDEST_BEAT:
            return f"no heartbeat for {age:.0f} seconds"
        return self.trouble

    def unready(self) -> str | None:
        """Return why the watcher does not do its work (yet), None when it does."""
        return self.unhealthy() or (None if self.rounds else "first round not done yet")
