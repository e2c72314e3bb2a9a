"""Which comings and goings in one post are news. Pure.

News is what changes who sits there, is newer than what is known, and has not been
told. Everything else is evidence and stays silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.model import Capacity, Kind
from rules.when import When
from state.fold.holders import awaited, leaving, present
from state.fold.names import alike
from state.fold.testimony import Testimony
from state.model import Belief, EndState, Step, Tenure
from state.news.telling import Direction, News, Side, telling_order

# Feeds deliver out of order: news may be this much older than the newest article.
_LATE_NEWS = timedelta(days=3)
_ENDS = frozenset({Kind.OUT, Kind.VACANT})
_STANDING_IN = frozenset({Capacity.INTERIM, Capacity.ACTING})


@dataclass(frozen=True, slots=True)
class Turn:
    """One coming or going that is told, with the testimonies that caused it."""

    tenure: Tenure
    direction: Direction
    causes: tuple[Testimony, ...]
    planned: bool = False

    @property
    def side(self) -> Side:
        """The side of the tenure that this tells."""
        return Side(self.tenure.id, self.direction, self.tenure.person)


@dataclass(frozen=True, slots=True)
class PostView:
    """One post before and after an article. *newest* is the clock known before."""

    before: tuple[Tenure, ...]
    after: tuple[Tenure, ...]
    news: News
    told: frozenset[tuple[str, Direction]] = field(default_factory=frozenset)
    newest: date | None = None

    @property
    def on(self) -> date:
        """The day that counts as the present: that of the newest article."""
        return max(self.newest or self.news.clock, self.news.clock)

    @property
    def single(self) -> bool:
        """Whether the post has one seat."""
        return self.after[0].post.seats == 1 if self.after else True

    def causes(self, tenure: Tenure) -> tuple[Testimony, ...]:
        """Return this article's testimonies that the tenure rests on."""
        ids = frozenset(tenure.claim_ids)
        found = (t for t in self.news.testimonies if t.id in ids)
        return tuple(sorted(found, key=telling_order))

    def standing(self) -> tuple[Tenure, ...]:
        """Return who sat there, or was announced, before this article."""
        sure = [t for t in self.before if t.belief is not Belief.DISPUTED]
        coming = tuple(t for t in sure if awaited(t, self.on))
        return present(sure, self.on) + coming

    def remaining(self) -> tuple[Tenure, ...]:
        """Return who sits there, or is announced, after this article."""
        coming = tuple(t for t in self.after if awaited(t, self.on))
        return present(self.after, self.on) + coming

    def untold(self, turn: Turn) -> bool:
        """Whether nobody has been told of this side."""
        return (turn.tenure.id, turn.direction) not in self.told


def turns(view: PostView) -> tuple[tuple[Turn, ...], tuple[Turn, ...]]:
    """Return the comings and the goings that are news, leaves among them."""
    goings = tuple(
        t for t in (*_goings(view), *leaving_for_a_time(view)) if view.untold(t)
    )
    displaced = bool(goings) or _told_vacant(view)
    comings = tuple(
        t
        for t in (*_comings(view), *coming_back(view))
        if view.untold(t) and _coming_is_news(view, t, displaced=displaced)
    )
    told = tuple(t for t in goings if comings or _going_is_news(view, t))
    return comings, told


def steps(view: PostView, goings: Iterable[Turn]) -> tuple[Tenure, ...]:
    """Return spells that came and went between whom we had and who is there now."""
    left = {turn.tenure.id for turn in goings}
    if not left:
        return ()
    order = [t.id for t in view.after]
    since = max((order.index(i) for i in left if i in order), default=len(order))
    known = {t.id for t in view.before}
    now = view.remaining()
    return tuple(
        t
        for t in view.after[since + 1 :]
        if t.id not in known and not _among(t, now) and view.causes(t)
        if t.end_state is not EndState.NEVER_STARTED
    )


def as_step(tenure: Tenure) -> Step:
    """Return a missed spell as a message tells it."""
    return Step(tenure.person, tenure.start, tenure.end)


