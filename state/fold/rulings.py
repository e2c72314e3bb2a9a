"""What people decided, laid over the testimonies before they are folded. Pure.

Decisions are applied in the order in which they were made; each sees what the ones
before it left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from rules.model import (
    Attribution,
    Capacity,
    Claim,
    Evidence,
    Kind,
    Modality,
    Polarity,
    Tense,
    Tier,
)
from rules.when import When
from state.decision import (
    Amended,
    Apart,
    Decision,
    Dismissed,
    Happening,
    Pinned,
    Ruling,
    Same,
    Stated,
)
from state.fold.names import alike, folded, person_key
from state.fold.posts import post_key, post_of
from state.fold.splits import parted, parted_start
from state.fold.testimony import Testimony
from state.model import Post, Source, StartingTenure

_NEWS = timedelta(days=31)
_KINDS = {
    Kind.IN: frozenset({Kind.IN, Kind.HOLDS}),
    Kind.OUT: frozenset({Kind.OUT, Kind.VACANT}),
}


def ruled(
    testimonies: Iterable[Testimony], decisions: Iterable[Decision]
) -> tuple[Testimony, ...]:
    """Return the testimonies as the standing *decisions* let them count."""
    said = list(testimonies)
    for decision in decisions:
        for ruling in decision.rulings:
            said = _laid(said, decision, ruling)
    return tuple(said)


def against_pins(
    testimonies: Iterable[Testimony], decisions: Sequence[Decision]
) -> tuple[tuple[Testimony, Pinned], ...]:
    """Return what pins alone keep from counting, each with the pin that it is against.

    What somebody has dismissed for itself is not among it.
    """
    said, found = list(testimonies), []
    for decision in decisions:
        for ruling in decision.rulings:
            if isinstance(ruling, Pinned):
                found += [(t, ruling) for t in said if _unseats(t, ruling)]
            if isinstance(ruling, Dismissed):
                found = [(t, pin) for t, pin in found if not tells(t, ruling.event)]
            said = _laid(said, decision, ruling)
    return tuple(found)


def _laid(said: list[Testimony], decision: Decision, ruling: Ruling) -> list[Testimony]:
    """Lay one ruling over the testimonies."""
    if isinstance(ruling, Apart):
        said = parted(said, ruling)
    left = (_under(testimony, ruling) for testimony in said)
    kept = [testimony for testimony in left if testimony is not None]
    return kept + _added(decision, ruling)


def _under(testimony: Testimony, ruling: Ruling) -> Testimony | None:
    """Return what a ruling leaves of one testimony; None is nothing."""
    match ruling:
        case Dismissed():
            return None if tells(testimony, ruling.event) else testimony
        case Amended():
            return _amended(testimony, ruling)
        case Same():
            return _renamed(testimony, ruling)
        case Pinned():
            return None if _unseats(testimony, ruling) else testimony
        case _:
            return testimony


def _added(decision: Decision, ruling: Ruling) -> list[Testimony]:
    """Return what counts on the word of who decided."""
    match ruling:
        case Stated():
            return [_stated(decision, ruling)]
        case Pinned():
            return [_seated(decision, ruling)]
        case _:
            return []


def ruled_start(
    known: Iterable[StartingTenure], decisions: Iterable[Decision]
) -> tuple[StartingTenure, ...]:
    """Return what the user knew at the start, under the names that count now."""
    tenures = tuple(known)
    for ruling in (r for d in decisions for r in d.rulings):
        if isinstance(ruling, Same):
            tenures = tuple(_renamed_start(t, ruling) for t in tenures)
        elif isinstance(ruling, Apart):
            tenures = tuple(parted_start(t, ruling) for t in tenures)
    return tenures


def home(organization: str, decisions: Iterable[Decision]) -> str:
    """Return the key that an organisation's key stands for after all mergers."""
    for ruling in (r for d in decisions for r in d.rulings if isinstance(r, Same)):
        if ruling.noun == "organization" and folded(ruling.old) == organization:
            organization = folded(ruling.new)
    return organization


def homed(post: Post, decisions: Iterable[Decision]) -> Post:
    """Return *post* at the organisation that its own was merged into."""
    for ruling in (r for d in decisions for r in d.rulings if isinstance(r, Same)):
        post = _homed(post, ruling)
    return post


def tells(testimony: Testimony, event: Happening) -> bool:
    """Whether a testimony speaks of *event*: its person, post, direction and days."""
    claim = testimony.claim
    return (
        claim.kind in _KINDS[event.kind]
        and (claim.person is None or alike(claim.person, event.person))
        and _of_post(claim, event.post)
        and days_of(testimony).meets(event.window)
    )


