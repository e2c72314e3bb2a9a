"""What a person's word on a change rules, in terms of events. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.model import Capacity, Kind
from rules.spans.roles import role_key
from rules.when import When
from state.decision import Amended, Correct, Dismissed, Happening, Ruling, Stated
from state.fold.holders import present
from state.fold.names import alike
from state.fold.posts import post_key, seats
from state.fold.testimony import Testimony
from state.model import Change, ChangeKind, EndState, MessageType, Post, Tenure
from state.news.telling import Direction, Side, Telling

_AROUND = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Matter:
    """A change that somebody rules on, as it stands: with its post's tenures.

    *clock* is its article's day, *sides* what it told (a candidate told nothing),
    *evidence* the claims that its sentences were read as.
    """

    change: Change
    tenures: tuple[Tenure, ...]
    sides: tuple[Side, ...]
    clock: date
    evidence: tuple[Testimony, ...] = ()


def rejection(matter: Matter) -> tuple[Dismissed, ...]:
    """Return the rulings that let nothing count of what the change tells."""
    return tuple(Dismissed(event) for event in _events(matter))


def acceptance(matter: Matter) -> tuple[Stated, ...]:
    """Return the facts that the change tells, on the word of who accepts it."""
    return tuple(_fact(matter, event) for event in _events(matter))


def amendment(matter: Matter, wish: Correct) -> tuple[Amended, ...]:
    """Return the rulings that give the change's events the facts of *wish*.

    A name or a post belongs to who came, or to who left when nobody came.
    """
    key = role_key(wish.role) if wish.role else None
    events = _events(matter)
    came = [e for e in events if e.kind is Kind.IN]
    named = came or events
    return tuple(
        Amended(e, wish.when, wish.person, wish.role, key, wish.unit)
        if e in named
        else Amended(e, wish.when)
        for e in events
        if e in named or wish.when is not None
    )


def relocation(matter: Matter, wish: Correct) -> tuple[Ruling, ...]:
    """Return the rulings that take the change's events to another organisation.

    There they count on the word of who decides, with the other facts of *wish*.
    """
    events = _events(matter)
    gone = tuple(Dismissed(event) for event in events)
    came = [e for e in events if e.kind is Kind.IN]
    named = came or events
    return (*gone, *(_elsewhere(matter, e, wish, named=e in named) for e in events))


def _elsewhere(
    matter: Matter, event: Happening, wish: Correct, *, named: bool
) -> Stated:
    fact = _fact(matter, event)
    key = role_key(wish.role) if wish.role else None
    facts = Amended(event, role=wish.role, role_key=key, unit=wish.unit)
    organization = wish.organization or fact.post.organization
    return replace(
        fact,
        post=replace(_moved(fact.post, facts), organization=organization),
        person=(named and wish.person) or fact.person,
        when=wish.when or fact.when,
    )


def amended(change: Change, rulings: Iterable[Ruling]) -> Change:
    """Return *change* as it would have been told with the facts of *rulings*."""
    for ruling in rulings:
        if isinstance(ruling, Amended):
            post, when = _moved(change.post, ruling), ruling.when or change.effective
            change = replace(change, effective=when, post=post)
        elif isinstance(ruling, Stated):
            change = replace(change, effective=ruling.when, post=ruling.post)
    return change


def _moved(post: Post, ruling: Amended) -> Post:
    """Return the post that a ruling moves the claims on *post* to."""
    key = ruling.role_key or post.role_key
    return replace(
        post,
        unit=post.unit if ruling.unit is None else ruling.unit or None,
        role_key=key,
        role=ruling.role or post.role,
        seats=seats(key) if ruling.role_key else post.seats,
    )


def rehomed(
    telling: Telling, rulings: Iterable[Ruling], tenures: Iterable[Tenure]
) -> Telling:
    """Return a retraction as the correction it is when its people are elsewhere.

    Nothing else than the right post makes a difference: then *telling* stays.
    """
    made = tuple(rulings)
    old = telling.change
    post = amended(old, made).post
    names = [r.person or r.event.person for r in made if isinstance(r, Amended)]
    names += [r.person for r in made if isinstance(r, Stated) and r.kind is Kind.IN]
    there = [t for t in tenures if post_key(t.post) == post_key(post)]
    come = [t for t in there if any(alike(t.person, name) for name in names)]
    if post_key(post) == post_key(old.post) or not come:
        return telling
    change = replace(
        old,
        type=MessageType.CORRECTION,
        kind=ChangeKind.CORRECTION,
        post=come[-1].post,
        before=(),
        after=tuple(dict.fromkeys(t.person for t in come)),
        effective=come[-1].start,
    )
    sides = tuple(Side(t.id, Direction.IN, t.person) for t in come)
    return Telling(change, sides)


def heirs(
    before: Iterable[Tenure], after: Iterable[Tenure]
) -> tuple[tuple[str, Tenure], ...]:
    """Return what the tenure of each id that is gone has become, by their evidence."""
    now = tuple(after)
    stay = {t.id for t in now}
    gone = [t for t in before if t.id not in stay]
    pairs = ((t, max(now, key=lambda n: _shared(t, n), default=None)) for t in gone)
    return tuple((t.id, n) for t, n in pairs if n is not None and _shared(t, n))


def _shared(one: Tenure, other: Tenure) -> int:
    return len(set(one.claim_ids) & set(other.claim_ids))


def sides_of(tenures: Iterable[Tenure], facts: Iterable[Stated]) -> tuple[Side, ...]:
    """Return the sides of the tenures that the accepted facts came to."""
    known = tuple(tenures)
    found = (_side(known, fact) for fact in facts)
    return tuple(side for side in found if side is not None)


def _side(tenures: tuple[Tenure, ...], fact: Stated) -> Side | None:
    key = post_key(fact.post)
    own = [t for t in tenures if post_key(t.post) == key]
    theirs = [t for t in own if alike(t.person, fact.person)]
    if not theirs:
        return None
    last = theirs[-1]
    if fact.kind is Kind.IN:
        return Side(last.id, Direction.IN, last.person)
    ended = last.end_state is not EndState.OPEN
    return Side(last.id, Direction.OUT, last.person) if ended else None


def _events(matter: Matter) -> tuple[Happening, ...]:
    return tuple(
        Happening(post, person, kind, _window(matter, person))
        for post, person, kind in _ends(matter)
    )


def _ends(matter: Matter) -> Iterator[tuple[Post, str, Kind]]:
    """Yield who came and who went; someone who had left before is not among them."""
    change = matter.change
    for person in change.after:
        yield change.post, person, Kind.IN
        if change.moved_from is not None:
            yield change.moved_from, person, Kind.OUT
    told = {s.person for s in matter.sides if s.direction is Direction.OUT}
    there = {t.person for t in present(_own(matter), matter.clock)}
    gone = told if matter.sides else there
    for person in change.before:
        if any(alike(person, other) for other in gone):
            yield change.post, person, Kind.OUT


def _own(matter: Matter) -> tuple[Tenure, ...]:
    key = post_key(matter.change.post)
    return tuple(t for t in matter.tenures if post_key(t.post) == key)


def _window(matter: Matter, person: str) -> When:
    """Return the days that the event may be of: its own, and those around its news."""
    low, high = matter.clock - _AROUND, matter.clock + _AROUND
    days = [matter.change.effective]
    ids = {s.tenure_id for s in matter.sides if alike(s.person, person)}
    for tenure in _own(matter):
        days += [tenure.start, tenure.end] if tenure.id in ids else []
    lows = [d.earliest for d in days if d.earliest is not None]
    highs = [d.latest for d in days if d.latest is not None]
    return When(min([low, *lows]), max([high, *highs]))


def _fact(matter: Matter, event: Happening) -> Stated:
    change = matter.change
    came = event.kind is Kind.IN
    quote = change.quotes[0] if change.quotes else None
    read = [t for t in matter.evidence if alike(t.claim.person or "", event.person)]
    return Stated(
        post=event.post,
        person=event.person,
        kind=event.kind,
        when=change.effective,
        clock=matter.clock,
        quote=quote.text if quote else change.id,
        url=quote.url if quote else "",
        capacity=change.capacity if came else Capacity.SUBSTANTIVE,
        planned=change.kind is ChangeKind.PLANNED,
        replaces=change.before[0] if came and change.before else None,
        cause=None if came else change.cause,
        claim_id=read[0].id if read else None,
    )
