"""What happens in the cage stays in the cage: time, memory, death, errors."""

from __future__ import annotations

import asyncio
import functools
import json
import multiprocessing
import operator
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import watcher
from watcher import feeds
from watcher.errors import CageError, FeedError
from watcher.fetch.cage import Cage


def caged(*calls, **bounds):
    """Run the calls one after another; each result, or the CageError."""

    async def scenario():
        found = []
        with Cage(workers=1, **bounds) as cage:
            for fn, *args in calls:
                try:
                    found.append(await cage.run(fn, *args))
                except CageError as error:
                    found.append(error)
        return found

    return asyncio.run(scenario())


def test_a_call_returns_what_the_function_returns():
    assert caged((operator.add, 1, 2), (sorted, [3, 1])) == [3, [1, 3]]


def test_it_runs_in_another_process():
    assert caged((os.getpid,)) != [os.getpid()]


def test_work_without_end_is_killed_and_the_next_call_goes_on():
    error, after = caged((time.sleep, 60), (operator.add, 1, 2), seconds=0.3)
    assert str(error) == "not done within 0.3 s"
    assert after == 3


def test_a_hunger_for_memory_is_stopped():
    error, after = caged((bytes, 10**10), (operator.add, 1, 2))
    assert str(error) == "needs more than 512 MB of memory"
    assert after == 3


@pytest.mark.parametrize("fn", [os.abort, functools.partial(os._exit, 0)])
def test_a_death_takes_only_its_own_call(fn):
    error, after = caged((fn,), (operator.add, 1, 2), seconds=2)
    assert isinstance(error, CageError)
    assert after == 3


def test_an_error_comes_out_in_one_line():
    (error,) = caged((json.loads, "{\n\n"))
    assert str(error).startswith("JSONDecodeError: Expecting property name")
    assert "\n" not in str(error)


def test_a_result_that_cannot_travel_is_an_error_of_that_call():
    error, after = caged((iter, [1, 2].__iter__), (operator.add, 1, 2))
    assert isinstance(error, CageError)
    assert after == 3


def test_a_feed_error_comes_through_as_itself():
    async def scenario():
        with Cage(workers=1) as cage, pytest.raises(FeedError) as caught:
            await cage.run(
                feeds.parse, b" ", "text/xml", "https://u:p@e.example/f?x", None
            )
        return caught.value

    error = asyncio.run(scenario())
    assert str(error) == "https://e.example/f: an empty answer, not a feed"
    assert error.url == "https://e.example/f"


def test_a_child_killed_while_idle_is_replaced():
    async def scenario():
        with Cage(workers=1) as cage:
            first = await cage.run(os.getpid)
            os.kill(first, signal.SIGKILL)
            # The pool looks after its children ten times a second.
            await asyncio.sleep(0.5)
            return first, await cage.run(os.getpid)

    first, second = asyncio.run(scenario())
    assert first != second


def test_a_cancelled_call_is_killed():
    async def scenario():
        with Cage(workers=1) as cage:
            long = asyncio.create_task(cage.run(time.sleep, 60))
            await asyncio.sleep(0.3)
            long.cancel()
            return await cage.run(operator.add, 1, 2)

    assert asyncio.run(scenario()) == 3


def test_a_call_that_waits_while_the_cage_closes_is_told():
    async def scenario():
        with Cage(workers=1) as cage:
            calls = [asyncio.create_task(cage.run(time.sleep, 60)) for _ in range(3)]
            await asyncio.sleep(0.3)
        return await asyncio.gather(*calls, return_exceptions=True)

    assert [str(error) for error in asyncio.run(scenario())] == [
        "the cage was closed"
    ] * 3


def test_calls_run_side_by_side():
    async def scenario():
        with Cage(workers=2, seconds=20) as cage:
            calls = (cage.run(operator.mul, n, n) for n in range(50))
            return await asyncio.gather(*calls)

    assert asyncio.run(scenario()) == [n * n for n in range(50)]


PLACE = Path(watcher.__file__).parent.parent
PROGRAM = """
import asyncio, contextlib, os, signal, time
from watcher.fetch.cage import Cage

async def main():
    stop = asyncio.current_task().cancel
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)
    {first}
    with Cage(workers=1) as cage:
        print(await cage.run(os.getpid), flush=True)
        {then}

if __name__ == "__main__":
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(main())
"""


def program(tmp_path, then: str, first: str = "") -> subprocess.Popen[str]:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM.format(then=then, first=first), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(PLACE)},
    )


def gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_it_ends_without_a_word_and_without_a_child(tmp_path):
    with program(tmp_path, "pass") as running:
        said, complaints = running.communicate(timeout=30)
    assert (running.returncode, complaints) == (0, "")
    assert gone(int(said))


def test_an_idle_cage_starts_no_process():
    before = multiprocessing.active_children()
    with Cage():
        assert multiprocessing.active_children() == before


def test_an_interrupt_to_the_group_is_the_parents_business(tmp_path):
    with program(tmp_path, "await cage.run(time.sleep, 60)") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        child = int(running.stdout.readline())
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr.read() == ""
    assert gone(child)


def test_an_interrupt_while_a_child_starts_is_not_its_business_either(tmp_path):
    calm = "asyncio.get_running_loop().add_signal_handler(2, int); print(0, flush=True)"
    with program(tmp_path, "pass", calm) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        for _ in range(200):
            os.killpg(running.pid, signal.SIGINT)
            if select.select([running.stdout], [], [], 0.002)[0]:
                break
        assert int(running.stdout.read()) > 0
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_children_end_with_a_parent_that_was_killed(tmp_path):
    busy = "work = asyncio.create_task(cage.run(time.sleep, 60)); "
    busy += "await asyncio.sleep(0.3); print(0, flush=True); await work"
    with program(tmp_path, busy) as running:
        assert running.stdout is not None
        child = int(running.stdout.readline())
        running.stdout.readline()
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert gone(child)
