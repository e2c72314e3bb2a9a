"""Names to addresses, without holding up the loop, the other look-ups or the exit."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from threading import Thread

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


async def addresses(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of *host*, the preferred first.

    Raises OSError (`socket.gaierror`) when there is none, UnicodeError when *host*
    cannot be a name.
    """
    if _is_address(host):
        return (host,)
    answer: Future[tuple[str, ...]] = Future()
    # A thread of its own: a few servers that never answer would fill the loop's pool,
    # and the interpreter waits at exit for that pool, but not for a daemon thread.
    Thread(target=_look_up, args=(answer, host, port), daemon=True).start()
    return await asyncio.wrap_future(answer)


def _is_address(host: str) -> bool:
    """Whether it is an address in its plain form: nobody need be asked for that."""
    try:
        return str(ip_address(host)) == host.lower()
    except ValueError:
        return False


def _look_up(answer: Future[tuple[str, ...]], host: str, port: int) -> None:
    if not answer.set_running_or_notify_cancel():
        return
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        answer.set_exception(error)
    else:
        answer.set_result(tuple(dict.fromkeys(str(info[4][0]) for info in found)))
