"""The tenures before and after an article -> the changes it tells. Pure.

Here the words of a change are chosen: its kind, who leaves and who comes, the steps
missed in between, and the sentences that say so. What is news is decided in `turns.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rules.model import Capacity, Kind
from rules.when import When
from state.fold.belief import belief_of
from state.fold.names import person_key
from state.fold.posts import post_key
from state.fold.testimony import TEAM_ENDS
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    EndState,
    MessageType,
    Tenure,
)
from state.news.telling import Direction, News, Telling, change_id, quotes, rules_of
from state.news.turns import PostView, Turn, as_step, steps, turns

Told = frozenset[tuple[str, Direction]]

_INTERIM = frozenset({Capacity.INTERIM, Capacity.ACTING})


def diff(
    before: Iterable[Tenure],
    after: Iterable[Tenure],
    news: News,
    newest: Mapping[str, date],
    told: Told = frozenset(),
) -> tuple[Telling, ...]:
    """Return one telling per post in which *news* changes who sits there.

    *newest* is, per post key, the clock of the newest evidence known before; *told*
    are the sides of tenures that somebody was told of.
    """
    olds, nows = _by_post(before), _by_post(after)
    views = (
        PostView(olds.get(key, ()), nows[key], news, told, newest.get(key))
        for key in sorted(nows)
    )
    return tuple(telling for view in views if (telling := _telling(view)) is not None)


def _by_post(tenures: Iterable[Tenure]) -> dict[str, tuple[Tenure, ...]]:
    posts: dict[str, tuple[Tenure, ...]] = {}
    for tenure in tenures:
        key = post_key(tenure.post)
        posts[key] = (*posts.get(key, ()), tenure)
    return posts


def _telling(view: PostView) -> Telling | None:
    comings, goings = turns(view)
    if not comings and not goings:
        return None
    between = steps(view, goings)
    sides = tuple(turn.side for turn in (*comings, *goings))
    return Telling(_change(view, comings, goings, between), sides)


def _change(
    view: PostView,
    comings: tuple[Turn, ...],
    goings: tuple[Turn, ...],
    between: tuple[Tenure, ...],
) -> Change:
    every = (*comings, *goings)
    causes = [t for turn in every for t in turn.causes]
    causes += [t for tenure in between for t in view.causes(tenure)]
    lead = every[0]
    effective = _effective(lead)
    status = _status(view, comings)
    post = lead.tenure.post
    return Change(
        id=change_id(post, (t.side for t in every), _about(effective), status=status),
        type=MessageType.CHANGE,
        kind=_kind(view, comings, goings, between),
        post=post,
        before=_people(goings) or _predecessors(view, comings),
        after=_people(comings),
        effective=effective,
        belief=_belief(lead),
        quotes=quotes(causes),
        recorded_at=view.news.recorded_at,
        between=tuple(as_step(t) for t in between),
        status=status,
        rules=rules_of(causes),
        capacity=comings[0].tenure.capacity if comings else Capacity.SUBSTANTIVE,
        cause=next((t.tenure.end_cause for t in goings if t.tenure.end_cause), None),
    )


def _effective(turn: Turn) -> When:
    """Return the day of a turn; of a return from leave, nobody keeps more than news."""
    match turn.direction:
        case Direction.AWAY:
            return turn.tenure.away or When()
        case Direction.BACK:
            days = [t.claim.when for t in turn.causes if t.claim.kind is Kind.IN]
            return next((day for day in days if day.known), When())
        case Direction.IN:
            return turn.tenure.start
        case _:
            return turn.tenure.end


def _about(effective: When) -> str:
    """Return the month that a change is about; better dates stay within it, mostly."""
    day = effective.latest or effective.earliest
    return f"{day:%Y-%m}" if day else "undated"


def _status(view: PostView, comings: Iterable[Turn]) -> ChangeStatus:
    doubt = any(t.tenure.belief is Belief.DISPUTED for t in comings)
    return ChangeStatus.CANDIDATE if doubt else view.news.status


def _belief(turn: Turn) -> Belief:
    if turn.tenure.belief is Belief.DISPUTED:
        return Belief.DISPUTED
    return belief_of(turn.causes)


def _people(turns_: Iterable[Turn]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(turn.tenure.person for turn in turns_))


def _predecessors(view: PostView, comings: tuple[Turn, ...]) -> tuple[str, ...]:
    """Return who left a single seat before, when that was told already."""
    beside = any(t.tenure.capacity is Capacity.CO for t in comings)
    if not comings or not view.single or beside or view.standing():
        return ()
    told = [t for t in view.before if (t.id, Direction.OUT) in view.told]
    ended = [t for t in told if t.end_state is EndState.ENDED]
    last = tuple(t.person for t in ended[-1:])
    # Who comes back after a vacancy follows nobody.
    return () if set(last) & set(_people(comings)) else last


def _kind(
    view: PostView,
    comings: tuple[Turn, ...],
    goings: tuple[Turn, ...],
    between: tuple[Tenure, ...],
) -> ChangeKind:
    if all(turn.planned for turn in (*comings, *goings)):
        return ChangeKind.PLANNED
    if between:
        return ChangeKind.CATCH_UP
    if not comings:
        return _kind_of_going(goings)
    if comings[0].direction is Direction.BACK:
        return ChangeKind.RETURN
    return _kind_of_coming(view, comings[0].tenure, succeeds=bool(goings))


def _kind_of_going(goings: tuple[Turn, ...]) -> ChangeKind:
    if all(turn.direction is Direction.AWAY for turn in goings):
        return ChangeKind.LEAVE
    if all(turn.tenure.end_cause in TEAM_ENDS for turn in goings):
        return ChangeKind.DISSOLVED
    return ChangeKind.DEPARTURE


def _kind_of_coming(view: PostView, tenure: Tenure, *, succeeds: bool) -> ChangeKind:
    if tenure.capacity in _INTERIM:
        return ChangeKind.INTERIM
    if tenure.capacity is Capacity.CO:
        return ChangeKind.CO_LEAD
    if _returns(view, tenure):
        return ChangeKind.RETURN
    return ChangeKind.SUCCESSION if succeeds else ChangeKind.APPOINTMENT


def _returns(view: PostView, tenure: Tenure) -> bool:
    """Whether the person held the post for good before, and had left it."""
    key = person_key(tenure.person)
    earlier = view.after[: view.after.index(tenure)]
    return any(
        person_key(t.person) == key and t.capacity not in _INTERIM for t in earlier
    )
