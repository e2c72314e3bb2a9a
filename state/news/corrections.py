"""What was told and no longer stands, because its article was changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.model import Kind
from state.fold.holders import awaited, leaving, present
from state.fold.names import alike
from state.fold.posts import post_key
from state.fold.testimony import Testimony
from state.model import ChangeKind, EndState, MessageType, Tenure
from state.news.telling import (
    Direction,
    News,
    Side,
    Telling,
    change_id,
    quotes,
    rules_of,
)

_SHORTER = 2


def corrections(
    told: Iterable[Telling], after: Iterable[Tenure], news: News
) -> tuple[Telling, ...]:
    """Return a correction, or a retraction, for each told change that fell.

    *told* are changes that the article's earlier text caused, *news* its new text.
    """
    tenures = tuple(after)
    fallen = (t for t in told if not all(stands(s, tenures) for s in t.sides))
    return tuple(_correction(t, tenures, news) for t in fallen)


def is_excerpt(text: str, earlier: str) -> bool:
    """Whether *text* is only a cut-down copy of the *earlier* one, not an edit of it.

    Feeds give a summary of what the page tells in full; that takes nothing back.
    """
    shorter = len(text) * _SHORTER < len(earlier)
    lines = (line.strip(" .\u2026") for line in text.splitlines())
    return shorter and all(line in earlier for line in lines)


def stands(side: Side, tenures: tuple[Tenure, ...]) -> bool:
    """Whether what was told of one end of a tenure is still so."""
    same = [t for t in tenures if t.id == side.tenure_id]
    match side.direction:
        case Direction.IN:
            return any(_is_theirs(t, side) for t in same)
        case Direction.AWAY:
            return any(t.away is not None for t in same)
        case Direction.BACK:
            return any(t.away is None for t in same)
        case _:
            ended = [t for t in same if t.end_state is not EndState.OPEN]
            return any(_is_theirs(t, side) for t in ended)


def _is_theirs(tenure: Tenure, side: Side) -> bool:
    never = tenure.end_state is EndState.NEVER_STARTED
    return alike(tenure.person, side.person) and not never


def _correction(told: Telling, tenures: tuple[Tenure, ...], news: News) -> Telling:
    old = told.change
    own = tuple(t for t in tenures if post_key(t.post) == post_key(old.post))
    now = present(own, news.clock) + tuple(t for t in own if awaited(t, news.clock))
    causes, denials = _causes(own, news), _denials(own, news)
    instead = bool(causes)
    type_ = MessageType.CORRECTION if instead else MessageType.RETRACTION
    sides = _sides(own, now, causes, news)
    kind = ChangeKind.CORRECTION if instead else ChangeKind.RETRACTION
    change = replace(
        old,
        id=change_id(old.post, (*told.sides, *sides), old.id, type_=type_),
        type=type_,
        kind=kind,
        before=old.after,
        after=tuple(dict.fromkeys(t.person for t in now)),
        effective=now[0].start if now and instead else old.effective,
        quotes=quotes((*causes, *denials)) or old.quotes,
        rules=rules_of((*causes, *denials)) or old.rules,
        recorded_at=news.recorded_at,
        between=(),
        cause=None,
        supersedes=old.id,
    )
    return Telling(change, sides)


def _causes(own: tuple[Tenure, ...], news: News) -> tuple[Testimony, ...]:
    """Return what the new text says of a coming or going in this post."""
    ids = {claim for t in own for claim in t.claim_ids}
    found = (t for t in news.testimonies if t.id in ids and not t.denial)
    return tuple(t for t in found if t.claim.kind is not Kind.HOLDS)


def _denials(own: tuple[Tenure, ...], news: News) -> tuple[Testimony, ...]:
    """Return what the new text says not to be so in this post."""
    ids = {claim for t in own for claim in t.claim_ids}
    return tuple(t for t in news.testimonies if t.id in ids and t.denial)


def _sides(
    own: tuple[Tenure, ...],
    now: tuple[Tenure, ...],
    causes: tuple[Testimony, ...],
    news: News,
) -> tuple[Side, ...]:
    """Return the sides that the correction tells: those that the new text caused."""
    said = {t.id for t in causes}
    touched = [t for t in own if said & set(t.claim_ids)]
    came = [Side(t.id, Direction.IN, t.person) for t in touched if t in now]
    gone = [t for t in touched if t not in now or leaving(t, news.clock)]
    return (*came, *(Side(t.id, Direction.OUT, t.person) for t in gone))
