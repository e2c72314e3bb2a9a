"""A language model as judge: asked over HTTP, remembered, and never waited for long.

Whatever goes wrong (no answer in time, 429, 500, JSON of another shape, a quote that
does not stand in the text) is "undecided": the claim stays where the readers put it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from rules.voices import Opinion, Question
from watcher.clock import Clock
from watcher.config.settings import JudgeSpec
from watcher.errors import FeedError
from watcher.judge import wording
from watcher.judge.memory import Memory
from watcher.model import Response

_log = structlog.get_logger("watcher.judge")
_PATH = "/chat/completions"
_OK = 200
_REST = 300.0


class Poster(Protocol):
    """What sends: `watcher.fetch.http.Client`, or a fake."""

    async def exchange(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Response:
        """Post and return the whole answer; raises FeedError without one."""
        ...


class LlmJudge:
    """Asks a language model, within its terms."""

    def __init__(
        self, terms: JudgeSpec, client: Poster, memory: Memory, clock: Clock
    ) -> None:
        self._terms = terms
        self._client = client
        self._memory = memory
        self._clock = clock
        self._rests_until: datetime | None = None

    async def ask(self, question: Question) -> Opinion:
        """Return the model's opinion, a remembered one, or undecided."""
        key = f"{self._terms.model}:{question.key}"
        known = self._memory.recall(key)
        if known is not None:
            return known
        now = self._clock.now()
        if self._resting(now) or not self._memory.spend(
            now.date(), self._terms.per_day
        ):
            return Opinion()
        body = await self._answered(question, now)
        if body is None:
            return Opinion()
        found = wording.opinion(body, question)
        self._memory.keep(key, found, now)
        return found

    def _resting(self, now: datetime) -> bool:
        return self._rests_until is not None and now < self._rests_until

    async def _answered(self, question: Question, now: datetime) -> bytes | None:
        """Return the body of a good answer; after a bad one, rest."""
        try:
            async with asyncio.timeout(self._terms.seconds):
                response = await self._sent(question)
        except (FeedError, TimeoutError) as error:
            self._rest(now, _REST, str(error) or "no answer in time")
            return None
        if response.status != _OK:
            pause = response.retry_after or _REST
            self._rest(now, pause, f"answered {response.status}")
            return None
        return response.body

    async def _sent(self, question: Question) -> Response:
        headers = {"Content-Type": "application/json"}
        if self._terms.api_key:
            headers["Authorization"] = f"Bearer {self._terms.api_key}"
        body = wording.request(question, self._terms.model)
        url = self._terms.url.rstrip("/") + _PATH
        return await self._client.exchange(url, body, headers)

    def _rest(self, now: datetime, seconds: float, reason: str) -> None:
        """Ask nothing for a while: trouble costs one time-out, not one a question."""
        self._rests_until = now + timedelta(seconds=seconds)
        _log.warning("judge undecided", reason=reason, rests=seconds)
