"""Many testimonies of one event -> one moment with the best date for it. Pure.

A moment is one coming, one going or one sighting of one person. Claims of the same
event are gathered here (an exact day, "in November" and an undated "has resigned" of
the same week are one event), and an undated event takes its date from the other half
of the succession when the text ties the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.model import Capacity, Kind, Tense
from rules.when import When
from state.fold.names import alike
from state.fold.resolve import Case, Said
from state.fold.testimony import Testimony
from state.model import StartingTenure

NEWS = timedelta(days=31)
LEAVE = "leave"
_PLAN = timedelta(days=400)
_LATE = timedelta(days=62)
_SAME = timedelta(days=14)
_WEEKS = 3650
_STANDING_IN = frozenset({Capacity.INTERIM, Capacity.ACTING})


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of one person in one post.

    *when* is what is recorded, *anchor* where it stands in the order of events.
    *weak* is history told without a date: it dates nothing and moves nobody.
    """

    person: str
    kind: Kind
    when: When
    anchor: date
    said: tuple[Testimony, ...] = ()
    capacity: Capacity = Capacity.SUBSTANTIVE
    planned: bool = False
    weak: bool = False
    starting: bool = False

    @property
    def clock(self) -> date:
        """The newest article day behind it."""
        return max((t.clock for t in self.said), default=date.min)

    @property
    def cause(self) -> str | None:
        """Why, in the words of the newest claim that says so."""
        said = sorted(self.said, key=lambda t: (t.clock, t.id))
        return next((t.claim.cause for t in reversed(said) if t.claim.cause), None)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One testimony of an event: its date if any, and the days it may mean."""

    said: Said
    when: When
    span: When
    weak: bool = False

    @property
    def width(self) -> int:
        if self.span.earliest is None or self.span.latest is None:
            return _WEEKS
        return (self.span.latest - self.span.earliest).days

    @property
    def leave(self) -> bool:
        return self.said.testimony.claim.cause == LEAVE

    @property
    def standing_in(self) -> bool:
        return self.said.testimony.claim.capacity in _STANDING_IN


def moments(case: Case) -> list[Moment]:
    """Return every moment of one post, in no particular order."""
    found = [m for key, b in case.baselines for m in _baseline(key, b)]
    found += _sightings(case.said)
    for kind in (Kind.IN, Kind.OUT):
        said = [s for s in case.said if s.testimony.claim.kind is kind]
        for person in sorted({s.person for s in said}):
            pieces = [_piece(s, case.said) for s in said if s.person == person]
            found += _events(pieces)
    return found + [_vacancy(t) for t in case.vacated]


def _vacancy(testimony: Testimony) -> Moment:
    """Return the end of a team, which empties all its posts."""
    when, planned = _clipped(testimony), testimony.planned
    if not when.known:
        day = testimony.clock
        when = When(day, None) if planned else When(None, day)
    anchor = when.latest or date.max
    said = (testimony,)
    return Moment("", Kind.VACANT, when, anchor, said, planned=planned)


def _baseline(person: str, known: StartingTenure) -> list[Moment]:
    since = known.since.earliest or known.since.latest or date.min
    start = Moment(
        person, Kind.IN, known.since, since, capacity=known.capacity, starting=True
    )
    if known.until is None:
        return [start]
    until = known.until.latest or known.until.earliest or since
    end = Moment(person, Kind.OUT, known.until, max(since, until), starting=True)
    return [start, end]


def _sightings(said: Iterable[Said]) -> list[Moment]:
    """Gather who was shown in the post on which day, one moment a person and day."""
    days: dict[tuple[str, date, bool], list[Testimony]] = {}
    for s in said:
        weak = _shown(s.testimony)
        if weak is not None:
            key = (s.person, s.testimony.clock, weak)
            days.setdefault(key, []).append(s.testimony)
    return [_sighting(p, day, g, weak=w) for (p, day, w), g in days.items()]


def _shown(testimony: Testimony) -> bool | None:
    """Say whether it shows the person in the post only weakly; None: not at all."""
    claim = testimony.claim
    if claim.kind is Kind.OUT:
        return False if testimony.planned and testimony.current else None
    if claim.kind is not Kind.HOLDS or claim.tense is not Tense.PRESENT:
        return None
    return None if testimony.planned else not testimony.current


def _sighting(
    person: str, clock: date, group: list[Testimony], *, weak: bool
) -> Moment:
    since = When(None, clock)
    for testimony in group:
        when = testimony.claim.when
        if testimony.claim.kind is Kind.HOLDS and when.latest and when.latest < clock:
            since = since.narrowed(when)
    capacity = _capacity(group)
    return Moment(person, Kind.HOLDS, since, clock, tuple(group), capacity, weak=weak)


def _capacity(group: Iterable[Testimony]) -> Capacity:
    """Prefer the word that says more: an interim is often just called the chief."""
    capacities = {t.claim.capacity for t in group}
    told = sorted(capacities - {Capacity.SUBSTANTIVE})
    return told[0] if told else Capacity.SUBSTANTIVE


def _piece(said: Said, others: Iterable[Said]) -> _Piece:
    """Date one testimony: by its own words, else by the succession it tells of."""
    testimony = said.testimony
    when = _clipped(testimony)
    if not when.known:
        when = _tied(said, others)
    clock = testimony.clock
    if when.known:
        return _Piece(said, when, when)
    if testimony.planned:
        return _Piece(said, When(clock, None), When(clock, clock + _PLAN))
    if testimony.current:
        return _Piece(said, When(), When(clock - NEWS, clock))
    return _Piece(said, When(), When(None, clock), weak=True)


def _clipped(testimony: Testimony) -> When:
    """Return the claim's own date; what has happened is not after its article."""
    when, clock = testimony.claim.when, testimony.clock
    if testimony.planned or not when.known:
        return when
    if when.earliest is not None and when.earliest > clock:
        return When.day(clock)
    return When(when.earliest, min(when.latest or clock, clock))


