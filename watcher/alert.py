"""A change put into words: the headline, the message object, the text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rules.model import Capacity
from rules.when import When
from state.model import (
    Change,
    ChangeKind,
    ChangeStatus,
    MessageType,
    Post,
    Quote,
    Step,
)
from watcher.escape import cut
from watcher.printable import one_line
from watcher.saydate import exactly, in_words, precision

LONGEST_HEADLINE = 300
_LEADS = frozenset({"head"})
_STANDING_IN = frozenset({Capacity.INTERIM, Capacity.ACTING})


@dataclass(frozen=True, slots=True)
class Alert:
    """A change in words. *id* is the change's, the same on every repeat.

    *follows* is the id of the alert that this one corrects; *parts* are those that a
    digest is made of.
    """

    id: str
    headline: str
    text: str
    message: dict[str, Any]
    follows: str | None = None
    parts: tuple[Alert, ...] = ()


def alert(change: Change) -> Alert:
    """Return *change* in words, for any channel."""
    said, facts = text(change), message(change)
    return Alert(change.id, headline(change), said, facts, change.supersedes)


def message(change: Change) -> dict[str, Any]:
    """Return *change* as the JSON object that webhooks get and `log --json` prints."""
    return {
        "id": change.id,
        "type": change.type.value,
        "kind": change.kind.value,
        "headline": headline(change),
        "organization": change.post.organization,
        "unit": change.post.unit,
        "role": change.post.role,
        "before": list(change.before),
        "after": list(change.after),
        "effective": _date(change.effective),
        "belief": change.belief.value,
        "quotes": [_quote(quote) for quote in change.quotes],
        "recorded_at": change.recorded_at.isoformat().replace("+00:00", "Z"),
        "between": [_step(step) for step in change.between],
        "capacity": change.capacity.value,
        "cause": change.cause,
        "rules": list(change.rules),
        "supersedes": change.supersedes,
        "moved_from": _origin(change.moved_from),
        "status": change.status.value,
        "since": exactly(change.effective),
        "precision": precision(change.effective),
        "sureness": sureness(change),
        "sources": change.sources,
        "correct": remedy(change),
    }


def headline(change: Change) -> str:
    """Return one line for a lock screen: which post, and what happened to it."""
    return cut(one_line(f"{_place(change.post)}: {_what(change)}"), LONGEST_HEADLINE)


def text(change: Change) -> str:
    """Return all that a person wants to know of *change*, over several lines.

    What is not known has no line.
    """
    facts = (exactly(change.effective), sureness(change), change.cause)
    remedied = remedy(change)
    lines = [
        headline(change),
        *_sides(change),
        *(f"  in between: {_stay(step)}" for step in change.between),
        f"  {'; '.join(fact for fact in facts if fact)}",
        *(line for quote in change.quotes for line in _cited(quote)),
        *([f"  why: {', '.join(change.rules)}"] if change.rules else []),
        *([f"  wrong? {remedied}"] if remedied else []),
        f"  more: watcher show {change.id[:8]}",
    ]
    return "\n".join(f"{' ' * _indent(line)}{one_line(line)}" for line in lines)


def sureness(change: Change) -> str:
    """Return how sure the ledger is, and by how many independent sources if known.

    Of what is taken back, nobody counts who said so.
    """
    told, belief = change.sources, change.belief.value
    if told is None or change.type is MessageType.RETRACTION:
        return belief
    return f"{belief} by {told} independent source{'' if told == 1 else 's'}"


def remedy(change: Change) -> str | None:
    """Return the command that takes back a wrong *change*, if one can."""
    final = change.type is MessageType.RETRACTION
    if final or change.status is ChangeStatus.NOTED:
        return None
    return f"watcher decide reject {change.id[:8]}"


def _sides(change: Change) -> list[str]:
    """Return who was in the post and who is; whom nobody named is left out."""
    role, before, after = change.post.role, _names(change.before), _names(change.after)
    if before and after:
        return [f"  {role}: {before} -> {after}"]
    return [f"  {role} before: {before}"] * bool(before) + [
        f"  {role} after: {after}"
    ] * bool(after)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(post: Post) -> str:
    return f"{post.organization} {post.unit}" if post.unit else post.organization


def _what(change: Change) -> str:
    match change.type:
        case MessageType.CORRECTION:
            return f"correction: {_settled(change)}"
        case MessageType.RETRACTION:
            return f"retraction: {_taken_back(change)}"
        case MessageType.CHANGE | MessageType.UPDATE:
            return _news(change)


def _taken_back(change: Change) -> str:
    """Say what does not stand: a coming (who is gone again) or a going (who stays)."""
    if change.before and not change.after:
        return (
            f"the report of {_names(change.before)} as {change.post.role} is withdrawn"
        )
    if change.after and not change.before:
        stay = "stay" if len(change.after) > 1 else "stays"
        return f"{_names(change.after)} {stay} as {change.post.role}"
    return (
        f"the report of {_names(change.before)} as {change.post.role} is withdrawn; "
        f"it is {_names(change.after)} as before"
    )


def _settled(change: Change) -> str:
    if change.after:
        return f"{_names(change.after)} {_is(change)} {change.post.role}"
    return f"{_names(change.before)} not {change.post.role}"


def _news(change: Change) -> str:
    after, role = _names(change.after), change.post.role
    before, leads = _names(change.before), change.post.role_key in _LEADS
    match change.kind:
        case ChangeKind.CATCH_UP:
            between = "; ".join(f"{_stay(step)} in between" for step in change.between)
            now = "lead" if len(change.after) > 1 else "leads"
            said = f"{after} now {now}" if leads else f"{after} is now {role}"
            had = f"; we had {before}" if before else ""
            return said + had + (f"; {between}" if between else "")
        case ChangeKind.PLANNED:
            return _plan(change)
        case ChangeKind.EFFECTIVE:
            return f"as announced, {_outcome(change)}"
        case _:
            return _outcome(change)


def _plan(change: Change) -> str:
    after, before, role = _names(change.after), _names(change.before), change.post.role
    day = f" ({in_words(change.effective)})" if _is_day_ahead(change) else ""
    if not after:
        return f"{before} to leave as {role}{day}"
    instead = f", succeeding {before}" if before else ""
    return f"{after} to become {_as(change)}{instead}{day}"


def _outcome(change: Change) -> str:
    after, before, role = _names(change.after), _names(change.before), change.post.role
    if not after:
        return _going(change)
    match change.kind:
        case ChangeKind.RENAMED:
            return f"{change.cause}; {before} still {role}"
        case ChangeKind.MOVE if change.moved_from is not None:
            said = f"{after} moves over as {_as(change)}"
            return f"{said} from {_room(change.moved_from)}"
        case ChangeKind.RETURN:
            said = f"{after} back as {role}"
        case ChangeKind.CO_LEAD:
            return f"{after} now shares the post of {role}"
        case _ if before:
            return f"{after} succeeds {before} as {_as(change)}"
        case _:
            said = f"{after} named {_as(change)}"
    return said + (f", in place of {before}" if before else "")


def _going(change: Change) -> str:
    before, role = _names(change.before), change.post.role
    match change.kind:
        case ChangeKind.LEAVE:
            return f"{before} on leave as {role}"
        case ChangeKind.DISSOLVED:
            return f"the team is {change.cause}; {before} out as {role}"
        case _:
            cause = f" ({change.cause})" if change.cause else ""
            return f"{before} out as {role}{cause}"


def _room(post: Post) -> str:
    return f"{post.unit} ({post.role})" if post.unit else post.role


def _as(change: Change) -> str:
    """Return the role as the people come into it: interim, acting or for good."""
    role, capacity = change.post.role, change.capacity.value
    passing = change.capacity in _STANDING_IN and capacity not in role
    return f"{capacity} {role}" if passing else role


def _is(change: Change) -> str:
    return "are" if len(change.after) > 1 else "is"


def _names(people: tuple[str, ...]) -> str:
    *rest, last = people or ("",)
    return f"{', '.join(rest)} and {last}" if rest else last


def _stay(step: Step) -> str:
    since, until = step.start, step.end
    if since.known and until.known and "/" not in f"{since}{until}":
        return f"{step.person} ({since} to {until})"
    known = [f"came {in_words(since)}"] if since.known else []
    known += [f"went {in_words(until)}"] if until.known else []
    return f"{step.person} ({', '.join(known)})" if known else step.person


def _origin(post: Post | None) -> dict[str, str | None] | None:
    return {"unit": post.unit, "role": post.role} if post is not None else None


def _step(step: Step) -> dict[str, Any]:
    return {
        "person": step.person,
        "since": _date(step.start),
        "until": _date(step.end),
    }


def _date(when: When) -> str | None:
    return str(when) if when.known else None


def _is_day_ahead(change: Change) -> bool:
    """Whether a plan says more of its day than that it is still to come."""
    return change.effective.latest is not None


def _quote(quote: Quote) -> dict[str, str]:
    return {"text": quote.text, "url": quote.url, "source": quote.source}


def _cited(quote: Quote) -> tuple[str, str]:
    return (f'  "{quote.text}"', f"    {quote.source} {quote.url}".rstrip())
