"""Teams that got another name, and teams that are no more: laid over the claims. Pure.

A team keeps its identity when it is renamed: claims under the new name count for the
name that the user started with, or else for the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.model import Kind
from state.fold.names import folded
from state.fold.testimony import RENAMED, Testimony
from state.model import StartingTenure

Names = Mapping[str, str]


def under_one_name(
    testimonies: Iterable[Testimony], baselines: Iterable[StartingTenure] = ()
) -> tuple[Testimony, ...]:
    """Return the testimonies of one organisation with each team under one name."""
    said = tuple(testimonies)
    links = [t for t in said if t.claim.cause == RENAMED and t.usable]
    if not links:
        return said
    known = {folded(b.post.unit): b.post.unit for b in baselines if b.post.unit}
    names = _names(sorted(links, key=lambda t: (t.clock, t.id)), known)
    return tuple(_under(t, names) for t in said)


def _names(links: Iterable[Testimony], known: Names) -> Names:
    """Return which name each other one stands for, keys folded."""
    home: dict[str, str] = {}
    for link in links:
        old, new = link.claim.unit or "", link.claim.into or ""
        first = home.get(folded(old), known.get(folded(old), old))
        last = home.get(folded(new), known.get(folded(new), first))
        kept = last if folded(new) in known else first
        for name in (old, new):
            home[folded(name)] = kept
        home |= {k: kept for k, v in home.items() if v in {first, last}}
    return home


def _under(testimony: Testimony, names: Names) -> Testimony:
    claim = testimony.claim
    name = names.get(folded(claim.unit)) if claim.unit else None
    if name is None or name == claim.unit or claim.kind is Kind.VACANT:
        return testimony
    return replace(testimony, claim=replace(claim, unit=name), kept_id=testimony.id)
