"""The webhook channel: one JSON object a message, posted to the user's own address."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from watcher.alert import Alert
from watcher.config.keys import web_address
from watcher.errors import DeliveryError, FeedError

if TYPE_CHECKING:
    from watcher.config.settings import ChannelSpec
    from watcher.fetch.http import Client
    from watcher.model import Response

_OK = range(200, 300)
_REDIRECT = range(300, 400)
_TRY_AGAIN = frozenset({408, 425, 429})
_SERVER = 500


class WebhookChannel:
    """Posts alerts to one address."""

    class Options(BaseModel):
        """The keys beside name and type."""

        model_config = ConfigDict(
            extra="forbid", strict=True, hide_input_in_errors=True
        )

        url: Annotated[str, AfterValidator(web_address)]
        secret: str | None = None

    def __init__(self, spec: ChannelSpec, client: Client) -> None:
        self._name = spec.name
        self._options = self.Options.model_validate(dict(spec.options))
        self._client = client

    async def send(self, alert: Alert) -> None:
        """Post *alert*; raises DeliveryError unless the answer is 2xx.

        The same id goes out on every repeat, so that the receiver can drop one.
        """
        body = json.dumps(alert.message, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": alert.id,
            **self._signature(body),
        }
        try:
            response = await self._client.post(self._options.url, body, headers)
        except FeedError as error:
            raise DeliveryError(self._name, error.reason) from error
        self._judge(response)

    def _signature(self, body: bytes) -> dict[str, str]:
        """Return the header that proves to who knows the secret that *body* is ours."""
        if self._options.secret is None:
            return {}
        proof = hmac.new(self._options.secret.encode(), body, hashlib.sha256)
        return {"X-Watcher-Signature": f"sha256={proof.hexdigest()}"}

    def _judge(self, response: Response) -> None:
        status = response.status
        if status in _OK:
            return
        if status in _REDIRECT:
            reason = f"answered {status}: configure the address it redirects to"
            raise DeliveryError(self._name, reason, permanent=True)
        raise DeliveryError(
            self._name,
            f"answered {status}",
            permanent=status < _SERVER and status not in _TRY_AGAIN,
            retry_after=response.retry_after,
        )
