"""Who sits in one post, moment after moment: the rules of coming and going. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.model import Capacity, Kind
from rules.when import When
from state.fold.moments import LEAVE, Moment
from state.fold.testimony import Testimony

# Texts go on naming the former holder for a while: a mere mention within these days
# of news to the contrary says nothing.
_STALE = timedelta(days=30)
_STALE_AFTER_GOING = timedelta(days=180)
_STALE_STRANGER = timedelta(days=3)
_PROMOTION = timedelta(days=14)
_STANDING_IN = frozenset({Capacity.INTERIM, Capacity.ACTING})
_BESIDE = frozenset({Capacity.CO, Capacity.DEPUTY})


@dataclass(slots=True)
class Spell:
    """One person's time in the seat while it is being worked out.

    *news* when a coming was told of, *told_out* when a going was, *history* when it
    was told of only as history, *resumed* when a mere mention brought a former holder
    back.
    """

    person: str
    number: int
    start: When
    capacity: Capacity = Capacity.SUBSTANTIVE
    end: When | None = None
    last_seen: date | None = None
    said: list[Testimony] = field(default_factory=list)
    cause: str | None = None
    starting: bool = False
    start_planned: bool = False
    end_planned: bool = False
    news: bool = False
    told_out: bool = False
    history: bool = False
    resumed: bool = False
    hinted_out: list[Testimony] = field(default_factory=list)
    displaced_by: Spell | None = None
    away: When | None = None
    never: bool = False

    @property
    def standing_in(self) -> bool:
        """Whether it is held for the time being only."""
        return self.capacity in _STANDING_IN

    def see(self, moment: Moment) -> None:
        """Take *moment* as one more sign that the person was there then."""
        self.said += moment.said
        if not moment.planned and moment.anchor != date.min:
            self.last_seen = max(self.last_seen or moment.anchor, moment.anchor)

    def refine(self, when: When) -> None:
        """Narrow the start by another word on it; a contradicting one is dropped."""
        self.start = self.start.narrowed(when)


class Seat:
    """The seat, or the seats, of one post. *single*: one holder at a time."""

    def __init__(self, *, single: bool) -> None:
        self.single = single
        self.spells: list[Spell] = []
        self._of: dict[str, list[Spell]] = {}

    def sits(self, moment: Moment) -> bool:
        """Whether the moment's person is in the seat now."""
        return self._open(moment.person) is not None

    def take(self, moment: Moment) -> None:
        """Let one moment happen; they come in the order of their days."""
        match moment.kind:
            case Kind.IN:
                self._come(moment)
            case Kind.OUT:
                self._go(moment)
            case Kind.HOLDS:
                self._show(moment)
            case Kind.VACANT:
                self._empty(moment)

    def deny(self, plan: Moment, denials: list[Testimony]) -> None:
        """Keep who never came after all, and that who was to go stays."""
        if plan.kind is Kind.IN:
            number = self._next(plan.person)
            start, end = When(), When()
            spell = Spell(plan.person, number, start, plan.capacity, end, never=True)
            spell.said += [*plan.said, *denials]
            self._add(spell)
        else:
            sitting = self._open(plan.person)
            if sitting is not None:
                sitting.said += denials

    def _open(self, person: str) -> Spell | None:
        spell = self._last(person)
        return spell if spell is not None and spell.end is None else None

    def _last(self, person: str) -> Spell | None:
        own = self._of.get(person, ())
        return own[-1] if own else None

    def _next(self, person: str) -> int:
        """Return the number of the person's next spell."""
        return 1 + len(self._of.get(person, ()))

    def _add(self, spell: Spell) -> None:
        self.spells.append(spell)
        self._of.setdefault(spell.person, []).append(spell)

    def _sitting(self) -> Iterator[Spell]:
        return (spell for spell in self.spells if spell.end is None)

    def _come(self, moment: Moment) -> None:
        spell = self._open(moment.person)
        if spell is not None and self._promotes(moment, spell):
            self._close(spell, moment.when, planned=moment.planned)
            spell = None
        if spell is not None:
            self._again(spell, moment)
        elif not self._idle(moment):
            self._begin(moment)

    def _promotes(self, moment: Moment, spell: Spell) -> bool:
        """Whether someone standing in is now appointed for good."""
        if not spell.standing_in or moment.capacity is not Capacity.SUBSTANTIVE:
            return False
        since = spell.start.latest or spell.last_seen or date.min
        return not moment.weak and moment.anchor - since > _PROMOTION

    def _again(self, spell: Spell, moment: Moment) -> None:
        if spell.start_planned and not moment.planned:
            spell.start, spell.start_planned = moment.when, False
        spell.refine(moment.when)
        spell.news = spell.news or not moment.starting
        spell.starting = spell.starting or moment.starting
        spell.see(moment)
        if spell.away is not None and not (moment.weak or moment.planned):
            self._back(spell, moment)

    def _idle(self, moment: Moment) -> bool:
        """Whether a coming is told too vaguely, or overtaken, to seat anybody."""
        if moment.weak:
            return bool(self.spells)
        if not self.single or not moment.planned or moment.anchor != date.max:
            return False
        later = (s.start.latest for s in self._sitting() if not s.start_planned)
        return any(start is not None and start > moment.clock for start in later)

    def _begin(self, moment: Moment) -> Spell:
        """Seat a person, and unseat whom that displaces."""
        leaving = [s for s in self._sitting() if self._displaces(moment, s)]
        spell = Spell(
            moment.person,
            number=self._next(moment.person),
            start=_start(moment, leaving),
            capacity=moment.capacity,
            starting=moment.starting,
            start_planned=moment.planned and moment.kind is Kind.IN,
            news=moment.kind is Kind.IN and not moment.starting,
        )
        spell.see(moment)
        for other in leaving:
            self._displace(other, spell, spell.start)
        self._add(spell)
        return spell

    def _displaces(self, moment: Moment, sitting: Spell) -> bool:
        if not self.single or moment.capacity in _BESIDE:
            return False
        if moment.capacity in _STANDING_IN:
            return sitting.standing_in
        return sitting.capacity not in _BESIDE

    def _displace(self, spell: Spell, by: Spell, when: When) -> None:
        end = when if spell.hinted_out else When(None, when.latest)
        low = spell.last_seen or spell.start.earliest
        spell.said += spell.hinted_out
        self._close(spell, _from(low, end), planned=by.start_planned)
        spell.displaced_by = by

    def _close(self, spell: Spell, end: When, *, planned: bool) -> None:
        spell.end, spell.away = end, None
        spell.end_planned = planned

    def _go(self, moment: Moment) -> None:
        spell = self._open(moment.person)
        if moment.cause == LEAVE:
            self._leave(spell, moment)
        elif spell is None:
            self._gone_again(moment)
        elif moment.weak:
            spell.hinted_out += moment.said
        else:
            low = spell.last_seen or spell.start.earliest
            self._close(spell, _from(low, moment.when), planned=moment.planned)
            self._explain(spell, moment)
            # Who has left had come, even if nobody told of more than the plan.
            spell.start_planned = spell.start_planned and moment.planned

    def _empty(self, moment: Moment) -> None:
        """Let everybody go: the team that they led is no more."""
        for spell in tuple(self._sitting()):
            low = spell.last_seen or spell.start.earliest
            self._close(spell, _from(low, moment.when), planned=moment.planned)
            self._explain(spell, moment)

    def _leave(self, spell: Spell | None, moment: Moment) -> None:
        """Let somebody be away for a time: they stay in the post, also unheard of."""
        if (
            spell is None
            and not moment.weak
            and not (self.single and any(self._sitting()))
        ):
            spell = self._begin(moment)
        if spell is not None and not moment.weak:
            low = spell.last_seen or spell.start.earliest
            spell.away = _from(low, moment.when)
            spell.said += [t for t in moment.said if t not in spell.said]

    def _back(self, spell: Spell, moment: Moment) -> None:
        """End a leave, and with it the time of who stood in."""
        spell.away = None
        for other in self._sitting():
            if other.standing_in and other is not spell:
                self._displace(other, spell, moment.when)

    def _explain(self, spell: Spell, moment: Moment) -> None:
        spell.said += moment.said
        spell.cause = moment.cause or spell.cause
        spell.history = not any(t.current for t in moment.said) and not moment.starting
        spell.told_out = True

    def _gone_again(self, moment: Moment) -> None:
        """Hear of a going that is known, or of one whose coming nobody told."""
        spell = self._last(moment.person)
        if spell is None or spell.end is None:
            self._add(self._past(moment))
        elif spell.end_planned and not moment.planned and not moment.weak:
            self._close(spell, moment.when, planned=False)
            self._explain(spell, moment)
        elif spell.told_out or moment.weak:
            spell.end = spell.end.narrowed(moment.when)
            spell.said += moment.said
        else:
            self._close(spell, spell.end.narrowed(moment.when), planned=moment.planned)
            self._explain(spell, moment)

    def _past(self, moment: Moment) -> Spell:
        number = self._next(moment.person)
        start = When(None, moment.when.latest)
        spell = Spell(moment.person, number, start, moment.capacity)
        self._close(spell, moment.when, planned=moment.planned)
        self._explain(spell, moment)
        return spell

    def _show(self, moment: Moment) -> None:
        spell = self._open(moment.person)
        last = self._last(moment.person)
        if spell is not None:
            spell.refine(moment.when)
            spell.see(moment)
        elif last is not None:
            if self._is_back(moment, last):
                self._begin(moment).resumed = not last.history
        elif not self._doubtful(moment):
            self._begin(moment)

    def _is_back(self, moment: Moment, last: Spell) -> bool:
        """Whether a mention of a former holder means that they hold it again.

        Only when it is too late to be a stale text: long after news of their going
        and the last sign of an heir, sooner after history of it.
        """
        if moment.weak:
            return False
        if last.told_out:
            return self._long_after(moment, last)
        heir = last.displaced_by
        if heir is None or not heir.news:
            return True
        seen = heir.last_seen or heir.start.latest or heir.start.earliest
        return seen is not None and moment.anchor - seen > _STALE

    def _long_after(self, moment: Moment, last: Spell) -> bool:
        signs = [s.last_seen for s in self._sitting() if self._displaces(moment, s)]
        signs.append(last.end.latest if last.end is not None else None)
        newest = max((day for day in signs if day is not None), default=None)
        patience = _STALE if last.history else _STALE_AFTER_GOING
        return newest is not None and moment.anchor - newest > patience

    def _doubtful(self, moment: Moment) -> bool:
        """Whether a stranger's mention does not unseat who sits there."""
        sitting = [s for s in self._sitting() if self._displaces(moment, s)]
        return any(
            moment.weak or _fresh(s, moment) or _side_by_side(s, moment)
            for s in sitting
        )


def _start(moment: Moment, leaving: list[Spell]) -> When:
    if moment.when.earliest is not None:
        return moment.when
    seen = [s.last_seen for s in leaving if s.last_seen is not None]
    return _from(max(seen, default=None), moment.when)


def _from(low: date | None, when: When) -> When:
    """Give *when* the lower bound *low* if it has none and it fits."""
    if when.earliest is not None or low is None:
        return when
    return (
        when
        if when.latest is not None and low > when.latest
        else When(low, when.latest)
    )


def _fresh(spell: Spell, moment: Moment) -> bool:
    """Whether the holder's own coming is news of these very days."""
    start = spell.start.latest
    return spell.news and start is not None and moment.anchor - start <= _STALE_STRANGER


def _side_by_side(spell: Spell, moment: Moment) -> bool:
    """Whether every article that shows the newcomer shows the holder there, too."""
    shown = {
        t.claim.evidence.article_id for t in spell.said if t.claim.kind is Kind.HOLDS
    }
    return all(t.claim.evidence.article_id in shown for t in moment.said)
