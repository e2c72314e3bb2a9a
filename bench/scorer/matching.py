"""Whether a claim says what an annotator read: the person, the post, the organisation.

Loose where wordings differ ("boss" and "manager", "Orbis" and "Orbis Ltd."), strict on
who: another given name is somebody else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.scorer.annotated import Told
from rules.language.words import words
from rules.model import Claim

_TITLES = words(
    "mr mrs ms miss dr sir dame lord lady prof professor judge general president "
    "senator rev the jr sr ii iii"
)
_SMALL = words(
    "of the for and a an in at to on new former ex then acting interim caretaker "
    "incoming outgoing first s"
)
_LEGAL = words(
    "inc corp co company ltd limited plc llc group holdings fc afc club the of and for "
    "corporation incorporated"
)
_LEADERS = words(
    "head leader chief boss manager coach director president chair executive governor "
    "commissioner dean editor minister commander principal captain chancellor conductor"
)
_SAME = {
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "ceo": "chief",
    "headteacher": "head",
    "leads": "head",
    "lead": "head",
    "leaders": "leader",
    "heads": "head",
    "pm": "prime",
    "premier": "prime",
    "cfo": "finance",
    "financial": "finance",
    "secretary": "minister",
    "vice-chancellor": "chancellor",
    "deputy": "vice",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a claim fits an event: *weight* is for choosing the best of several."""

    whole: bool
    weight: int


def fit(event: Told, claim: Claim) -> Fit | None:
    """Return how *claim* fits *event*, or None if it is about another turn."""
    if event.kind is not claim.kind or not claim.person:
        return None
    person = same_person(event.person, claim.person)
    if not person:
        return None
    role = same_role(event.role, claim.role)
    house = same_organization(
        (event.organization, event.unit), (claim.organization, claim.unit)
    )
    return Fit(role and house, person + 3 * role + 2 * house)


def same_person(one: str, other: str) -> int:
    """Return 0 for another person, more for a fuller match of the two names."""
    first, second = _names(one), _names(other)
    if first == second:
        return 4
    if first[-1] != second[-1]:
        short, long = sorted((first, second), key=len)
        return 2 if set(short) < set(long) else 0
    if 1 in {len(first), len(second)}:
        return 2
    given, also = first[:-1], second[:-1]
    return 3 if set(given) & set(also) or given[0][0] == also[0][0] else 0


def same_role(told: str | None, said: str | None) -> bool:
    """Whether both may name one post; an event without a role takes any."""
    if not told:
        return True
    one, other = _role(told), _role(said or "")
    if not one or not other:
        return one == other
    if "head" in one | other and one & _LEADERS and other & _LEADERS:
        return True
    short = min(one, other, key=len)
    return 2 * len(one & other) >= len(short)


def same_organization(told: Sequence[str | None], said: Sequence[str | None]) -> bool:
    """Whether an organisation or unit of *told* is one of *said*; none takes any."""
    wanted = [name for name in told if name]
    found = [name for name in said if name]
    return not wanted or any(_one_house(a, b) for a in wanted for b in found)


def _one_house(one: str, other: str) -> bool:
    first, second = (tuple(_house(name)) for name in (one, other))
    if set(first) <= set(second) or set(second) <= set(first):
        return bool(first and second)
    return _initials(first) == "".join(second) or _initials(second) == "".join(first)


def _initials(parts: Sequence[str]) -> str:
    return "".join(part[0] for part in parts)


def _house(name: str) -> Iterator[str]:
    parts = list(_plain(name))
    kept = [part for part in parts if part not in _LEGAL]
    yield from kept or parts


def _names(name: str) -> list[str]:
    parts = list(_plain(name))
    return [part for part in parts if part not in _TITLES] or parts or [""]


def _role(role: str) -> set[str]:
    parts = (_SAME.get(part, part) for part in _plain(role))
    return {part for part in parts if part not in _SMALL}


def _plain(text: str) -> Iterator[str]:
    """Yield the words of *text*, small, without accents or marks."""
    spread = unicodedata.normalize("NFKD", text.lower().replace("\u2019s", ""))
    letters = "".join(
        char if char.isalnum() or char == "-" else " "
        for char in spread.replace("'s", "").replace("'", "")
        if not unicodedata.combining(char)
    )
    yield from letters.split()
