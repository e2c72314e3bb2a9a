"""Untrusted work in child processes that can be killed: bounded time and memory."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from watcher.errors import CageError, FeedError

T = TypeVar("T")

_MB = 1 << 20
_WATCH_STACK = 256 * 1024
_CLOSED = "the cage was closed"


class Cage:
    """A few child processes; a context manager. No process starts before it is needed.

    *seconds* and *megabytes* bound each call. A child that is killed or dies takes
    only its own call with it.
    """

    def __init__(
        self, workers: int = 2, seconds: float = 10.0, megabytes: int = 512
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._megabytes = megabytes
        self._open = False
        self._pool: _Pool | None = None
        self._awaited: set[Future[Any]] = set()

    def __enter__(self) -> Self:
        self._open = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open = False
        self._close()

    async def run(self, fn: Callable[..., T], *args: object) -> T:
        """Return what *fn*, a top-level function, returns in a child.

        Raises the FeedError that *fn* raises, and CageError for everything else that
        goes wrong. A cancelled call is killed.
        """
        try:
            return await self._once(fn, args)
        except BrokenProcessPool:
            # An idle child was killed from outside and took the pool with it.
            pass
        try:
            return await self._once(fn, args)
        except BrokenProcessPool as error:
            raise CageError("its processes do not stay alive") from error

    async def _once(self, fn: Callable[..., T], args: tuple[object, ...]) -> T:
        if not self._open:
            raise CageError(_CLOSED)
        pool = self._pool = self._pool or _Pool(self._workers, self._megabytes * _MB)
        try:
            return await self._answer(pool.call(self._seconds, fn, args))
        except BrokenProcessPool:
            if self._pool is pool:
                self._close()
            raise
        except TimeoutError as error:
            raise CageError(f"not done within {self._seconds:g} s") from error
        except ProcessExpired as error:
            raise CageError("its process died") from error
        except MemoryError as error:
            reason = f"needs more than {self._megabytes} MB of memory"
            raise CageError(reason) from error

    async def _answer(self, future: Future[T]) -> T:
        """Wait for *future*, known to be waited for: a closing pool forgets it."""
        self._awaited.add(future)
        try:
            return await asyncio.wrap_future(future)
        finally:
            self._awaited.discard(future)

    def _close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.stop()
        for future in self._awaited:
            if not future.done():
                future.set_exception(CageError(_CLOSED))


class _Pool:
    """A pool of pebble's that also stops children which are still starting."""

    def __init__(self, workers: int, room: int) -> None:
        self._context = _Context()
        self._pool = ProcessPool(
            max_workers=workers,
            initializer=_confine,
            initargs=(room,),
            context=self._context,
        )

    def call(
        self, seconds: float, fn: Callable[..., T], args: tuple[object, ...]
    ) -> Future[T]:
        """Hand one call to a child; raises BrokenProcessPool when there is none."""
        with _interrupts_blocked():
            try:
                return self._pool.schedule(_guarded, args=(fn, *args), timeout=seconds)
            except RuntimeError as error:
                raise BrokenProcessPool("the pool has stopped") from error

    def stop(self) -> None:
        """End all children; nothing that waits is told."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
        # pebble takes away what a starting child needs before it ends that child,
        # which would complain.
        for child in self._context.started:
            if child.is_alive():
                child.terminate()
        self._pool.join()


class _Context(SpawnContext):
    """The way children are started, and which were.

    Not by fork: a forked child inherits other threads' locks and the ledger's open
    file. A fork server would outlive the cage.
    """

    def __init__(self) -> None:
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **options: Any) -> BaseProcess:  # type: ignore[override]  # noqa: N802  pebble's hook
        """Return a new child, not yet started."""
        child = SpawnProcess(*args, **options)
        self.started = [old for old in self.started if old.exitcode is None]
        self.started.append(child)
        return child


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start threads and processes in here with Ctrl-C blocked; they inherit that.

    Else a Ctrl-C, which goes to the whole group, would make a child that is still
    starting print a traceback.
    """
    # It unblocks what it finds blocked, so it must run before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _guarded(fn: Callable[..., T], *args: Any) -> T:
    """Call *fn* in the child; only errors that surely travel come out."""
    try:
        return fn(*args)
    except (FeedError, MemoryError):
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        raise CageError(f"{type(error).__name__}: {said}") from None


def _confine(room: int) -> None:
    """Bound the memory of this child and let it end with its parent."""
    _end_with_parent()
    # Absent on systems without POSIX limits: then time alone bounds the child.
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  see above

        for kind, most in ((resource.RLIMIT_AS, room), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def _end_with_parent() -> None:
    """Exit at once when the parent dies, even in the middle of endless work."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.stack_size(_WATCH_STACK)
    threading.Thread(target=watch, daemon=True).start()
    threading.stack_size(0)
