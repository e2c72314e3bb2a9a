"""The console channel: alerts as text on standard output."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from watcher.alert import Alert
from watcher.errors import DeliveryError

if TYPE_CHECKING:
    from watcher.config.settings import ChannelSpec
    from watcher.fetch.http import Client


class ConsoleChannel:
    """Prints alerts. Its own options: none."""

    class Options(BaseModel):
        """The keys beside name and type."""

        model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def __init__(self, spec: ChannelSpec, _client: Client) -> None:
        self._name = spec.name

    async def send(self, alert: Alert) -> None:
        """Print *alert*; raises DeliveryError when standard output is gone."""
        # So the program's start puts it when it finds it closed: nobody reads there.
        if getattr(sys.stdout, "name", None) == os.devnull:
            raise DeliveryError(self._name, "cannot print: standard output is closed")
        try:
            sys.stdout.write(f"{alert.text}\n\n")
            sys.stdout.flush()
        except (OSError, ValueError) as error:
            raise DeliveryError(self._name, f"cannot print: {error}") from error
