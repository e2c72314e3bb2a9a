"""Tell a notice by the first channel that takes it: thin, and without a ledger."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from watcher.alert import Alert
from watcher.channels import Channel
from watcher.errors import DeliveryError, TemplateFileError

_log = structlog.get_logger("watcher.announce")


async def announce(channels: Mapping[str, Channel], told: Alert) -> None:
    """Send *told* by one channel, the first that takes it; nobody keeps it if none."""
    for name, channel in channels.items():
        try:
            await channel.send(told)
        except (DeliveryError, TemplateFileError) as error:
            _log.warning("notice not delivered", channel=name, reason=str(error))
        else:
            return
