"""What an article says against a person's pin: for review, never told. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rules.model import Kind
from rules.when import When
from state.decision import Pinned
from state.fold.names import alike, person_key
from state.fold.posts import post_key
from state.fold.testimony import Testimony
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    MessageType,
    Tenure,
)
from state.news.telling import (
    Direction,
    News,
    Side,
    Telling,
    change_id,
    quotes,
    rules_of,
)


def disputes(
    against: Iterable[tuple[Testimony, Pinned]],
    tenures: Iterable[Tenure],
    news: News,
) -> tuple[Telling, ...]:
    """Return a candidate for each coming or going in *against* a pin, each once.

    It is known again by who came or went, in which post, in which month.
    """
    known = tuple(tenures)
    found: dict[str, Telling] = {}
    for said, pin in against:
        seat = next((t for t in reversed(known) if _seated(t, pin)), None)
        if seat is not None and said.usable and said.current:
            telling = _dispute(said, seat, news)
            found.setdefault(telling.change.id, telling)
    return tuple(found.values())


def _seated(tenure: Tenure, pin: Pinned) -> bool:
    same = post_key(tenure.post) == post_key(pin.post)
    return same and alike(tenure.person, pin.person)


def _dispute(said: Testimony, seat: Tenure, news: News) -> Telling:
    leaves = said.claim.kind is Kind.OUT
    other = "" if leaves else said.claim.person or ""
    side = Side(seat.id, Direction.OUT, seat.person)
    about = f"pin {news.clock:%Y-%m} {person_key(other)}"
    status = ChangeStatus.CANDIDATE
    change = Change(
        id=change_id(seat.post, (side,), about, status=status),
        type=MessageType.CHANGE,
        kind=ChangeKind.DEPARTURE if leaves else ChangeKind.SUCCESSION,
        post=seat.post,
        before=(seat.person,),
        after=() if leaves else (other,),
        effective=said.claim.when if said.claim.when.known else When(None, news.clock),
        belief=Belief.DISPUTED,
        quotes=quotes((said,)),
        recorded_at=news.recorded_at,
        status=status,
        rules=rules_of((said,)),
        capacity=said.claim.capacity,
        cause=said.claim.cause,
    )
    return Telling(change, (side,))
