"""A change told at length, for `show`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from state.decision import Decision
from state.model import Change
from watcher.alert import headline, remedy, sureness
from watcher.cli.journal import said
from watcher.printable import one_line


def told(change: Change, decisions: Iterable[Decision] = ()) -> str:
    """Return the change with its facts, missed steps, decisions on it, and quotes."""
    made = _decided(change, decisions)
    lines = (one_line(headline(change)), *_facts(change), *made, *_quotes(change))
    return "\n".join(lines)


def _decided(change: Change, decisions: Iterable[Decision]) -> Iterator[str]:
    """Yield who decided on the change, and who undid that."""
    about = {change.id}
    for made in decisions:
        if made.target in about:
            about.add(made.id)
            words = f"{made.at:%Y-%m-%d %H:%M} UTC {said(made)} [{made.id[:8]}]"
            yield f"{'decided':<12}{one_line(words)}"


def _facts(change: Change) -> Iterator[str]:
    post = change.post
    facts = {
        "change": change.id,
        "kind": f"{change.type}, {change.kind}, {change.status}",
        "post": ", ".join(filter(None, (post.role, post.unit, post.organization))),
        "before": ", ".join(change.before) or "nobody known",
        "after": ", ".join(change.after) or "nobody known",
        "between": "; ".join(
            f"{step.person} {step.start} to {step.end}" for step in change.between
        ),
        "effective": str(change.effective),
        "cause": change.cause or "",
        "belief": sureness(change),
        "recorded": f"{change.recorded_at:%Y-%m-%d %H:%M} UTC",
        "rules": ", ".join(change.rules),
        "supersedes": change.supersedes or "",
        "wrong?": remedy(change) or "",
    }
    return (f"{name:<12}{one_line(value)}" for name, value in facts.items() if value)


def _quotes(change: Change) -> Iterator[str]:
    for quote in change.quotes:
        yield f"\n“{one_line(quote.text)}”"
        yield f"    {one_line(f'{quote.source} {quote.url}')}"
