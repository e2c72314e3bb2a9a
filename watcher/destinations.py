"""One way out per destination: what one of them took is not sent to it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from watcher.channels import CHANNELS
from watcher.config.settings import ChannelSpec

_APART = "/"


def destinations(specs: Iterable[ChannelSpec]) -> tuple[ChannelSpec, ...]:
    """Return *specs* with one for each of the recipients or addresses of a channel."""
    return tuple(one for spec in specs for one in _apart(spec))


def channel_of(destination: str) -> str:
    """Return the name of the configured channel that a destination belongs to."""
    return destination.partition(_APART)[0]


def _apart(spec: ChannelSpec) -> Iterable[ChannelSpec]:
    kind = CHANNELS[spec.type]
    key = getattr(kind, "MANY", None)
    if key is None:
        return (spec,)
    told: list[str] = kind.Options.model_validate(dict(spec.options)).model_dump()[key]
    label = getattr(kind, "label")  # noqa: B009  only those with MANY have one
    return tuple(
        replace(
            spec,
            name=f"{spec.name}{_APART}{label(one)}",
            options={**spec.options, key: [one]},
        )
        for one in dict.fromkeys(told)
    )
