"""Two people of one name, told apart as a person decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rules.model import Claim
from state.decision import Apart, Decision, Same
from state.fold.names import folded, person_key, surname
from state.fold.testimony import Testimony
from state.model import StartingTenure


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: at which organisation, in which article if in any."""

    organization: str
    article: str | None = None


def parted(said: Sequence[Testimony], ruling: Apart) -> list[Testimony]:
    """Return the testimonies with the other person's under the other's name."""
    keys = _keys(said, ruling)
    return [_parted(testimony, ruling, keys) for testimony in said]


def told_apart(claim: Claim, splits: Iterable[Apart]) -> Claim:
    """Return a claim under the full name that its person has after *splits*."""
    place = Place(claim.organization or "", claim.evidence.article_id)
    for ruling in splits:
        if covers(ruling, place):
            name = _name(claim.person, ruling, frozenset({person_key(ruling.old)}))
            claim = replace(claim, person=name)
    return claim


def parted_start(known: StartingTenure, ruling: Apart) -> StartingTenure:
    """Return what was known at the start under the name that its person has now."""
    here = covers(ruling, Place(known.post.organization))
    same = person_key(known.person) == person_key(ruling.old)
    return replace(known, person=ruling.new) if here and same else known


def covers(ruling: Apart, place: Place) -> bool:
    """Whether the name is the other person's there."""
    key = folded(place.organization)
    if key in map(folded, ruling.organizations) or place.article in ruling.articles:
        return True
    return bool(ruling.kept) and key not in map(folded, ruling.kept)


def called(person: str, place: Place, decisions: Iterable[Decision]) -> str:
    """Return what *person*, as written there, is called after merges and splits."""
    for ruling in (r for decision in decisions for r in decision.rulings):
        match ruling:
            case Same(noun="organization") if folded(ruling.old) == folded(
                place.organization
            ):
                place = replace(place, organization=ruling.new)
            case Same(noun="person") if person_key(ruling.old) == person_key(person):
                person = ruling.new
            case Apart() if covers(ruling, place):
                same = person_key(ruling.old) == person_key(person)
                person = ruling.new if same else person
            case _:
                pass
    return person


def _keys(said: Iterable[Testimony], ruling: Apart) -> frozenset[str]:
    """Return the keys that mean the split name: its own, and its bare surname.

    The surname alone does only while nobody else bears it here.
    """
    own = person_key(ruling.old)
    names = {t.claim.person for t in said} | {t.claim.replaces for t in said}
    keys = {person_key(name) for name in names if name}
    last = surname(own)
    others = {key for key in keys if " " in key and surname(key) == last} - {own}
    return frozenset({own} if others else {own, last})


def _parted(testimony: Testimony, ruling: Apart, keys: frozenset[str]) -> Testimony:
    claim = testimony.claim
    place = Place(claim.organization or "", claim.evidence.article_id)
    if not covers(ruling, place):
        return testimony
    better = replace(
        claim,
        person=_name(claim.person, ruling, keys),
        replaces=_name(claim.replaces, ruling, keys),
    )
    if better == claim:
        return testimony
    return replace(testimony, claim=better, kept_id=testimony.id)


def _name(name: str | None, ruling: Apart, keys: frozenset[str]) -> str | None:
    theirs = name is not None and person_key(name) in keys
    return ruling.new if theirs else name
