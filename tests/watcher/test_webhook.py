"""A webhook's receiver can prove that a message is ours."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import UTC, datetime

from pytest_httpserver import HTTPServer

from watcher.channels.webhook import WebhookChannel
from watcher.config.settings import ChannelSpec
from watcher.fetch.http import Client
from watcher.sample import sample

NEWS = sample(datetime(2026, 3, 2, 12, tzinfo=UTC))


def post(server: HTTPServer, options: dict[str, str]) -> dict[str, str]:
    server.expect_request("/hook").respond_with_data("")
    options = {**options, "url": server.url_for("/hook")}

    async def go() -> None:
        async with Client(None, user_agent="test") as client:
            channel = WebhookChannel(ChannelSpec("desk", "webhook", options), client)
            await channel.send(NEWS)

    asyncio.run(go())
    request = server.log[0][0]
    return {**request.headers, "body": request.data.decode()}


def test_a_message_is_signed_with_the_secret_which_is_not_in_it(
    httpserver: HTTPServer,
) -> None:
    got = post(httpserver, {"secret": "hidden-key"})
    proof = hmac.new(b"hidden-key", got["body"].encode(), hashlib.sha256)
    assert got["X-Watcher-Signature"] == f"sha256={proof.hexdigest()}"
    assert got["Idempotency-Key"] == NEWS.id
    assert "hidden-key" not in str(got)


def test_without_a_secret_nothing_is_signed(httpserver: HTTPServer) -> None:
    assert "X-Watcher-Signature" not in post(httpserver, {})
