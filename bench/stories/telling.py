"""Tell a story to a ledger, and put what it says into the words of the story files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bench.stories.story import Item, Story
from rules.model import Capacity
from state.ledger import Ledger
from state.model import Change, ChangeStatus, Holder, MessageType

CHANNEL = "desk"


def tell(ledger: Ledger, story: Story, items: Iterable[Item]) -> list[list[Change]]:
    """Record *items* in their order; return what was told of each."""
    ledger.watch(story.watchlist)
    ledger.begin(story.known, min(item.seen for item in story.items))
    return [list(record(ledger, item)) for item in items]


def record(ledger: Ledger, item: Item) -> tuple[Change, ...]:
    """Record one article, as a daemon does that settled what was due before."""
    ledger.settle(item.seen)
    return ledger.record(
        item.reading,
        feed="https://news.example/feed",
        source=item.source,
        now=item.seen,
        channels=(CHANNEL,),
    )


def in_short(change: Change) -> str:
    """Return a change as story files write it: `succession: Ann Poe > Bo Lind`."""
    kind = change.kind if change.type is MessageType.CHANGE else change.type
    before, after = " + ".join(change.before), " + ".join(change.after)
    between = "".join(f" ({step.person})" for step in change.between)
    return " ".join(f"{kind}: {before} > {after}{between}".split())


def board(ledger: Ledger, story: Story) -> tuple[str, ...]:
    """Return who sits where in the end, one line each: `vision head: Ann Poe (co)`.

    The organisation stands before it when the story has more than one.
    """
    several = len(story.watchlist.organizations) > 1
    return tuple(sorted(_line(h, several=several) for h in ledger.board(story.on)))


def review(ledger: Ledger) -> tuple[str, ...]:
    """Return what waits for a person."""
    return tuple(in_short(c) for c in ledger.log((ChangeStatus.CANDIDATE,)))


def state_hash(ledger: Ledger) -> str:
    """Return one hash of all tenures believed: what any order must come to."""
    facts = sorted(repr(tenure) for tenure in ledger.tenures())
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def _line(holder: Holder, *, several: bool) -> str:
    post = holder.post
    where = f"{post.organization} " if several else ""
    room = f"{post.unit} " if post.unit else ""
    doubt = "" if holder.certain else "?"
    plain = holder.capacity is Capacity.SUBSTANTIVE
    capacity = "" if plain else f" ({holder.capacity})"
    away = " on leave" if holder.away is not None else ""
    return f"{where}{room}{post.role}: {holder.person}{doubt}{capacity}{away}"
