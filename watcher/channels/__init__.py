"""Ways out: one file a channel, one line in CHANNELS."""

from __future__ import annotations

from typing import Protocol

from watcher.alert import Alert
from watcher.channels.apprise import AppriseChannel
from watcher.channels.console import ConsoleChannel
from watcher.channels.email import EmailChannel
from watcher.channels.feedfile import FeedFileChannel
from watcher.channels.webhook import WebhookChannel


class Channel(Protocol):
    """Something that can take an alert to a person."""

    async def send(self, alert: Alert) -> None:
        """Send *alert*; returns when it is taken, raises DeliveryError otherwise."""
        ...


ChannelType = type[
    AppriseChannel | ConsoleChannel | EmailChannel | FeedFileChannel | WebhookChannel
]
CHANNELS: dict[str, ChannelType] = {
    "apprise": AppriseChannel,
    "console": ConsoleChannel,
    "email": EmailChannel,
    "feedfile": FeedFileChannel,
    "webhook": WebhookChannel,
}
