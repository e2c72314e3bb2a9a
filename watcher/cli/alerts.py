"""`alerts`: try the channels, list the deliveries, take up again what was given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, ledger_of, settings_of
from watcher.cli.output import emit_json, emit_table, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.model import Letter
    from watcher.config.settings import ChannelSpec, Settings

HEADERS = ("channel", "change", "state", "tries", "next try", "reason")
app = typer.Typer(
    name="alerts",
    help="Try the channels, list the deliveries, retry what was given up.",
    no_args_is_help=True,
)
ChannelArgument = Annotated[
    str | None, typer.Argument(metavar="[CHANNEL]", help="Only this one.")
]


@app.command("test")
def try_channels(
    context: typer.Context, channel: ChannelArgument = None, config: ConfigOption = None
) -> None:
    """Send a test alert by every channel, or by one; nothing is kept of it."""
    settings = settings_of(context, config)
    specs = _specs(settings, channel)
    failed = asyncio.run(_try_all(settings, specs))
    raise typer.Exit(1 if failed else 0)


@app.command("list")
def list_alerts(
    context: typer.Context,
    dead: Annotated[bool, typer.Option("--dead", help="What was given up.")] = False,
    skipped: Annotated[
        bool, typer.Option("--skipped", help="What was silenced or not routed.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="All there are.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """List the deliveries that wait or were given up."""
    states = {"dead"} if dead else {"skipped"} if skipped else {"pending", "dead"}
    if everything:
        states = {"pending", "dead", "skipped", "delivered"}
    with ledger_of(context, config) as ledger:
        letters = ledger.letters(states)
    if json:
        emit_json([_object(letter) for letter in letters])
    elif letters:
        emit_table(HEADERS, [_row(letter) for letter in letters])
    else:
        say("no deliveries of that kind")


@app.command("retry")
def retry(
    context: typer.Context, channel: ChannelArgument = None, config: ConfigOption = None
) -> None:
    """Let what was given up be sent again by the next round of `watcher run`."""
    from watcher.clock import SystemClock

    with ledger_of(context, config) as ledger:
        names = {letter.channel for letter in ledger.letters(["dead"])}
        wanted = sorted(name for name in names if _is_of(name, channel))
        revived = ledger.revive(wanted, SystemClock().now())
    say(f"{revived} to be sent again")


def _specs(settings: Settings, channel: str | None) -> list[ChannelSpec]:
    from watcher.destinations import destinations

    specs = destinations(settings.channels)
    found = [spec for spec in specs if _is_of(spec.name, channel)]
    if not found:
        known = ", ".join(spec.name for spec in settings.channels)
        raise typer.BadParameter(f"no channel {channel!r}; there are: {known}")
    return found


def _is_of(destination: str, channel: str | None) -> bool:
    from watcher.destinations import channel_of

    return channel is None or channel in {destination, channel_of(destination)}


async def _try_all(settings: Settings, specs: Iterable[ChannelSpec]) -> int:
    """Send a test alert by each; return how many did not take it."""
    from watcher.assembly import writing
    from watcher.channels import CHANNELS
    from watcher.clock import SystemClock
    from watcher.errors import DeliveryError
    from watcher.sample import sample

    failed, alert = 0, sample(SystemClock().now())
    async with writing(settings.network) as client:
        for spec in specs:
            try:
                await CHANNELS[spec.type](spec, client).send(alert)
            except DeliveryError as error:
                failed += 1
                say(f"{spec.name}: failed: {error.reason}")
            else:
                say(f"{spec.name}: sent")
    return failed


def _object(letter: Letter) -> dict[str, str | int | None]:
    waits = letter.state == "pending"
    return {
        "channel": letter.channel,
        "change": letter.change_id,
        "state": letter.state,
        "tries": letter.attempts,
        "next try": letter.next_try_at.isoformat() if waits else None,
        "reason": letter.reason,
    }


def _row(letter: Letter) -> list[str]:
    facts = _object(letter) | {"change": letter.change_id[:8]}
    return ["" if facts[name] is None else str(facts[name]) for name in HEADERS]
