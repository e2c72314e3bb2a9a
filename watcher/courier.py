"""The courier: sends beside the polling, so that no alert waits for a slow feed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def courier(
    drain: Callable[[], Awaitable[None]],
) -> AsyncIterator[Callable[[], None]]:
    """Yield what calls for a *drain*; one more is made when the work is over.

    Only one drain runs at a time. What it raises is raised at the end; a cancelled
    work cancels it.
    """
    wake, over = asyncio.Event(), asyncio.Event()

    async def go() -> None:
        last = False
        while not last:
            await wake.wait()
            wake.clear()
            last = over.is_set()
            await drain()

    task = asyncio.create_task(go())
    try:
        yield wake.set
    except asyncio.CancelledError:
        task.cancel()
        raise
    finally:
        over.set()
        wake.set()
        await asyncio.wait({task})
    task.result()
