"""Manners towards a host: one request at a time, and a pause before the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Hosts:
    """Turns of one client, in the order of asking. *gap* is the pause in seconds."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        # A lock lives as long as somebody holds it or waits: no list to clean up.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold *host* for one request; the next begins *gap* seconds after it."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        await lock.acquire()
        try:
            yield
        finally:
            self._pass_on(lock)

    def _pass_on(self, lock: asyncio.Lock) -> None:
        if self._gap > 0:
            asyncio.get_running_loop().call_later(self._gap, lock.release)
        else:
            lock.release()
