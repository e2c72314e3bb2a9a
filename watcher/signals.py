"""Signals: SIGTERM and SIGINT ask to stop, SIGHUP asks for the config anew."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

import structlog

from watcher.heartbeat import Stop

_STOP = (signal.SIGTERM, signal.SIGINT)
_log = structlog.get_logger("watcher.signals")


@contextlib.contextmanager
def stopping(halt: Callable[[], None]) -> Iterator[Stop]:
    """Let SIGTERM and SIGINT ask to stop, and call *halt* each time."""
    stop = Stop()

    def ask() -> None:
        _log.info("stopping", signals="one more stops at once")
        halt()
        stop.ask()

    with contextlib.ExitStack() as stack:
        for number in _STOP:
            stack.enter_context(_handled(number, ask))
        yield stop


def reloading(ask: Callable[[], None]) -> contextlib.AbstractContextManager[None]:
    """Let SIGHUP call *ask* while the context lasts."""
    return _handled(signal.SIGHUP, ask)


@contextlib.contextmanager
def _handled(number: signal.Signals, act: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(number, act)
    try:
        yield
    finally:
        loop.remove_signal_handler(number)
