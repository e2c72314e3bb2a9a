"""What is taken back is taken back where it was told, and nowhere else."""

from __future__ import annotations

from typing import Any

from state.model import Delivery, MessageType


def to_desk(desk: Any) -> list[Delivery]:
    return [one for one in desk.ledger.pending(desk.now) if one.channel == "desk"]


def test_what_was_given_up_and_then_taken_back_is_never_tried_again(
    desk: Any, say: Any
) -> None:
    desk.reads("2025-01-10", say.comes("Bo Lind"), id="a1")
    (first,) = to_desk(desk)
    desk.ledger.mark_failed(first, "answered 400", desk.now, None)
    (back,) = desk.reads("2025-01-10", note="We were wrong.", id="a1")
    assert back.type is MessageType.RETRACTION
    assert desk.ledger.revive(["desk"], desk.now) == 0
    assert to_desk(desk) == []


def test_what_was_given_up_and_still_stands_is_tried_again(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.comes("Bo Lind"), id="a1")
    (first,) = to_desk(desk)
    desk.ledger.mark_failed(first, "answered 400", desk.now, None)
    assert desk.ledger.revive(["desk"], desk.now) == 1
    assert [one.key for one in to_desk(desk)] == [first.key]


def test_a_retraction_knows_when_its_change_was_given_up_after_it(
    desk: Any, say: Any
) -> None:
    desk.reads("2025-01-10", say.comes("Bo Lind"), id="a1")
    desk.reads("2025-01-10", note="We were wrong.", id="a1")
    first, back = to_desk(desk)
    assert not back.untold
    desk.ledger.mark_failed(first, "answered 400", desk.now, None)
    (back,) = to_desk(desk)
    assert back.untold
