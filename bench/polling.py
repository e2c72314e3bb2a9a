"""Live a week of polling on a fast clock: is it polite, is it honest, by the counts.

    python bench/polling.py [FEEDS] [DAYS] [RESTARTS]

The real daemon and a real ledger; the web is one of our own, which publishes at each
feed's own rate (some in bursts that its window cannot hold), answers 304 where it can,
asks for pauses in every way there is, and keeps count. The week is lived twice from the
same seed, with restarts at random moments and without. What no request may precede is
reckoned by the web itself, from its own answers.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from rules.model import Article, Reading
from state.ledger import Ledger
from state.model import Validators
from watcher.clock import FixedClock
from watcher.daemon import Daemon
from watcher.errors import FeedError
from watcher.model import FeedSpec, Response
from watcher.pace import SHORTEST
from watcher.poll import Tools

START = datetime(2026, 3, 2, tzinfo=UTC)
TICK = timedelta(minutes=5)
NOTHING = Validators()
ROW = "{:<52} {:>12} {:>12}"


@dataclass
class Site:
    """One feed: how it publishes, what it asks for, and what was asked of it.

    *window* items stand in it at most; *wish* is how long it asks to be left alone
    after an answer, *by* which means; *published* are the moments of its items.
    """

    url: str
    window: int
    validates: bool
    wish: timedelta
    by: str
    failing: bool
    published: list[datetime]
    shown: range = range(0)
    not_before: datetime = START
    requests: int = 0
    early: int = 0
    bare: int = 0
    could: int = 0
    did: int = 0
    overflows: int = 0

    def asked(self, now: datetime, validators: Validators) -> Response:
        """Answer one request; raises FeedError for a pause asked with a 503."""
        self.requests += 1
        self.early += now < self.not_before
        self.bare += validators == NOTHING
        self.not_before = now + max(self.wish, SHORTEST)
        if self.failing and self.requests % 40 == 0:
            self.not_before = now + timedelta(hours=3)
            raise FeedError(self.url, "answered 503", retry_after=3 * 3600.0)
        last = sum(moment <= now for moment in self.published)
        shown = range(max(0, last - self.window), last)
        age = self.wish.total_seconds() if self.by == "max-age" else None
        tag = Validators(f'"{last}"'.encode()) if self.validates else NOTHING
        same = self.validates and shown == self.shown
        if same and validators != NOTHING:
            self.could += 1
            if validators == tag:
                self.did += 1
                return Response(self.url, 304, b"", "", validators=tag, max_age=age)
        self.overflows += bool(self.shown) and shown.start >= self.shown.stop
        self.shown = shown
        body = self._body(shown)
        kind = "application/rss+xml"
        return Response(self.url, 200, body, kind, validators=tag, max_age=age)

    def _body(self, shown: range) -> bytes:
        minutes = int(self.wish.total_seconds() // 60)
        ttl = f"<ttl>{minutes}</ttl>" if self.by == "ttl" else ""
        items = "".join(
            f"<item><title>Item {n}</title><guid>{self.url}{n}</guid></item>"
            for n in reversed(shown)
        )
        start = '<rss version="2.0"><channel><title>F</title>'
        return f"{start}{ttl}{items}</channel></rss>".encode()


@dataclass
class Web:
    """All sites, seen as what fetches."""

    clock: FixedClock
    sites: dict[str, Site] = field(default_factory=dict)

    async def get(
        self, url: str, validators: Validators = NOTHING, *, accept: str = ""
    ) -> Response:
        """Return the site's answer; raises FeedError."""
        del accept
        return self.sites[url].asked(self.clock.now(), validators)


