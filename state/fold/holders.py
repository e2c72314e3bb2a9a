"""Who holds a post on a day, going by tenures alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from state.model import Belief, EndState, Holder, Tenure

_NOT = frozenset({Belief.RETRACTED})


def present(tenures: Iterable[Tenure], on: date) -> tuple[Tenure, ...]:
    """Return the tenures that stand on *on* by the latest word, plans included."""
    return tuple(t for t in tenures if not _over(t, on) and not awaited(t, on))


def awaited(tenure: Tenure, on: date) -> bool:
    """Whether its start is announced and has not come."""
    latest = tenure.start.latest
    return tenure.start_planned and (latest is None or latest > on)


def leaving(tenure: Tenure, on: date) -> bool:
    """Whether its end is announced and has not come."""
    return tenure.end_state is EndState.PLANNED and not _over(tenure, on)


def _over(tenure: Tenure, on: date) -> bool:
    match tenure.end_state:
        case EndState.OPEN:
            return tenure.belief in _NOT
        case EndState.PLANNED:
            return tenure.end.latest is not None and tenure.end.latest <= on
        case EndState.ENDED | EndState.UNKNOWN | EndState.NEVER_STARTED:
            return True


def holders(tenures: Iterable[Tenure], on: date) -> tuple[Holder, ...]:
    """Return who held a post on *on*: certainly, or possibly as far as dates tell.

    A tenure covers its first day and not its last, so that on the day of a
    succession the newcomer holds the post.
    """
    return tuple(_holder(t, on) for t in tenures if _possibly(t, on))


def _holder(tenure: Tenure, on: date) -> Holder:
    return Holder(
        post=tenure.post,
        person=tenure.person,
        capacity=tenure.capacity,
        since=tenure.start,
        until=tenure.end,
        belief=tenure.belief,
        last_seen=tenure.last_seen,
        certain=_started(tenure, on) and not _maybe_over(tenure, on),
        away=tenure.away if _is_away(tenure, on) else None,
    )


def _is_away(tenure: Tenure, on: date) -> bool:
    """Whether they are on leave on *on*, as far as is known."""
    return tenure.away is not None and (tenure.away.earliest or date.min) <= on


def _possibly(tenure: Tenure, on: date) -> bool:
    if tenure.belief in _NOT or tenure.end_state is EndState.NEVER_STARTED:
        return False
    if awaited(tenure, on) and tenure.start.latest is None:
        return False
    begun = tenure.start.earliest is None or tenure.start.earliest <= on
    return begun and not _surely_over(tenure, on)


def _started(tenure: Tenure, on: date) -> bool:
    latest = tenure.start.latest or tenure.last_seen
    return latest is None or latest <= on


def _surely_over(tenure: Tenure, on: date) -> bool:
    ended = tenure.end_state is not EndState.OPEN
    return ended and tenure.end.latest is not None and tenure.end.latest <= on


def _maybe_over(tenure: Tenure, on: date) -> bool:
    """Whether the end may lie on or before *on*; an undated plan has not come yet."""
    if tenure.end_state is EndState.OPEN:
        return False
    if tenure.end_state is EndState.PLANNED and tenure.end.latest is None:
        return False
    if tenure.last_seen is not None and on <= tenure.last_seen:
        return tenure.end.earliest is not None and tenure.end.earliest < on
    return tenure.end.earliest is None or tenure.end.earliest <= on
