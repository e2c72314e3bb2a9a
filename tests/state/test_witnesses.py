"""An alert counts the independent owners that said so when it was taken down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from rules.model import Tier
from rules.when import When
from state.decision import Accept, Chair
from state.fold import testimony
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    EndState,
    MessageType,
    Post,
    Tenure,
)
from state.news.telling import Direction, Side, Telling, witnesses

TOLD = Change(
    id="c1",
    type=MessageType.CHANGE,
    kind=ChangeKind.APPOINTMENT,
    post=Post("Northwind", None, "ceo", "chief executive"),
    before=(),
    after=("Bo Lind",),
    effective=When(),
    belief=Belief.PROBABLE,
    quotes=(),
    recorded_at=datetime(2025, 1, 10, 12, tzinfo=UTC),
)


def test_one_article_is_one_voice(desk: Any, say: Any) -> None:
    (told,) = desk.reads("2025-01-10", say.comes("Bo Lind"), say.comes("Bo Lind"))
    assert told.sources == 1
    assert desk.ledger.change(told.id) == told


OWNERS = ("Harbor Post", "Fjord Wire", "Ridge Daily")


def counted(say: Any, story: Any, lines: list[Any], direction: Direction) -> int:
    """How many stand behind one end of a tenure, when owner by owner said a line."""
    read = [
        story("2025-01-10", (line,), owner=o)
        for line, o in zip(lines, OWNERS, strict=True)
    ]
    said = [
        testimony.Testimony(one.reading().claims[0], one.source, "", date(2025, 1, 10))
        for one in read
    ]
    post = Post("Northwind", None, "ceo", "chief executive")
    claims = tuple(one.id for one in said)
    day = When.day(date(2025, 1, 10))
    tenure = Tenure("t1", post, "Bo Lind", day, When(), EndState.OPEN, claim_ids=claims)
    telling = Telling(TOLD, (Side("t1", direction, "Bo Lind"),))
    return witnesses(telling, [tenure], said)


def test_every_owner_that_tells_of_a_coming_counts(say: Any, story: Any) -> None:
    lines = [say.comes("Bo Lind", quote=f"Bo Lind, chief {n}.") for n in range(3)]
    assert counted(say, story, lines, Direction.IN) == 3
    assert counted(say, story, lines, Direction.BEGAN) == 3


def test_a_sentence_printed_again_is_no_voice_of_its_own(say: Any, story: Any) -> None:
    lines = [say.comes("Bo Lind", quote="Bo Lind is chief.")] * 3
    assert counted(say, story, lines, Direction.IN) == 1


def test_who_tells_of_a_coming_has_not_told_of_the_going(say: Any, story: Any) -> None:
    lines = [
        say.comes("Bo Lind"),
        say.goes("Bo Lind"),
        say.goes("Bo Lind", when="2025"),
    ]
    assert counted(say, story, lines, Direction.OUT) == 2
    assert counted(say, story, lines, Direction.IN) == 1


def test_who_knew_somebody_in_a_post_has_not_said_that_they_left(
    desk: Any, say: Any
) -> None:
    for owner in ("Fjord Wire", "Ridge Daily"):
        desk.reads("2024-05-05", say.holds("Bo Lind"), owner=owner)
    (told,) = desk.reads("2025-01-10", say.goes("Bo Lind", when="2025-01-09"))
    assert told.sources == 1


def test_a_persons_word_adds_no_source(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.comes("Bo Lind", tier=Tier.CANDIDATE))
    (candidate,) = desk.ledger.log([ChangeStatus.CANDIDATE])
    chair = Chair("ana", desk.now)
    _, (told,) = desk.ledger.decide(Accept(candidate.id), chair, ["desk"])
    assert (candidate.sources, told.sources) == (1, 1)
