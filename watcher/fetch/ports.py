"""What fetches and what runs untrusted work, as those see it who are handed one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from state.model import Validators
from watcher.model import Response

T = TypeVar("T")


class Getter(Protocol):
    """What fetches: `watcher.fetch.http.Client`, or a fake."""

    async def get(
        self, url: str, validators: Validators = ..., *, accept: str = ...
    ) -> Response:
        """Return the answer; raises FeedError and nothing else."""
        ...


class Runner(Protocol):
    """What runs untrusted parsing: `watcher.fetch.cage.Cage`, or a fake."""

    async def run(self, fn: Callable[..., T], *args: object) -> T:
        """Return what *fn* returns; raises CageError."""
        ...