def _tied(said: Said, others: Iterable[Said]) -> When:
    """Date one half of a succession by the other half that a text ties it to."""
    if said.testimony.claim.kind is Kind.IN:
        gone = (o for o in others if o.testimony.claim.kind is Kind.OUT)
        tied = [o.testimony for o in gone if _is(said.replaces, o.person)]
        return _after(said.testimony, tied)
    came = (o for o in others if o.testimony.claim.kind is Kind.IN)
    tied = [o.testimony for o in came if _is(o.replaces, said.person)]
    return _until(said.testimony, tied)


def _is(replaced: str | None, person: str) -> bool:
    return replaced is not None and alike(replaced, person)


def _after(testimony: Testimony, gone: Iterable[Testimony]) -> When:
    """Date who took over when the predecessor left: within that month, or since."""
    ends = [_clipped(t) for t in gone if not t.planned or testimony.planned]
    past = [e for e in ends if e.latest and (testimony.planned or _by(e, testimony))]
    if not past:
        return When()
    end = max(past, key=lambda e: (e.latest or date.min, str(e)))
    for other in sorted(past, key=str):
        end = end.narrowed(other)
    return end if testimony.planned else _since(end, testimony)


def _since(end: When, testimony: Testimony) -> When:
    """Say when a seat that fell free at *end* was filled, as far as that tells."""
    free = end.latest or testimony.clock
    soon = min(testimony.clock, free + NEWS)
    if end.earliest == end.latest:
        return When(free, testimony.clock if testimony.current else soon)
    late = testimony.current and testimony.clock - free > _LATE
    return When(end.earliest, testimony.clock) if late else end


def _until(testimony: Testimony, came: Iterable[Testimony]) -> When:
    """Date who left by the day that the successor came."""
    article = testimony.claim.evidence.article_id
    starts = [
        _clipped(t)
        for t in came
        if t.planned == testimony.planned
        and (not testimony.current or t.claim.evidence.article_id == article)
    ]
    past = [s for s in starts if s.latest and (testimony.planned or _by(s, testimony))]
    return max(past, key=lambda s: (s.latest or date.min, str(s)), default=When())


def _by(when: When, testimony: Testimony) -> bool:
    return when.latest is not None and when.latest <= testimony.clock


def _events(pieces: list[_Piece]) -> list[Moment]:
    """Gather one person's comings (or goings) into events, the finest date first."""
    groups: list[list[_Piece]] = []
    for piece in sorted(pieces, key=_finest_first):
        home = _home(piece, groups)
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    return [_event(group) for group in groups]


def _finest_first(piece: _Piece) -> tuple[bool, bool, int, date, str]:
    testimony = piece.said.testimony
    order = (testimony.clock, testimony.id)
    return (piece.weak, testimony.planned, piece.width, *order)


def _home(piece: _Piece, groups: list[list[_Piece]]) -> list[_Piece] | None:
    """Return the event that *piece* tells of again: the nearest that it can mean."""
    fits = [group for group in groups if _same_event(piece, group)]
    middle = piece.span.latest or date.max
    return min(fits, key=lambda g: abs(_anchor(g) - middle), default=None)


def _same_event(piece: _Piece, group: list[_Piece]) -> bool:
    if piece.leave != group[0].leave:
        return False
    if piece.weak:
        return True
    near = abs(_anchor(group) - (piece.span.latest or date.max)) <= _SAME
    is_in = piece.said.testimony.claim.kind is Kind.IN
    if is_in and not near and piece.standing_in != any(p.standing_in for p in group):
        return False
    return piece.span.meets(_span(group))


def _span(group: list[_Piece]) -> When:
    span = group[0].span
    for piece in group[1:]:
        if piece.when.known:
            span = span.narrowed(piece.span)
    return span


def _anchor(group: list[_Piece]) -> date:
    span = _span(group)
    return span.latest or span.earliest or date.max


def _event(group: list[_Piece]) -> Moment:
    said = tuple(p.said.testimony for p in group)
    planned = all(t.planned for t in said)
    weak = all(p.weak for p in group)
    when = _when(group, planned=planned)
    anchor = when.latest or date.max
    first = group[0].said
    capacity = _capacity(t for t in said if t.current) if not weak else _capacity(said)
    kind = first.testimony.claim.kind
    return Moment(
        first.person, kind, when, anchor, said, capacity, planned=planned, weak=weak
    )


def _when(group: list[_Piece], *, planned: bool) -> When:
    """Narrow all the dates to one range; what is told as done is done by then."""
    when = group[0].when
    for piece in group[1:]:
        when = when.narrowed(piece.when)
    done = [p.said.testimony.clock for p in group if not p.said.testimony.planned]
    return when if planned else when.narrowed(When(None, min(done)))