def _comings(view: PostView) -> list[Turn]:
    before = view.standing()
    return [
        Turn(t, Direction.IN, view.causes(t), planned=awaited(t, view.on))
        for t in view.remaining()
        if not any(_same_seat(t, b) for b in before)
    ]


def leaving_for_a_time(view: PostView) -> list[Turn]:
    """Return who goes on leave, which ends no tenure."""
    known = {t.id for t in view.before if t.away is not None}
    gone = [t for t in view.after if t.away is not None and t.id not in known]
    return [
        Turn(t, Direction.AWAY, _outs(view, t), planned=_is_ahead(t.away, view.on))
        for t in gone
    ]


def coming_back(view: PostView) -> list[Turn]:
    """Return who is back from a leave."""
    away = {t.id for t in view.before if t.away is not None}
    back = [t for t in view.after if t.id in away and t.away is None]
    return [
        Turn(t, Direction.BACK, view.causes(t))
        for t in back
        if t.end_state is EndState.OPEN
    ]


def _is_ahead(when: When | None, on: date) -> bool:
    return when is not None and when.earliest is not None and when.earliest > on


def _same_seat(one: Tenure, other: Tenure) -> bool:
    """Whether both are one person in one standing: for good, or for the time being."""
    interim = one.capacity in _STANDING_IN, other.capacity in _STANDING_IN
    return alike(one.person, other.person) and interim[0] == interim[1]


def _among(tenure: Tenure, others: Iterable[Tenure]) -> bool:
    return any(alike(tenure.person, other.person) for other in others)


def _goings(view: PostView) -> list[Turn]:
    remaining = view.remaining()
    known = view.standing()
    gone = [_as_ended(b, view) for b in known if not _among(b, remaining)]
    planned = [
        t
        for t in view.after
        if leaving(t, view.on)
        and any(alike(b.person, t.person) and not leaving(b, view.on) for b in known)
    ]
    out = [Turn(t, Direction.OUT, _outs(view, t)) for t in gone]
    out += [Turn(t, Direction.OUT, _outs(view, t), planned=True) for t in planned]
    return out + _strangers(view)


def _as_ended(tenure: Tenure, view: PostView) -> Tenure:
    """Return the tenure as it stands after the article."""
    own = [t for t in view.after if alike(t.person, tenure.person)]
    same = [t for t in own if t.id == tenure.id]
    return (same or own[-1:] or [tenure])[0]


def _outs(view: PostView, tenure: Tenure) -> tuple[Testimony, ...]:
    return tuple(t for t in view.causes(tenure) if t.claim.kind in _ENDS)


def _strangers(view: PostView) -> list[Turn]:
    """Return the goings of people whom we did not know in a post without a holder."""
    if view.single and present(view.before, view.on):
        return []
    new = [t for t in view.after if not _among(t, view.before)]
    found = [
        Turn(t, Direction.OUT, _outs(view, t), planned=leaving(t, view.on))
        for t in new
        if t.end_state is not EndState.OPEN
    ]
    return [turn for turn in found if any(t.strong for t in turn.causes)]


def _told_vacant(view: PostView) -> bool:
    """Whether we told that somebody left, and nobody has come since."""
    told = any((t.id, Direction.OUT) in view.told for t in view.before)
    return told and not view.standing()


def _coming_is_news(view: PostView, turn: Turn, *, displaced: bool) -> bool:
    """Whether a coming is told: said outright, or shown against whom we had."""
    if any(t.strong and t.claim.kind is Kind.IN for t in turn.causes):
        return _is_newer(view, _LATE_NEWS)
    if not turn.causes or not view.before or not view.single:
        return False
    stands_in = turn.tenure.capacity in _STANDING_IN and bool(view.standing())
    return (displaced or stands_in) and _is_newer(view)


def _going_is_news(view: PostView, turn: Turn) -> bool:
    if not turn.causes:
        return False
    strong = any(t.strong for t in turn.causes)
    return _is_newer(view, _LATE_NEWS if strong else timedelta())


def _is_newer(view: PostView, slack: timedelta = timedelta()) -> bool:
    return view.newest is None or view.news.clock + slack >= view.newest
