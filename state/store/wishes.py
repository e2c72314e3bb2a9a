"""What a person asks for -> the decision to keep, and the organisations it touches."""

from __future__ import annotations

from sqlite_utils import Database

from state.decision import (
    Accept,
    Action,
    Chair,
    Correct,
    Decision,
    Merge,
    Pin,
    Pinned,
    Reject,
    Same,
    Undo,
    Wish,
)
from state.errors import DecisionError, NotFoundError
from state.fold.names import folded, person_key
from state.fold.posts import post_key, words_match
from state.model import Post
from state.store import decisions, facts, lookups
from state.store.review import review
from state.store.rows import organization_key

Found = tuple[Decision, tuple[str, ...]]


def decision(db: Database, wish: Wish, chair: Chair) -> Found:
    """Return the decision that *wish* comes to, and the organisations it touches.

    Raises NotFoundError for what is not there, DecisionError for what makes no sense.
    """
    if not chair.actor.strip():
        raise DecisionError("a decision needs the name of who makes it")
    match wish:
        case Accept() | Reject() | Correct():
            made = review(db, wish, chair)
            return made, (made.organization or "",)
        case Merge():
            return _merge(db, wish, chair)
        case Pin():
            return _pin(db, wish, chair)
        case Undo():
            return _undo(db, wish, chair)


def touched(db: Database, made: Decision) -> tuple[str, ...]:
    """Return the keys of the organisations whose tenures a decision may change."""
    if made.organization is not None:
        return (made.organization,)
    (same,) = (r for r in made.rulings if isinstance(r, Same))
    if same.noun == "organization":
        return (folded(same.old), folded(same.new))
    return _organizations_of(db, same.old) + _organizations_of(db, same.new)


def _merge(db: Database, wish: Merge, chair: Chair) -> Found:
    _refuse_odd(db, wish)
    same = Same(wish.noun, wish.old, wish.new)
    made = decisions.named(db, _draft(Action.MERGE, chair, (same,)))
    return made, touched(db, made)


def _refuse_odd(db: Database, wish: Merge) -> None:
    key = person_key if wish.noun == "person" else folded
    if key(wish.old) == key(wish.new):
        raise DecisionError(
            f"{wish.old!r} and {wish.new!r} are one {wish.noun} already"
        )
    for made in decisions.standing(db, ()):
        for one in made.rulings:
            if isinstance(one, Same) and key(one.old) in {key(wish.old), key(wish.new)}:
                raise DecisionError(
                    f"{one.old!r} was merged into {one.new!r} by {made.actor}; "
                    f"name {one.new!r}, or undo {made.id[:8]} first"
                )
    for name in (wish.old, wish.new):
        if not _known(db, wish.noun, name):
            raise NotFoundError(f"the ledger knows no {wish.noun} named {name!r}")


def _known(db: Database, noun: str, name: str) -> bool:
    if noun == "organization":
        return folded(name) in lookups.named_organizations(db)
    return bool(_organizations_of(db, name))


def _organizations_of(db: Database, person: str) -> tuple[str, ...]:
    key = person_key(person)
    found = {org for name, org in lookups.named_people(db) if person_key(name) == key}
    return tuple(sorted(found))


def _pin(db: Database, wish: Pin, chair: Chair) -> Found:
    post = _post(db, wish.post)
    pin = Pinned(post, wish.person, chair.now.date(), wish.since)
    key = organization_key(post.organization)
    made = decisions.named(db, _draft(Action.PIN, chair, (pin,), organization=key))
    return made, (key or "",)


def _post(db: Database, words: str) -> Post:
    """Return the one post with a known tenure that *words* fit."""
    posts = {post_key(t.post): t.post for t in facts.tenures(db)}
    found = [post for post in posts.values() if words_match(post, words)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(f"the ledger knows no post that fits {words!r}")
    names = "; ".join(
        " ".join(filter(None, (p.organization, p.unit, p.role))) for p in found[:5]
    )
    raise NotFoundError(f"{len(found)} posts fit {words!r}: {names}")


def _undo(db: Database, wish: Undo, chair: Chair) -> Found:
    old = decisions.one(db, wish.decision)
    if old.action is Action.UNDO:
        raise DecisionError(f"decision {old.id} is an undoing: decide anew instead")
    if decisions.undone(db, old):
        raise DecisionError(f"decision {old.id} is undone already")
    draft = _draft(Action.UNDO, chair, (), old.id, old.organization)
    return decisions.named(db, draft), touched(db, old)


def _draft(
    action: Action,
    chair: Chair,
    rulings: tuple[Same | Pinned, ...],
    target: str | None = None,
    organization: str | None = None,
) -> Decision:
    at, note = chair.now, chair.note
    return Decision("", action, chair.actor, at, rulings, target, organization, note)
