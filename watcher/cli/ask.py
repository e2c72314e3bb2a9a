"""`who`, `log` and `show`: what the ledger holds, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import (
    AsKnownOption,
    ConfigOption,
    JsonOption,
    OnOption,
    ledger_of,
)
from watcher.cli.output import emit, emit_json, emit_table, say

if TYPE_CHECKING:
    from rules.when import When
    from state.model import ChangeStatus, Holder

HEADERS = (
    "organization",
    "unit",
    "role",
    "person",
    "capacity",
    "since",
    "until",
    "belief",
)


def who(
    context: typer.Context,
    post: Annotated[
        str | None, typer.Argument(help='Words of a post: "openai post-training".')
    ] = None,
    on: OnOption = None,
    as_known: AsKnownOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print who holds which post.

    That is as the ledger knows it now, on a day, or as it was known on a day.
    """
    with ledger_of(context, config) as ledger:
        holders = ledger.who(post, on, as_known)
    if json:
        emit_json([_object(holder) for holder in holders])
    elif holders:
        emit_table(HEADERS, [_row(holder) for holder in holders])
    else:
        say("nobody is known to hold such a post")


def log(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was noted silently.")
    ] = False,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also what waits for review.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print the changes that were told, and what people decided.

    The oldest comes first. With --json a decision has the type "decision".
    """
    from watcher.cli.journal import as_objects, as_rows, waiting

    statuses = _statuses(everything=everything, candidates=candidates)
    with ledger_of(context, config) as ledger:
        changes, decisions = ledger.log(statuses), ledger.decisions()
    if not everything:
        changes = waiting(changes, decisions)
    if json:
        emit_json(as_objects(changes, decisions))
    elif changes or decisions:
        headers = ("id", "recorded", "status", "headline")
        emit_table(headers, as_rows(changes, decisions))
    else:
        say("no changes yet")


def _statuses(*, everything: bool, candidates: bool) -> tuple[ChangeStatus, ...]:
    from state.model import ChangeStatus

    if everything:
        return tuple(ChangeStatus)
    if candidates:
        return (ChangeStatus.TOLD, ChangeStatus.CANDIDATE)
    return (ChangeStatus.TOLD,)


def show(
    context: typer.Context,
    change: Annotated[str, typer.Argument(help="The id, or its first letters.")],
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Print one change with its quotes.

    And with their places, and the rules that read them.
    """
    from watcher.alert import message
    from watcher.cli.story import told

    with ledger_of(context, config) as ledger:
        found, decisions = ledger.change(change), ledger.decisions()
    if json:
        emit_json(message(found))
    else:
        emit(told(found, decisions))


def _object(holder: Holder) -> dict[str, str | bool | None]:
    return {
        "organization": holder.post.organization,
        "unit": holder.post.unit,
        "role": holder.post.role,
        "person": holder.person,
        "capacity": holder.capacity.value,
        "since": _date(holder.since),
        "until": _date(holder.until),
        "belief": holder.belief.value,
        "certain": holder.certain,
        "on_leave": _date(holder.away) or "yes" if holder.away else None,
    }


def _row(holder: Holder) -> list[str]:
    facts = _object(holder)
    cells = [str(facts[name] or "") for name in HEADERS]
    if holder.away:
        cells[HEADERS.index("capacity")] += ", on leave"
    return cells if holder.certain else [*cells[:-1], f"{cells[-1]}, possibly"]


def _date(when: When) -> str | None:
    return str(when) if when.known else None