def days_of(testimony: Testimony) -> When:
    """Return the days that a testimony may mean; undated news is of these weeks."""
    claim, clock = testimony.claim, testimony.clock
    if claim.kind is Kind.HOLDS:
        return When.day(clock)
    return claim.when if claim.when.known else When(clock - _NEWS, clock)


def _of_post(claim: Claim, post: Post) -> bool:
    """Whether a claim may be about *post*: "head" and no post at all are loose."""
    if folded(claim.organization or "") != folded(post.organization):
        return False
    if claim.role_key is None:
        return claim.kind is Kind.OUT
    same_unit = folded(claim.unit or "") == folded(post.unit or "")
    return same_unit and claim.role_key in {post.role_key, "head"}


def _amended(testimony: Testimony, ruling: Amended) -> Testimony:
    if not tells(testimony, ruling.event):
        return testimony
    claim = testimony.claim
    better = replace(
        claim,
        when=ruling.when or claim.when,
        person=ruling.person or claim.person,
        role=ruling.role or claim.role,
        role_key=ruling.role_key or claim.role_key,
        unit=claim.unit if ruling.unit is None else ruling.unit or None,
    )
    return replace(testimony, claim=better, kept_id=testimony.id)


def _renamed(testimony: Testimony, ruling: Same) -> Testimony:
    claim, new = testimony.claim, ruling.new
    if ruling.noun == "organization":
        if folded(claim.organization or "") != folded(ruling.old):
            return testimony
        better = replace(claim, organization=new)
    else:
        better = replace(
            claim,
            person=_name(claim.person, ruling),
            replaces=_name(claim.replaces, ruling),
        )
    if better == claim:
        return testimony
    return replace(testimony, claim=better, kept_id=testimony.id)


def _name(name: str | None, ruling: Same) -> str | None:
    same = name is not None and person_key(name) == person_key(ruling.old)
    return ruling.new if same else name


def _renamed_start(known: StartingTenure, ruling: Same) -> StartingTenure:
    if ruling.noun == "organization":
        return replace(known, post=_homed(known.post, ruling))
    return replace(known, person=_name(known.person, ruling) or known.person)


def _homed(post: Post, ruling: Same) -> Post:
    merged = ruling.noun == "organization"
    if merged and folded(post.organization) == folded(ruling.old):
        return replace(post, organization=ruling.new)
    return post


def _stated(decision: Decision, fact: Stated) -> Testimony:
    """Return the testimony of whoever decided; it is worth as much as a regulator's."""
    place = Evidence(f"decision {decision.id}", 0, len(fact.quote), fact.quote)
    claim = Claim(
        kind=fact.kind,
        person=fact.person,
        organization=fact.post.organization,
        unit=fact.post.unit,
        role=fact.post.role,
        role_key=fact.post.role_key,
        evidence=place,
        capacity=fact.capacity,
        polarity=Polarity.AFFIRMED,
        modality=Modality.PLANNED if fact.planned else Modality.ASSERTED,
        tense=Tense.FUTURE if fact.planned else Tense.PRESENT,
        attribution=Attribution.ORGANIZATION,
        when=fact.when,
        replaces=fact.replaces,
        cause=fact.cause,
        tier=Tier.ALERT,
        confidence=1.0,
    )
    source = Source(decision.actor, decision.actor, "decision")
    return Testimony(claim, source, fact.url, fact.clock, fact.claim_id)


def _seated(decision: Decision, pin: Pinned) -> Testimony:
    when = pin.since if pin.since.known else When(None, pin.day)
    words = f"{pin.person} holds the post."
    fact = Stated(
        pin.post,
        pin.person,
        Kind.IN,
        when,
        pin.day,
        words,
        capacity=Capacity.SUBSTANTIVE,
    )
    return _stated(decision, fact)


def _unseats(testimony: Testimony, pin: Pinned) -> bool:
    """Whether a testimony would take the pinned person out of the seat."""
    claim = testimony.claim
    later = claim.when.earliest is not None and claim.when.earliest >= pin.day
    if testimony.clock < pin.day and not later:
        return False
    same = alike(claim.person or "", pin.person)
    if claim.kind is Kind.OUT:
        return same and _of_post(claim, pin.post)
    post = post_of(claim)
    there = post is not None and post_key(post) == post_key(pin.post)
    return there and not same and pin.post.seats == 1
