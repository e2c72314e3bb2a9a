"""A person's word on one change -> the decision to keep: accept, reject, correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlite_utils import Database

from state.decision import (
    Accept,
    Action,
    Chair,
    Correct,
    Decision,
    Reject,
    Ruling,
    Stated,
)
from state.errors import DecisionError
from state.fold.names import folded
from state.fold.rulings import home, homed
from state.fold.splits import Place, called
from state.model import Change, ChangeStatus, MessageType
from state.news.verdicts import Matter, acceptance, amendment, rejection, relocation
from state.store import changes, decisions, lookups, queries, spells
from state.store.rows import organization_key

Rule = Callable[[Matter], tuple[Ruling, ...]]

_FINAL = frozenset({Action.ACCEPT, Action.REJECT})


def review(db: Database, wish: Accept | Reject | Correct, chair: Chair) -> Decision:
    """Return the decision that *wish* comes to.

    Raises NotFoundError for an unknown change, DecisionError for one that cannot be
    decided on so.
    """
    change = _open(db, wish.change)
    match wish:
        case Accept():
            _refuse_unless(
                change, ChangeStatus.CANDIDATE, "it does not wait for review"
            )
            return _made(db, Action.ACCEPT, change, chair, acceptance)
        case Reject():
            return _made(db, Action.REJECT, change, chair, rejection)
        case Correct():
            _refuse_empty(wish)
            _refuse_unless(change, ChangeStatus.TOLD, "accept it first")
            return _made(db, Action.CORRECT, change, chair, _amender(db, change, wish))


def _amender(db: Database, change: Change, wish: Correct) -> Rule:
    """Return what rules as *wish* says, under the names that count now."""
    merges = decisions.standing(db, ())
    told_at = homed(change.post, merges).organization
    named = wish.organization or told_at
    right_at = homed(replace(change.post, organization=named), merges).organization
    person = wish.person and called(wish.person, Place(right_at), merges)
    right = replace(wish, person=person, organization=right_at)
    rule = amendment if folded(right_at) == folded(told_at) else relocation
    return lambda matter: rule(matter, right)


def _refuse_unless(change: Change, status: ChangeStatus, why: str) -> None:
    if change.status is not status:
        raise DecisionError(f"change {change.id} is {change.status}: {why}")


def _refuse_empty(wish: Correct) -> None:
    names = wish.person, wish.role, wish.organization
    if wish.when is None and wish.unit is None and not any(names):
        raise DecisionError("nothing to correct: say the right date, name or post")
    if any(name is not None and not name.strip() for name in names):
        raise DecisionError("nothing to correct: a name of blanks is none")


def _open(db: Database, id_prefix: str) -> Change:
    """Return a change that may be decided on, which no standing decision has closed."""
    change = queries.change(db, id_prefix)
    if change.type is MessageType.RETRACTION or change.status is ChangeStatus.NOTED:
        reason = f"is a {change.type} that is {change.status}: nothing to decide on"
        raise DecisionError(f"change {change.id} {reason}")
    for made in decisions.on(db, change.id):
        if made.action in _FINAL:
            raise DecisionError(
                f"change {change.id} was decided on {made.at:%Y-%m-%d} by {made.actor} "
                f"({made.action}); undo {made.id[:8]} first"
            )
    heir = changes.heir(db, change.id)
    if heir is not None:
        raise DecisionError(f"change {change.id} was taken back by {heir[:8]}")
    return change


def _made(
    db: Database,
    action: Action,
    change: Change,
    chair: Chair,
    rule: Rule,
) -> Decision:
    merges = decisions.standing(db, ())
    article = changes.article_of(db, change.id)
    change = _as_called(change, article, merges)
    key = home(organization_key(change.post.organization) or "", merges)
    matter = Matter(
        change,
        spells.tenures(db, key),
        changes.sides_of(db, change.id, standing=False),
        lookups.clock_of_article(db, article) or change.recorded_at.date(),
        lookups.quoted(db, article, [quote.text for quote in change.quotes]),
    )
    rulings = rule(matter)
    if not rulings:
        raise DecisionError(f"change {change.id} tells of nobody to decide on")
    elsewhere = action is Action.CORRECT and any(isinstance(r, Stated) for r in rulings)
    where = None if elsewhere else key
    return decisions.named(
        db,
        Decision(
            "", action, chair.actor, chair.now, rulings, change.id, where, chair.note
        ),
    )


def _as_called(
    change: Change, article: str | None, merges: tuple[Decision, ...]
) -> Change:
    """Return *change* under the names that its people and its post have by now."""
    place = Place(change.post.organization, article)
    return replace(
        change,
        post=homed(change.post, merges),
        before=tuple(called(person, place, merges) for person in change.before),
        after=tuple(called(person, place, merges) for person in change.after),
    )
