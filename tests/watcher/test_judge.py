from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from rules.model import Claim, Evidence, Kind
from rules.voices import Answer, Opinion, Question
from watcher.clock import FixedClock
from watcher.config.settings import JudgeSpec
from watcher.errors import JudgeError
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits
from watcher.judge.llm import LlmJudge
from watcher.judge.memory import Memory

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
SENTENCE = "Tom Hale was shown the door at Halden."
CLAIM = Claim(
    kind=Kind.OUT,
    person="Tom Hale",
    organization="Halden",
    unit=None,
    role="chief executive officer",
    role_key="ceo",
    evidence=Evidence("a", 0, len(SENTENCE), SENTENCE),
)
QUESTION = Question(f"Chief out\n{SENTENCE}", SENTENCE, 0, CLAIM)
GOOD = {
    "answer": "yes",
    "event": "out",
    "quote": "shown the door",
    "person": "Tom Hale",
    "role": "",
    "organization": "Halden",
}


def reply(**changes: Any) -> dict[str, Any]:
    content = json.dumps({**GOOD, **changes})
    return {"choices": [{"message": {"content": content}}]}


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "judge.db") as kept:
        yield kept


def ask(
    server: HTTPServer,
    memory: Memory,
    *questions: Question,
    clock: FixedClock | None = None,
    per_day: int = 10,
    seconds: float = 10,
) -> list[Opinion]:
    spec = JudgeSpec(server.url_for("/v1"), "m", "s3cret", seconds, per_day)

    async def run() -> list[Opinion]:
        async with Client(None, user_agent="t", limits=Limits(gap=0)) as client:
            judge = LlmJudge(spec, client, memory, clock or FixedClock(NOW))
            return [await judge.ask(question) for question in questions]

    return asyncio.run(run())


def serve(server: HTTPServer, answer: object, status: int = 200) -> None:
    body = answer if isinstance(answer, str) else json.dumps(answer)
    path = "/v1/chat/completions"
    server.expect_request(path).respond_with_data(body, status, {"Retry-After": "60"})


def test_a_good_answer_is_an_opinion(httpserver: HTTPServer, memory: Memory) -> None:
    serve(httpserver, reply())
    assert [o.answer for o in ask(httpserver, memory, QUESTION)] == [Answer.YES]
    request, _ = httpserver.log[0]
    assert request.headers["Authorization"] == "Bearer s3cret"
    sent = json.loads(request.data)
    assert sent["temperature"] == 0
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert SENTENCE in sent["messages"][1]["content"]


UNDECIDED = {
    "no JSON": "sorry, I cannot",
    "half": '{"choices": [',
    "another shape": {"answer": "yes"},
    "no choices": {"choices": []},
    "a list": [1],
    "content is no JSON": {"choices": [{"message": {"content": "yes"}}]},
    "an unknown key": reply(why="because"),
    "a wrong type": reply(person=3),
    "another word": reply(answer="maybe"),
    "a made-up quote": reply(quote="Tom Hale was fired"),
    "no quote": reply(quote="  "),
    "the other direction": reply(event="in"),
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("answer", UNDECIDED.values(), ids=UNDECIDED.keys())
def test_an_answer_that_cannot_be_believed_is_undecided(
    httpserver: HTTPServer, memory: Memory, answer: object
) -> None:
    serve(httpserver, answer)
    assert ask(httpserver, memory, QUESTION) == [Opinion()]


@pytest.mark.parametrize("status", [301, 401, 429, 500, 503])
def test_an_endpoint_in_trouble_is_undecided_and_left_alone_for_a_while(
    httpserver: HTTPServer, memory: Memory, status: int
) -> None:
    serve(httpserver, "trouble", status)
    other = Question("other", SENTENCE, 0, CLAIM)
    assert ask(httpserver, memory, QUESTION, other) == [Opinion(), Opinion()]
    assert len(httpserver.log) == 1


def test_after_its_rest_the_endpoint_is_asked_again(
    httpserver: HTTPServer, memory: Memory
) -> None:
    serve(httpserver, "trouble", 500)
    assert ask(httpserver, memory, QUESTION) == [Opinion()]
    httpserver.clear()
    serve(httpserver, reply())
    later = FixedClock(NOW + timedelta(hours=1))
    asked = ask(httpserver, memory, QUESTION, clock=later)
    assert [o.answer for o in asked] == [Answer.YES]


def test_a_slow_answer_is_undecided(memory: Memory) -> None:
    def slow(_: Request) -> Response:
        time.sleep(1)
        return Response(json.dumps(reply()))

    with HTTPServer(port=0) as server:
        server.expect_request("/v1/chat/completions").respond_with_handler(slow)
        assert ask(server, memory, QUESTION, seconds=0.2) == [Opinion()]


def test_nobody_at_the_address_is_undecided(memory: Memory) -> None:
    nobody = HTTPServer(port=0)
    nobody.start()
    nobody.stop()
    assert ask(nobody, memory, QUESTION) == [Opinion()]


def test_the_same_question_is_asked_once(
    httpserver: HTTPServer, memory: Memory
) -> None:
    serve(httpserver, reply())
    first, second = ask(httpserver, memory, QUESTION, QUESTION)
    assert first == second
    assert len(httpserver.log) == 1


def test_what_was_answered_is_known_after_a_restart(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    serve(httpserver, reply())
    for _ in range(2):
        with Memory(tmp_path / "judge.db") as memory:
            assert ask(httpserver, memory, QUESTION)[0].answer is Answer.YES
    assert len(httpserver.log) == 1


def test_the_day_s_budget_is_kept_over_restarts(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    serve(httpserver, reply())
    questions = [Question(f"text {n}", SENTENCE, 0, CLAIM) for n in range(4)]
    for question in questions:
        with Memory(tmp_path / "judge.db") as memory:
            ask(httpserver, memory, question, per_day=2)
    assert len(httpserver.log) == 2
    with Memory(tmp_path / "judge.db") as memory:
        tomorrow = FixedClock(NOW + timedelta(days=1))
        told = ask(httpserver, memory, questions[3], clock=tomorrow, per_day=2)
    assert told[0].answer is Answer.YES


def test_a_memory_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "judge.db"
    path.write_text("no database at all, but long enough to be looked at as one" * 99)
    with pytest.raises(JudgeError, match=r"judge\.db"):
        Memory(path)
