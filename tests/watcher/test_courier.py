"""What is to be sent is sent beside the polling, one drain at a time."""

from __future__ import annotations

import asyncio

import pytest

from watcher.courier import courier


def test_a_call_is_answered_while_the_work_goes_on() -> None:
    async def work() -> None:
        drained = asyncio.Event()

        async def drain() -> None:
            drained.set()

        async with courier(drain) as call:
            call()
            await asyncio.wait_for(drained.wait(), 10)

    asyncio.run(work())


def test_the_last_drain_is_after_the_work_and_never_two_at_a_time() -> None:
    inside = most = drains = 0

    async def drain() -> None:
        nonlocal inside, most, drains
        inside, drains = inside + 1, drains + 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1

    async def work() -> None:
        async with courier(drain) as call:
            for _ in range(5):
                call()
                await asyncio.sleep(0)
            before = drains
        assert drains > before

    asyncio.run(work())
    assert (most, inside) == (1, 0)


def test_a_drain_that_breaks_is_told_at_the_end() -> None:
    async def drain() -> None:
        raise ValueError("broken")

    async def work() -> None:
        async with courier(drain):
            pass

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(work())


def test_a_cancelled_work_waits_for_no_drain() -> None:
    async def drain() -> None:
        await asyncio.Event().wait()

    async def work() -> None:
        async with courier(drain) as call:
            call()
            await asyncio.sleep(0)
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(work())
