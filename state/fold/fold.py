"""The claims of one post -> its tenures. Pure, and blind to the order of arrival.

The fold walks through the moments of the post in the order in which they happened
and keeps who sits in the seat. A tenure ends by an explicit OUT, or by an IN or HOLDS
of another person when there is one seat; never by recency.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from rules.model import Kind
from rules.when import When
from state.fold.belief import belief_of, voices
from state.fold.moments import Moment, moments
from state.fold.posts import post_key
from state.fold.resolve import Case, resolve
from state.fold.seat import Seat, Spell
from state.fold.testimony import Testimony
from state.fold.withdrawn import deniers, parted
from state.model import Belief, EndState, StartingTenure, Tenure

# Somebody who came that long ago, by the word of history alone, may have gone since.
_LONG = timedelta(days=731)
Known = dict[str, tuple[object, tuple[Tenure, ...]]]
"""By post: what it rested on when it was last folded, and what came of it."""

_RANK = {Kind.OUT: 0, Kind.IN: 1, Kind.HOLDS: 2, Kind.VACANT: 3}


def fold(
    testimonies: Iterable[Testimony],
    baselines: Iterable[StartingTenure] = (),
    members: Collection[str] = (),
    known: Known | None = None,
) -> tuple[Tenure, ...]:
    """Return the tenures of one organisation, post by post in order of their start.

    *members* are keys of people whose coming and leaving counts without a post.
    *known*, which is filled, spares folding a post again of which nothing is new.
    """
    cases = resolve(testimonies, baselines, members)
    spared: Known = {} if known is None else known
    return tuple(tenure for case in cases for tenure in _spared(case, spared))


def _spared(case: Case, known: Known) -> tuple[Tenure, ...]:
    key, rests_on = post_key(case.post), case.rests_on()
    last = known.get(key)
    if last is None or last[0] != rests_on:
        last = known[key] = (rests_on, fold_case(case))
    return last[1]


def fold_case(case: Case) -> tuple[Tenure, ...]:
    """Return the tenures of one post, in order of their start."""
    seat = Seat(single=case.post.seats == 1)
    found, fallen = parted(moments(case), case.denied)
    for day in _by_day(found):
        for moment in sorted(day, key=lambda m: (_RANK[m.kind], not seat.sits(m))):
            seat.take(moment)
    for moment in fallen:
        seat.deny(moment, [d.testimony for d in deniers(moment, case.denied)])
    return tuple(_tenure(case, spell) for spell in seat.spells)


def _by_day(found: list[Moment]) -> list[list[Moment]]:
    """Group moments by the day they happened, in order, alike in any run."""
    theirs: dict[str, list[Moment]] = {}
    for moment in found:
        theirs.setdefault(moment.person, []).append(moment)
    days: dict[date, list[Moment]] = {}
    for moment in sorted(found, key=_order):
        days.setdefault(_day(moment, theirs[moment.person]), []).append(moment)
    return [days[day] for day in sorted(days)]


def _order(moment: Moment) -> tuple[date, int, str, str]:
    first = min((t.id for t in moment.said), default="")
    return (moment.anchor, _RANK[moment.kind], moment.person, first)


def _day(moment: Moment, theirs: list[Moment]) -> date:
    """Return the day to take a moment at; *theirs* are all of its person.

    Someone who came "in November" and left on the 22nd came first, unless they had
    been there before or are there after: then they left and came back.
    """
    if moment.kind is not Kind.IN or moment.weak:
        return moment.anchor
    own = [m for m in theirs if m is not moment]
    outs = [m for m in own if m.kind is Kind.OUT and not m.weak and not m.planned]
    if moment.planned:
        return _day_of_plan(moment, outs)
    met = [o for o in outs if o.anchor <= moment.anchor and o.when.meets(moment.when)]
    others = [m for m in own if m not in met and not m.weak]
    if not met or others or moment.when.earliest is None:
        return moment.anchor
    first = min(o.anchor for o in met)
    return first - date.resolution if first > date.min else first


def _day_of_plan(moment: Moment, outs: list[Moment]) -> date:
    """Return the day to take a plan at: one without a day came true before its end."""
    later = [out.anchor for out in outs if out.anchor > moment.clock]
    if moment.anchor != date.max or not later:
        return moment.anchor
    return min(later) - date.resolution


def _tenure(case: Case, spell: Spell) -> Tenure:
    parts = (post_key(case.post), spell.person, str(spell.number))
    return Tenure(
        id=hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16],
        post=case.post,
        person=case.names[spell.person],
        start=spell.start,
        end=spell.end if spell.end is not None else When(),
        end_state=_end_state(spell),
        capacity=spell.capacity,
        belief=_belief(spell),
        end_cause=spell.cause,
        last_seen=spell.last_seen,
        claim_ids=tuple(sorted({t.id for t in spell.said})),
        start_planned=spell.start_planned,
        away=spell.away,
    )


def _end_state(spell: Spell) -> EndState:
    if spell.never:
        return EndState.NEVER_STARTED
    if spell.end is None:
        return EndState.UNKNOWN if _is_long_ago(spell) else EndState.OPEN
    return EndState.PLANNED if spell.end_planned else EndState.ENDED


def _is_long_ago(spell: Spell) -> bool:
    """Whether only history tells of it, of years before: nobody says that it lasts."""
    start = spell.start.latest
    if spell.starting or start is None or any(t.current for t in spell.said):
        return False
    return min(t.clock for t in spell.said) - start > _LONG


def _belief(spell: Spell) -> Belief:
    if spell.never:
        return Belief.RETRACTED
    if spell.resumed and not spell.news and voices(spell.said, enough=2) < 2:  # noqa: PLR2004  a pair
        return Belief.DISPUTED
    return Belief.CONFIRMED if spell.starting else belief_of(spell.said)
