"""Teams that are dissolved, merged or renamed: what a text says of the team itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.document import Document, OrgRef, Sentence, UnitRef
from rules.model import Claim, Evidence, Kind, Tier, Watchlist
from rules.reading.argument import NOTHING, Argument
from rules.reading.clause import Clause
from rules.reading.event import Event
from rules.reading.items import Sort

_SURE = 0.95
_FILLERS = frozenset({"as", "to", "the", "its", "simply", "now"})


def nth_team(clause: Clause, end: int, nth: int) -> Argument:
    """Return the *nth* team named behind a verb that ends at item *end*.

    "has been renamed the Perception team" has one, "renamed its vision team the
    Perception team" two.
    """
    found: list[Argument] = []
    for item in clause.items[end:]:
        if item.sort is Sort.UNIT:
            found.append(Argument(unit=item.unit))
        elif item.low not in _FILLERS:
            break
    return found[nth - 1] if len(found) >= nth else NOTHING


def team_claims(
    events: Iterable[Event], document: Document, watchlist: Watchlist
) -> Iterator[Claim]:
    """Yield one claim for each event of a team; context unless it is told as news."""
    watched = {organization.name for organization in watchlist.organizations}
    for event in events:
        unit = event.found.unit
        house = _house(event, document) if unit else None
        if unit is None or house is None:
            continue
        known = watchlist.open or house.name in watched
        yield _claim(event, unit, house, document, known=known)


def _house(event: Event, document: Document) -> OrgRef | None:
    """Return whose team it is: as named beside it, the doer, or the article's."""
    found = event.found
    if found.unit is not None and found.unit.organization:
        return OrgRef(found.unit.organization)
    near = found.object.organization or found.subject.organization
    return near or found.organization or _named(event.sentence) or document.focus


def _named(sentence: Sentence) -> OrgRef | None:
    refs = [s.ref for s in sentence.spans if isinstance(s.ref, OrgRef)]
    return refs[0] if len({ref.name for ref in refs}) == 1 else None


def _claim(
    event: Event, unit: UnitRef, house: OrgRef, document: Document, *, known: bool
) -> Claim:
    status, sentence, found = event.status, event.sentence, event.found
    content = document.article.content
    start, end = sentence.start, sentence.end
    return Claim(
        kind=Kind.VACANT,
        person=None,
        organization=house.name,
        unit=unit.name,
        role="head",
        role_key="head",
        evidence=Evidence(document.article.id, start, end, content[start:end]),
        polarity=status.polarity,
        modality=status.modality,
        tense=status.tense,
        currency=status.currency,
        attribution=status.attribution,
        when=status.when,
        cause=found.rule.cause,
        tier=Tier.ALERT if status.told and known else Tier.CONTEXT,
        confidence=_SURE,
        votes=(found.rule.id,),
        into=found.into.name if found.into else None,
    )
