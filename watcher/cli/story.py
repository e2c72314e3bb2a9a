"""A change told at length, for `show`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from state.model import Change
from watcher.alert import headline
from watcher.printable import one_line


def told(change: Change) -> str:
    """Return the change with its facts, its missed steps and its quotes."""
    return "\n".join((one_line(headline(change)), *_facts(change), *_quotes(change)))


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
        "belief": change.belief,
        "recorded": f"{change.recorded_at:%Y-%m-%d %H:%M} UTC",
        "rules": ", ".join(change.rules),
        "supersedes": change.supersedes or "",
    }
    return (f"{name:<12}{one_line(value)}" for name, value in facts.items() if value)


def _quotes(change: Change) -> Iterator[str]:
    for quote in change.quotes:
        yield f"\n“{one_line(quote.text)}”"
        yield f"    {one_line(f'{quote.source} {quote.url}')}"