class Open:
    """A cage without bars: the web is our own."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        """Return what *fn* returns."""
        return fn(*args)


class Nobody:
    """A reader to whom nothing means anything."""

    def read(self, article: Article) -> Reading:
        """Return a reading of what names nobody."""
        return Reading(article, unwatched=True)


def sites(count: int, days: int) -> dict[str, Site]:
    """Return made-up sites, the same on every run."""
    chance = random.Random(11)  # noqa: S311  made-up news, not a secret
    return {
        site.url: site
        for site in (_site(number, days, chance) for number in range(count))
    }


def _site(number: int, days: int, chance: random.Random) -> Site:
    rate = timedelta(minutes=chance.choice((15, 40, 120, 360, 1440, 4320)))
    wishes = (timedelta(), timedelta(minutes=30), timedelta(hours=2))
    window = chance.choice((10, 20, 40))
    return Site(
        url=f"https://site{number}.example/feed",
        window=window,
        validates=chance.random() < 0.85,
        wish=chance.choice(wishes),
        by=chance.choice(("max-age", "ttl")),
        failing=chance.random() < 0.1,
        published=_moments(rate, window, days, chance),
    )


def _moments(
    rate: timedelta, window: int, days: int, chance: random.Random
) -> list[datetime]:
    """Return when items are published, from a day before the start; some in bursts."""
    now, found = START - timedelta(days=1), [START - timedelta(days=2)]
    while now < START + timedelta(days=days):
        now += rate * chance.expovariate(1.0)
        burst = 2 * window if chance.random() < 0.01 else 1
        found += [now] * burst
    return found


async def live(
    web: Web, path: Path, days: int, restarts: frozenset[int]
) -> tuple[int, float]:
    """Live through the days; return how many gaps were found, and the seconds spent."""
    begun = time.process_time()
    specs = [
        FeedSpec(site.url, name, name, adaptive=True, full_text=False)
        for name, site in web.sites.items()
    ]
    ledger = Ledger.open(path)
    daemon = _daemon(specs, web, ledger)
    for number in range(int(timedelta(days=days) / TICK)):
        if number in restarts:
            ledger.__exit__()
            ledger = Ledger.open(path)
            daemon = _daemon(specs, web, ledger)
        await daemon.tick()
        web.clock.moment += TICK
    gaps = sum(len(ledger.coverage.gaps(spec.url)) for spec in specs)
    ledger.__exit__()
    return gaps, time.process_time() - begun


def _daemon(specs: list[FeedSpec], web: Web, ledger: Ledger) -> Daemon:
    chance: Callable[[], float] = lambda: 0.5  # noqa: E731  a constant
    cage: Any = Open()
    tools = Tools(web, cage, Nobody(), ledger, web.clock, (), chance, watch="bench")
    return Daemon(specs, tools, {})


def main(count: int = 1000, days: int = 7, restarts: int = 100) -> None:
    """Live the week with restarts and without, and print what was counted."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    chance = random.Random(12)  # noqa: S311  moments, not secrets
    ticks = range(1, int(timedelta(days=days) / TICK))
    moments = frozenset(chance.sample(ticks, min(restarts, len(ticks))))
    columns = [_column(count, days, moments), _column(count, days, frozenset())]
    print(ROW.format(f"{count} feeds, {days} days", f"{len(moments)} restarts", "none"))
    for name in columns[0]:
        print(ROW.format(name, columns[0][name], columns[1][name]))


def _column(count: int, days: int, moments: frozenset[int]) -> dict[str, str]:
    web = Web(FixedClock(START), sites(count, days))
    with tempfile.TemporaryDirectory() as home:
        gaps, spent = asyncio.run(live(web, Path(home) / "watcher.db", days, moments))
    known = web.sites.values()
    could, did = sum(s.could for s in known), sum(s.did for s in known)
    bare = max((s.bare for s in known if s.validates), default=0)
    return {
        "requests": str(sum(s.requests for s in known)),
        "before they were due": str(sum(s.early for s in known)),
        "answered 304, of those that could be": f"{did / could:.3f}" if could else "-",
        "most unconditional requests of a feed with validators": str(bare),
        "windows that rolled over": str(sum(s.overflows for s in known)),
        "gaps noted": str(gaps),
        "CPU seconds": f"{spent:.0f}",
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
