"""The ledger built anew under today's rules, and taken over when that is wished for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.model import Article, Reading
from rules.reader import Reader
from rules.rulebook import RuleBook
from rules.voices import questions, settled
from state.errors import LedgerError
from state.replay import Difference, Tick, Today, replay, take_over
from watcher.config.settings import Settings
from watcher.judge.memory import Memory
from watcher.lock import Lock


def again(settings: Settings, tick: Tick, *, apply: bool) -> Difference:
    """Replay the ledger of *settings*, and with *apply* put the result in its place.

    *tick* hears how many of how many texts are done. Without *apply* the daemon may
    run meanwhile.

    Raises LedgerError, RuleError, and with *apply* AlreadyRunningError.
    """
    present = settings.ledger
    if not present.exists():
        raise LedgerError(present, "no ledger here yet; `watcher run` begins one")
    with _alone(present, apply=apply), _beside(present) as fresh:
        with _reading(settings) as read:
            today = Today(read, settings.watchlist, settings.policy)
            found = replay(present, fresh, today, tick)
        if apply:
            take_over(present, fresh)
        return found


def _alone(ledger: Path, *, apply: bool) -> AbstractContextManager[object]:
    return Lock(ledger) if apply else nullcontext()


@contextmanager
def _beside(ledger: Path) -> Iterator[Path]:
    """Give a place on the ledger's own disk, and leave nothing there."""
    try:
        place = TemporaryDirectory(prefix=f".{ledger.name}.replay-", dir=ledger.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LedgerError(
            ledger.parent, f"has no place for a replay: {reason}"
        ) from error
    with place as directory:
        yield Path(directory) / ledger.name


@contextmanager
def _reading(settings: Settings) -> Iterator[Callable[[Article], Reading]]:
    """Give what reads: the rules, and what the judge once answered; nobody is asked."""
    reader = Reader(settings.watchlist, RuleBook.beside(settings.rules))
    path = settings.ledger.with_suffix(".judge.db")
    if settings.judge is None or not path.exists():
        yield reader.read
        return
    model = settings.judge.model
    with Memory(path) as memory:
        yield lambda article: _recalled(reader.read(article), memory, model)


def _recalled(reading: Reading, memory: Memory, model: str) -> Reading:
    answers = [(q, memory.recall(f"{model}:{q.key}")) for q in questions(reading)]
    return settled(reading, [(q, said) for q, said in answers if said is not None])
