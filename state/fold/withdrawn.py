"""Plans that somebody took back before their day: who was to come or to go. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules.model import Kind
from state.fold.moments import Moment
from state.fold.resolve import Said

Plans = tuple[list[Moment], list[Moment]]


def parted(found: Iterable[Moment], denials: Iterable[Said]) -> Plans:
    """Return the moments that stand, and the plans that were taken back.

    A plan falls when a later article denies it and its day had not come by then; an
    article that announces it anew lets it stand.
    """
    said = tuple(denials)
    stand: list[Moment] = []
    fallen: list[Moment] = []
    for moment in found:
        (fallen if _is_denied(moment, said) else stand).append(moment)
    return stand, fallen


def _is_denied(moment: Moment, denials: tuple[Said, ...]) -> bool:
    return moment.planned and any(_denies(d, moment) for d in denials)


def _denies(denial: Said, moment: Moment) -> bool:
    testimony = denial.testimony
    came = moment.anchor != date.max and moment.anchor <= testimony.clock
    same = (denial.person, testimony.claim.kind) == (moment.person, moment.kind)
    return same and testimony.clock > moment.clock and not came


def deniers(moment: Moment, denials: Iterable[Said]) -> list[Said]:
    """Return the denials that took *moment* back, oldest first."""
    found = [d for d in denials if _denies(d, moment)]
    return sorted(found, key=lambda d: (d.testimony.clock, d.testimony.id))


def comings(fallen: Iterable[Moment]) -> list[Moment]:
    """Return, of plans taken back, those of people who then never came."""
    came = [m for m in fallen if m.kind is Kind.IN]
    return sorted(came, key=lambda m: (m.anchor, m.person))
