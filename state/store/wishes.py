"""What a person asks for -> the decision to keep, and the organisations it touches."""

from __future__ import annotations

from sqlite_utils import Database

from state.decision import (
    Accept,
    Action,
    Apart,
    Chair,
    Correct,
    Decision,
    Merge,
    Pin,
    Pinned,
    Reject,
    Ruling,
    Same,
    Split,
    Undo,
    Wish,
)
from state.errors import DecisionError, NotFoundError
from state.fold.posts import post_key, words_match
from state.fold.splits import Place, called
from state.model import Post
from state.store import decisions, naming, spells
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
            return made, touched(db, made)
        case Merge():
            return _naming(db, Action.MERGE, naming.merged(db, wish), chair)
        case Split():
            return _naming(db, Action.SPLIT, naming.parted(db, wish), chair)
        case Pin():
            return _pin(db, wish, chair)
        case Undo():
            return _undo(db, wish, chair)


def touched(db: Database, made: Decision) -> tuple[str, ...]:
    """Return the keys of the organisations whose tenures a decision may change."""
    if made.organization is not None:
        return (made.organization,)
    keys = [key for ruling in made.rulings for key in naming.touched(db, ruling)]
    return tuple(dict.fromkeys(keys))


def _naming(db: Database, action: Action, ruling: Same | Apart, chair: Chair) -> Found:
    made = decisions.named(db, _draft(action, chair, (ruling,)))
    return made, touched(db, made)


def _pin(db: Database, wish: Pin, chair: Chair) -> Found:
    if not wish.person.strip():
        raise DecisionError("a pin needs the name of who holds the post")
    post = _post(db, wish.post)
    place = Place(post.organization)
    person = called(wish.person, place, decisions.standing(db, ()))
    pin = Pinned(post, person, chair.now.date(), wish.since)
    key = organization_key(post.organization)
    made = decisions.named(db, _draft(Action.PIN, chair, (pin,), organization=key))
    return made, (key or "",)


def _post(db: Database, words: str) -> Post:
    """Return the one post with a known tenure that *words* fit."""
    posts = {post_key(t.post): t.post for t in spells.tenures(db)}
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
    rulings: tuple[Ruling, ...],
    target: str | None = None,
    organization: str | None = None,
) -> Decision:
    at, note = chair.now, chair.note
    return Decision("", action, chair.actor, at, rulings, target, organization, note)
