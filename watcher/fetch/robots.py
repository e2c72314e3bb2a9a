"""Pages fetched only where the site's robots.txt lets us; asked for once a day a host.

The rules of RFC 9309: a site that has no such file (4xx) forbids nothing, one that
cannot say (5xx, no answer) is left alone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from state.model import Validators
from watcher.clock import Clock
from watcher.errors import CageError, FeedError
from watcher.fetch.ports import Getter, Runner
from watcher.fetch.urls import redact
from watcher.model import Response

ACCEPT = "text/plain"
_KEPT = timedelta(days=1)
_MOST_HOSTS = 1000
_LONGEST = 500 * 1024
_CLIENT_ERRORS = range(400, 500)
_BAR_ALL = "User-agent: *\nDisallow: /\n"


@dataclass(slots=True)
class _Site:
    """What one host said last, and when; *lock* lets one ask and the others wait."""

    text: str = ""
    asked_at: datetime | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class PoliteGetter:
    """Fetches pages by *http* where robots.txt allows them to *agent*."""

    def __init__(self, http: Getter, cage: Runner, clock: Clock, agent: str) -> None:
        self._http = http
        self._cage = cage
        self._clock = clock
        self._agent = agent
        self._sites: dict[str, _Site] = {}

    async def get(
        self,
        url: str,
        validators: Validators = Validators(),  # noqa: B008  frozen
        *,
        accept: str = "*/*",
    ) -> Response:
        """Return the answer; raises FeedError, also when the site wants no visit."""
        if not await self._allowed(url):
            raise FeedError(redact(url), "the site's robots.txt does not allow it")
        return await self._http.get(url, validators, accept=accept)

    async def _allowed(self, url: str) -> bool:
        text = await self._rules(_origin(url))
        if not text.strip():
            return True
        try:
            return await self._cage.run(permits, text, url, self._agent)
        except CageError as error:
            reason = f"the site's robots.txt cannot be read: {error.reason}"
            raise FeedError(redact(url), reason) from error

    async def _rules(self, origin: str) -> str:
        """Return the host's robots.txt, at most a day old."""
        site = self._sites.setdefault(origin, _Site())
        async with site.lock:
            now = self._clock.now()
            if site.asked_at is None or not now - _KEPT < site.asked_at <= now:
                site.text = await self._asked(origin)
                site.asked_at = now
        # The host asked for longest ago makes room.
        if len(self._sites) > _MOST_HOSTS:
            self._sites.pop(next(iter(self._sites)))
        return site.text

    async def _asked(self, origin: str) -> str:
        try:
            answer = await self._http.get(f"{origin}/robots.txt", accept=ACCEPT)
        except FeedError as error:
            return "" if error.status in _CLIENT_ERRORS else _BAR_ALL
        return answer.body[:_LONGEST].decode("utf-8", "replace")


def permits(text: str, url: str, agent: str) -> bool:
    """Whether a robots.txt lets *agent* fetch *url*; runs inside the cage."""
    from protego import Protego  # noqa: PLC0415  loaded in the child only

    return Protego.parse(text).can_fetch(url, agent)


def _origin(url: str) -> str:
    """Return scheme and host of *url*, without credentials."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
