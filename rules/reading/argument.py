"""What fills a slot: people with their offices, organisations, units."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules.document import OrgRef, PersonRef, UnitRef
from rules.reading.clause import Clause
from rules.reading.items import Item, Office, Sort


@dataclass(frozen=True, slots=True)
class Who:
    """A person filling a slot, with the offices beside the name.

    *certain* is false when a pronoun was bound loosely.
    """

    person: PersonRef
    offices: tuple[Office, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands in one place of the clause."""

    people: tuple[Who, ...] = ()
    offices: tuple[Office, ...] = ()
    organization: OrgRef | None = None
    unit: UnitRef | None = None
    noun: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return not (
            self.people or self.offices or self.organization or self.unit or self.noun
        )


NOTHING = Argument()


def of_item(item: Item) -> Argument:
    """Return the argument that one mention makes."""
    if item.person is not None:
        return Argument((Who(item.person, item.offices),))
    return Argument((), item.offices, item.organization, item.unit)


def opening(clause: Clause, index: int) -> Argument:
    """Read a mention with what follows it: "Halden's team", "the team at Halden"."""
    here = of_item(clause.items[index])
    after = clause.items[index + 1 : index + 3]
    if len(after) < 2:  # noqa: PLR2004  a joiner and a name
        return here
    joiner, other = after[0].low, after[1]
    if here.organization and joiner == "'s" and other.sort is Sort.UNIT:
        return replace(here, unit=other.unit)
    if here.unit and joiner in {"of", "at"} and other.organization:
        return replace(here, organization=other.organization)
    return here


def closing(clause: Clause, index: int) -> Argument:
    """Read a mention with what stands before: "Halden's [tuning team]"."""
    here = of_item(clause.items[index])
    before = index - 1 - (index > 0 and clause.lows[index - 1] == "'s")
    if here.unit and before >= 0 and clause.items[before].organization:
        return replace(here, organization=clause.items[before].organization)
    return here
