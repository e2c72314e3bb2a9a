"""A person's decision into the ledger, and what follows. Runs in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from state.decision import Action, Chair, Decision, Stated, Wish
from state.fold.rulings import homed
from state.fold.testimony import Testimony
from state.model import Belief, Change, ChangeKind, ChangeStatus, MessageType, Tenure
from state.news.corrections import corrections
from state.news.telling import News, Telling, change_id
from state.news.verdicts import amended, heirs, rehomed, sides_of
from state.store import changes, decisions, outbox, spells, wishes
from state.store.ground import Ground
from state.store.scope import Scope

_SILENT = frozenset({Action.MERGE, Action.SPLIT, Action.PIN})


@dataclass(frozen=True, slots=True)
class Room:
    """Where a decision is made: the ledger, its scope, who decides, who is told."""

    db: Database
    scope: Scope
    chair: Chair
    channels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _View:
    """What the touched organisations come to under the decisions of one moment."""

    grounds: tuple[Ground, ...]
    said: tuple[Testimony, ...]
    tenures: tuple[Tenure, ...]


def decide(room: Room, wish: Wish) -> tuple[Decision, tuple[Change, ...]]:
    """Keep what *wish* rules; return it with the changes that are told of it.

    Raises NotFoundError for what is not there, DecisionError for what makes no sense.
    """
    made, touched = wishes.decision(room.db, wish, room.chair)
    return made, enact(room, made, touched)


def enact(room: Room, decision: Decision, touched: Iterable[str]) -> tuple[Change, ...]:
    """Keep *decision*, fold what it touches anew, and return what is told of it."""
    keys = tuple(touched)
    undone = _undone(room.db, decision)
    before = _view(room, keys)
    decisions.add(room.db, decision)
    after = _view(room, keys)
    if (undone or decision).action in _SILENT:
        for old, new in heirs(before.tenures, after.tenures):
            changes.carry(room.db, old, new)
        written = []
    else:
        told = _told(room, decision, undone, before, after)
        written = [changes.write_telling(room.db, *one) for one in told]
    _write(room, before, after)
    return tuple(c for c in written if c and c.status is ChangeStatus.TOLD)


def _undone(db: Database, decision: Decision) -> Decision | None:
    if decision.action is not Action.UNDO:
        return None
    return decisions.one(db, decision.target or "")


def _view(room: Room, keys: Sequence[str]) -> _View:
    found = {g.organization: g for g in (Ground.of(room.db, key) for key in keys)}
    grounds = tuple(found[key] for key in sorted(found))
    said: list[Testimony] = []
    tenures: list[Tenure] = []
    for ground in grounds:
        own = ground.testimonies(room.db, room.scope)
        said += own
        tenures += ground.fold(own, room.scope)
    return _View(grounds, tuple(said), tuple(tenures))


def _write(room: Room, before: _View, after: _View) -> None:
    """Write each organisation's tenures; one that was merged away keeps none."""
    now = room.chair.now
    kept = {ground.organization for ground in after.grounds}
    for ground in before.grounds:
        if ground.organization not in kept:
            spells.write(room.db, spells.live(room.db, ground.organization), (), now)
    for ground in after.grounds:
        own = ground.fold(ground.testimonies(room.db, room.scope), room.scope)
        spells.write(room.db, spells.live(room.db, ground.organization), own, now)


_Written = tuple[Telling, changes.Origin]


def _told(
    room: Room,
    decision: Decision,
    undone: Decision | None,
    before: _View,
    after: _View,
) -> list[_Written]:
    """Return corrections first, then what counts now, or counts again."""
    found = _fallen(room, before, after)
    if decision.action is Action.ACCEPT:
        found += _accepted(room, decision, after)
    if decision.action is Action.CORRECT:
        found = [
            (rehomed(t, decision.rulings, after.tenures), origin)
            if t.change.supersedes == decision.target
            else (t, origin)
            for t, origin in found
        ] or _noted(room, decision)
    if undone is not None and not any(_mends(telling) for telling, _ in found):
        found += _again(room, undone, after)
    return found


def _mends(telling: Telling) -> bool:
    """Whether it already says who holds the post instead."""
    return telling.change.type is MessageType.CORRECTION


def _fallen(room: Room, before: _View, after: _View) -> list[_Written]:
    """Return a correction for each told change that stood and stands no more."""
    fresh = tuple(t for t in after.said if t.usable and t not in before.said)
    news = News(fresh, room.chair.now.date(), room.chair.now)
    told = [t for ground in after.grounds for t in _standing(room.db, ground)]
    old = {t.change.supersedes for t in corrections(told, before.tenures, news)}
    fell = corrections(told, after.tenures, news)
    return [
        (t, _origin(room, t.change.supersedes))
        for t in fell
        if t.change.supersedes not in old
    ]


def _standing(db: Database, ground: Ground) -> tuple[Telling, ...]:
    told = (t for name in ground.names for t in changes.told_in(db, name))
    return tuple(
        replace(t, change=replace(t.change, post=homed(t.change.post, rulings)))
        for rulings in (ground.decisions,)
        for t in told
    )


def _origin(room: Room, change: str | None) -> changes.Origin:
    """Return where a change comes from: nobody new has said it."""
    article, old = changes.article_of(room.db, change), changes.by_id(room.db, change)
    sources = old.sources if old else None
    return changes.Origin(article, sources or 1, room.channels)


def _accepted(room: Room, decision: Decision, after: _View) -> list[_Written]:
    """Return the candidate as it is told now that somebody vouches for it."""
    candidate = changes.by_id(room.db, decision.target)
    stated = (r for r in decision.rulings if isinstance(r, Stated))
    sides = sides_of(after.tenures, stated)
    told = changes.told_sides(room.db, (side.tenure_id for side in sides))
    known = all((side.tenure_id, side.direction) in told for side in sides)
    if candidate is None or known:
        return []
    change = replace(
        candidate,
        id=change_id(candidate.post, sides, candidate.id),
        status=ChangeStatus.TOLD,
        belief=Belief.CONFIRMED,
        recorded_at=decision.at,
    )
    return [(Telling(change, sides), _origin(room, candidate.id))]


def _noted(room: Room, decision: Decision) -> list[_Written]:
    """Return a quiet note of a better date: nobody else holds the post for it."""
    old = changes.by_id(room.db, decision.target)
    if old is None:
        return []
    change = replace(
        amended(old, decision.rulings),
        id=change_id(old.post, (), decision.id, type_=MessageType.UPDATE),
        type=MessageType.UPDATE,
        kind=ChangeKind.CORRECTION,
        status=ChangeStatus.NOTED,
        recorded_at=decision.at,
    )
    return [(Telling(change, ()), _origin(room, old.id))]


def _again(room: Room, undone: Decision, after: _View) -> list[_Written]:
    """Return what was told, taken back by a decision, and stands after all."""
    old = changes.by_id(room.db, undone.target)
    if old is None or changes.heir(room.db, old.id) is None:
        return []
    now = room.chair.now
    telling = Telling(
        replace(old, recorded_at=now),
        changes.sides_of(room.db, old.id, standing=False),
    )
    if corrections([telling], after.tenures, News((), now.date(), now)):
        return []
    channels = outbox.channels_of(room.db, old.id)
    article = changes.article_of(room.db, old.id)
    return [(telling, changes.Origin(article, old.sources or 1, channels))]
