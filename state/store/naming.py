"""A person's word on names -> what it rules: two names one, or one name two."""

from __future__ import annotations

from sqlite_utils import Database

from state.decision import (
    Amended,
    Apart,
    Dismissed,
    Merge,
    Pinned,
    Ruling,
    Same,
    Split,
    Stated,
)
from state.errors import DecisionError, NotFoundError
from state.fold.names import alike, folded, person_key
from state.fold.rulings import home
from state.fold.splits import Place, called
from state.store import decisions, lookups


def merged(db: Database, wish: Merge) -> Same:
    """Return what a merger rules.

    Raises NotFoundError for an unknown name, DecisionError for names that are one
    already or that a standing merger has given up.
    """
    key = person_key if wish.noun == "person" else folded
    if key(wish.old) == key(wish.new):
        raise DecisionError(
            f"{wish.old!r} and {wish.new!r} are one {wish.noun} already"
        )
    for name in (wish.old, wish.new):
        _refuse_given_up(db, wish.noun, name)
    for name in (wish.old, wish.new):
        if not _known(db, wish.noun, name):
            raise NotFoundError(f"the ledger knows no {wish.noun} named {name!r}")
    return Same(wish.noun, wish.old, wish.new)


def parted(db: Database, wish: Split) -> Apart:
    """Return what a split rules.

    Raises NotFoundError for a person, organisation or article that is not known so,
    DecisionError for a split that parts nothing or was made before.
    """
    if not (wish.organizations or wish.articles or wish.kept):
        raise DecisionError("nothing to split: say which organisation or article")
    if not wish.new.strip() or alike(wish.person, wish.new):
        raise DecisionError(f"{wish.new!r} is no other name than {wish.person!r}")
    _refuse_given_up(db, "person", wish.person)
    _refuse_strangers(db, wish)
    articles = tuple(_article(db, name, wish.person) for name in wish.articles)
    ruling = Apart(wish.person, wish.new, wish.organizations, articles, wish.kept)
    _refuse_again(db, ruling)
    return ruling


def touched(db: Database, ruling: Ruling) -> tuple[str, ...]:
    """Return the keys of the organisations whose tenures a ruling may change."""
    match ruling:
        case Same(noun="organization"):
            return (folded(ruling.old), folded(ruling.new))
        case Same():
            return organizations_of(db, ruling.old) + organizations_of(db, ruling.new)
        case Apart():
            return organizations_of(db, ruling.old)
        case Dismissed() | Amended():
            return (folded(ruling.event.post.organization),)
        case Stated() | Pinned():
            return (folded(ruling.post.organization),)


def organizations_of(db: Database, person: str) -> tuple[str, ...]:
    """Return the keys of the organisations that *person* is named with.

    That is as articles write the name, or as standing decisions make it of another.
    """
    keys, found = {person_key(person)}, set()
    standing = [r for made in decisions.all_standing(db) for r in made.rulings]
    for ruling in reversed(standing):
        match ruling:
            case Apart() | Same(noun="person") if person_key(ruling.new) in keys:
                keys.add(person_key(ruling.old))
            case Amended(event=event, person=str(name)) if person_key(name) in keys:
                found.add(folded(event.post.organization))
            case Stated() | Pinned() if person_key(ruling.person) in keys:
                found.add(folded(ruling.post.organization))
            case _:
                pass
    named = lookups.named_people(db)
    found |= {org for name, org in named if person_key(name) in keys}
    return tuple(sorted(found))


def _known(db: Database, noun: str, name: str) -> bool:
    if noun == "organization":
        return folded(name) in lookups.named_organizations(db)
    return bool(organizations_of(db, name))


def _refuse_given_up(db: Database, noun: str, name: str) -> None:
    key = person_key if noun == "person" else folded
    for made in decisions.standing(db, ()):
        for one in made.rulings:
            if isinstance(one, Same) and one.noun == noun and key(one.old) == key(name):
                raise DecisionError(
                    f"{one.old!r} was merged into {one.new!r} by {made.actor}; "
                    f"name {one.new!r}, or undo {made.id[:8]} first"
                )


def _refuse_strangers(db: Database, wish: Split) -> None:
    """Refuse organisations at which nobody of that name is known."""
    merges = decisions.standing(db, ())
    where = {home(key, merges) for key in organizations_of(db, wish.person)}
    if not where:
        raise NotFoundError(f"the ledger knows no person named {wish.person!r}")
    for name in (*wish.organizations, *wish.kept):
        _refuse_given_up(db, "organization", name)
        if folded(name) not in where:
            raise NotFoundError(f"the ledger knows no {wish.person!r} at {name!r}")


def _article(db: Database, name: str, person: str) -> str:
    """Return the id of the article of that id or address, which names *person*."""
    found = lookups.article(db, name)
    if found is None:
        raise NotFoundError(f"the ledger has no article {name!r}")
    place, merges = Place("", found), decisions.standing(db, ())
    names = (called(other, place, merges) for other in lookups.named_in(db, found))
    if not any(alike(other, person) for other in names):
        raise NotFoundError(f"article {found!r} claims nothing of {person!r}")
    return found


def _refuse_again(db: Database, ruling: Apart) -> None:
    for made in decisions.standing(db, ()):
        for one in made.rulings:
            if isinstance(one, Apart) and _overlap(one, ruling):
                raise DecisionError(
                    f"{one.old!r} was split from {one.new!r} there by {made.actor}; "
                    f"undo {made.id[:8]} first"
                )


def _overlap(one: Apart, other: Apart) -> bool:
    places = [set(map(folded, apart.organizations)) for apart in (one, other)]
    both_keep = bool(one.kept and other.kept)
    shared = places[0] & places[1] or set(one.articles) & set(other.articles)
    same = person_key(one.old) == person_key(other.old)
    return same and (both_keep or bool(shared))
