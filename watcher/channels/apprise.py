"""The apprise channel: ntfy, Slack, Telegram, Matrix and others, one call for each."""

from __future__ import annotations

import hashlib
import importlib
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from watcher.alert import Alert
from watcher.errors import DeliveryError
from watcher.escape import as_chat, as_header
from watcher.rendering import Renderer

if TYPE_CHECKING:
    from watcher.config.settings import ChannelSpec
    from watcher.fetch.http import Client

_TEMPLATES = {"text": "alert.chat", "markdown": "alert.md"}


def _apart(value: object) -> object:
    """Read one text as addresses with blanks between: so they stand in a variable."""
    return value.split() if isinstance(value, str) else value


def service_address(value: str) -> str:
    """Return an address that apprise knows; raises ValueError on any other."""
    if not _apprise().Apprise().add(value):
        raise ValueError("is not an address that apprise knows")
    return value


def _apprise() -> Any:
    """Import apprise, which is large and not everybody's, when it is asked for."""
    try:
        return importlib.import_module("apprise")
    except ImportError:
        reason = "needs apprise: install leadership-watcher[apprise]"
        raise ValueError(reason) from None


class AppriseChannel:
    """Hands alerts to services by their addresses, to each on its own."""

    MANY = "urls"

    class Options(BaseModel):
        """The keys beside name and type; addresses hold secrets."""

        model_config = ConfigDict(
            extra="forbid", strict=True, hide_input_in_errors=True
        )

        urls: Annotated[
            list[Annotated[str, AfterValidator(service_address)]],
            BeforeValidator(_apart),
            Field(min_length=1),
        ]
        format: Literal["text", "markdown"] = "text"

    @staticmethod
    def label(url: str) -> str:
        """Return what tells this address from the others without telling it."""
        return hashlib.sha256(url.encode()).hexdigest()[:8]

    def __init__(self, spec: ChannelSpec, _client: Client) -> None:
        self._name = spec.name
        self._renderer = Renderer(spec.templates)
        self._options = self.Options.model_validate(dict(spec.options))

    async def send(self, alert: Alert) -> None:
        """Hand *alert* over; raises DeliveryError unless the service took it."""
        apprise = _apprise()
        service = apprise.Apprise()
        for url in self._options.urls:
            service.add(url)
        taken = await service.async_notify(
            title=as_chat(as_header(alert.headline)),
            body=self._renderer.render(_TEMPLATES[self._options.format], alert),
            body_format=self._options.format,
        )
        if not taken:
            status = getattr(getattr(taken, "status", taken), "name", "FAILURE")
            raise DeliveryError(self._name, f"the service did not take it ({status})")
