"""Where the real objects are built: client, cage, reader, channels, service.

Everything else receives what it works with.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.metadata import version
from typing import Any, TypeVar

import structlog

from rules.reader import Reader
from rules.rulebook import RuleBook
from state.errors import LedgerBusyError
from state.ledger import Ledger
from watcher.channels import CHANNELS
from watcher.clock import Clock, SystemClock, steady
from watcher.config.settings import Network, Settings
from watcher.daemon import Daemon, Round
from watcher.deliver import Policy
from watcher.destinations import destinations
from watcher.fetch.cage import Cage
from watcher.fetch.guard import Guard
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.fetch.robots import PoliteGetter
from watcher.health.ping import Ping
from watcher.health.server import serving
from watcher.health.vitals import Vitals
from watcher.intake import watch_identity
from watcher.judge.llm import LlmJudge
from watcher.judge.memory import Memory
from watcher.lock import Lock
from watcher.poll import Tools
from watcher.rendering import Renderer
from watcher.service import Service, Told
from watcher.supervisor import Supervisor

_log = structlog.get_logger("watcher.assembly")
T = TypeVar("T")
PROGRAM = "leadership-watcher"
# Five minutes: an import, or a replay of a large ledger, writes for one or two.
TRIES = 60


def reaching(network: Network, clock: Clock | None = None) -> Client:
    """Return a client for the web, and for the private addresses the user allows.

    *clock* None is the machine's own; dates in answers are measured by it.
    """
    return _client(network, Guard(network.allow), clock)


def writing(network: Network, clock: Clock | None = None) -> Client:
    """Return a client for the user's own addresses, which may be private."""
    return _client(network, None, clock)


def once(settings: Settings, clock: Clock, *, everything: bool = False) -> Round:
    """Do one round with a daemon that alone holds the ledger of *settings*.

    Raises AlreadyRunningError, LedgerError, RuleError.
    """

    async def work(ledger: Ledger) -> Round:
        async with assembled(settings, ledger, clock) as daemon:
            return await daemon.once(everything=everything)

    return _alone(settings, work)


def serve(
    settings: Settings,
    load: Callable[[], Settings],
    environ: Mapping[str, str],
    *,
    everything: bool = False,
) -> None:
    """Watch until a signal says stop; *load* reads the config anew on SIGHUP.

    Raises AlreadyRunningError, LedgerError, RuleError.
    """
    clock = SystemClock()

    async def work(ledger: Ledger) -> None:
        async with _told(settings, clock, environ) as told:
            service = Service(
                settings, load, lambda new: assembled(new, ledger, clock), told
            )
            await service.run(everything=everything)

    _alone(settings, work, TRIES)


@asynccontextmanager
async def _told(
    settings: Settings, clock: Clock, environ: Mapping[str, str]
) -> AsyncIterator[Told]:
    """Build what tells others how the service is doing, as `[health]` says."""
    health, vitals = settings.health, Vitals()
    supervisor = Supervisor.from_environ(environ)
    async with AsyncExitStack() as stack:
        if health.host is not None:
            stack.enter_context(serving(health.host, health.port, vitals, clock))
        ping = None
        if health.ping is not None:
            web = await stack.enter_async_context(writing(settings.network, clock))
            ping = Ping(web, health.ping, health.every)
            stack.push_async_callback(ping.end)
        yield Told(supervisor, vitals, ping)


def _alone(
    settings: Settings,
    work: Callable[[Ledger], Coroutine[Any, Any, T]],
    tries: int = 1,
) -> T:
    """Do *work* with the ledger, which no other process watches meanwhile.

    While another program writes to it, that many *tries* of a few seconds are made.
    """
    with Lock(settings.ledger), Ledger.open(settings.ledger) as ledger:
        _begin(ledger, tries)
        return asyncio.run(work(ledger))


def _begin(ledger: Ledger, tries: int) -> None:
    """Let go of what a dead run claimed, once no other program writes any more."""
    for left in reversed(range(tries)):
        try:
            ledger.release()
        except LedgerBusyError as error:
            if not left:
                raise
            if left == tries - 1:
                _log.warning("waiting for the ledger", reason=str(error))
        else:
            return


@asynccontextmanager
async def assembled(
    settings: Settings, ledger: Ledger, clock: Clock
) -> AsyncIterator[Daemon]:
    """Build a daemon with everything real over *ledger*, begun with the config.

    It is taken apart at the end; the ledger stays open.
    """
    reader = Reader(settings.watchlist, RuleBook.beside(settings.rules))
    for spec in settings.channels:
        Renderer(spec.templates).check(clock.now())
    ledger.watch(settings.watchlist, settings.policy)
    ledger.begin(settings.tenures, clock.now())
    if settings.keep is not None:
        ledger.thin(clock.now() - settings.keep)
    async with (
        reaching(settings.network, clock) as http,
        writing(settings.network, clock) as out,
    ):
        specs = destinations(settings.channels)
        channels = {spec.name: CHANNELS[spec.type](spec, out) for spec in specs}
        with Cage() as cage, _judge(settings, out, clock) as judge:
            tools = Tools(
                http=http,
                cage=cage,
                reader=reader,
                ledger=ledger,
                clock=clock,
                channels=tuple(channels),
                chance=random.random,
                judge=judge,
                pages=PoliteGetter(http, cage, clock, PROGRAM),
                watch="" if settings.archive else watch_identity(settings.watchlist),
            )
            routes = {spec.name: spec.route for spec in specs}
            policy = Policy(routes, settings.silences)
            # A clock of our own making may go as it likes.
            sure = steady if isinstance(clock, SystemClock) else None
            yield Daemon(settings.feeds, tools, channels, policy, steady=sure)


@contextmanager
def _judge(settings: Settings, out: Client, clock: Clock) -> Iterator[LlmJudge | None]:
    """Build the judge, if the config has one; what it was asked is kept in a file."""
    if settings.judge is None:
        yield None
        return
    with Memory(settings.ledger.with_suffix(".judge.db")) as memory:
        yield LlmJudge(settings.judge, out, memory, clock)


def _client(network: Network, guard: Guard | None, clock: Clock | None) -> Client:
    limits = Limits(seconds=network.timeout, gap=network.per_host_gap)
    agent = user_agent(network.contact)
    return Client(guard, user_agent=agent, limits=limits, clock=clock)


def user_agent(contact: str | None) -> str:
    """Return how the program names itself to servers, and whom they may ask."""
    name = f"{PROGRAM}/{version(PROGRAM)}"
    return f"{name} ({contact})" if contact else name
