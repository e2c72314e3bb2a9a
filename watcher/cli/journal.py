"""The log: changes and decisions in the order in which they were taken down. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from state.decision import Action, Amended, Apart, Decision, Pinned, Same, Stated
from state.model import Change, ChangeStatus
from watcher.alert import headline, message

Entry = Change | Decision


def as_objects(
    changes: Iterable[Change], decisions: Iterable[Decision]
) -> list[dict[str, Any]]:
    """Return the log as JSON objects: messages, and decisions among them."""
    return [
        _object(entry) if isinstance(entry, Decision) else message(entry)
        for entry in _ordered(changes, decisions)
    ]


def waiting(
    changes: Iterable[Change], decisions: Iterable[Decision]
) -> tuple[Change, ...]:
    """Return the changes without the candidates that somebody has decided on."""
    made = tuple(decisions)
    undone = {d.target for d in made if d.action is Action.UNDO}
    decided = {d.target for d in made if d.id not in undone}
    return tuple(
        c
        for c in changes
        if c.status is not ChangeStatus.CANDIDATE or c.id not in decided
    )


def as_rows(
    changes: Iterable[Change], decisions: Iterable[Decision]
) -> list[tuple[str, str, str, str]]:
    """Return the log as rows: id, time, status and one line of words."""
    return [
        (entry.id[:8], f"{_time(entry):%Y-%m-%d %H:%M}", *_words(entry))
        for entry in _ordered(changes, decisions)
    ]


def _ordered(changes: Iterable[Change], decisions: Iterable[Decision]) -> list[Entry]:
    """Put a decision before the changes that came of it, in the same instant."""
    entries: list[Entry] = [*decisions, *changes]
    return sorted(entries, key=_time)


def _time(entry: Entry) -> datetime:
    return entry.at if isinstance(entry, Decision) else entry.recorded_at


def _words(entry: Entry) -> tuple[str, str]:
    if isinstance(entry, Decision):
        return "decided", said(entry)
    return entry.status, headline(entry)


def said(decision: Decision) -> str:
    """Return who decided what, and why, in one line."""
    note = f" ({decision.note})" if decision.note else ""
    target = f" {decision.target[:8]}" if decision.target else ""
    facts = ", ".join(_facts(decision))
    about = f": {facts}" if facts else ""
    return f"{decision.actor}: {decision.action}{target}{about}{note}"


def _facts(decision: Decision) -> Iterator[str]:
    """Yield what the decision says of names, posts and days, each once."""
    lines = [_fact(ruling) for ruling in decision.rulings]
    if decision.action is Action.CORRECT:
        lines += [_moved(r) for r in decision.rulings if isinstance(r, Stated)]
    return iter(dict.fromkeys(line for found in lines for line in found))


def _fact(ruling: object) -> tuple[str, ...]:
    match ruling:
        case Same(old=old, new=new):
            return (f"{old} is {new}",)
        case Apart(old=old, new=new):
            return (f"{old}, {_where(ruling)}, is {new}",)
        case Pinned(post=post, person=person):
            return (f"{person} is {post.role} of {post.unit or post.organization}",)
        case Amended(when=when, person=person, role=role, unit=unit):
            return tuple(str(fact) for fact in (when, person, role, unit) if fact)
        case _:
            return ()


def _moved(fact: Stated) -> tuple[str]:
    """Return which organisation's post it is after all."""
    post = fact.post
    whole = f" of {post.organization}" if post.unit else ""
    return (f"{fact.person}, {post.role} of {post.unit or post.organization}{whole}",)


def _where(split: Apart) -> str:
    """Return where a name is the other person's."""
    here = [*(f"at {name}" for name in split.organizations)]
    here += [f"in article {name}" for name in split.articles]
    here += [f"not at {' or '.join(split.kept)}"] if split.kept else []
    return " and ".join(here)


def _object(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "type": "decision",
        "action": decision.action.value,
        "actor": decision.actor,
        "target": decision.target,
        "facts": list(_facts(decision)),
        "note": decision.note,
        "recorded_at": decision.at.isoformat().replace("+00:00", "Z"),
    }
