"""Services behind apprise get each alert once, each on its own, and inert."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from pydantic import ValidationError
from pytest_httpserver import HTTPServer

from watcher.alert import Alert
from watcher.channels.apprise import AppriseChannel
from watcher.config.settings import ChannelSpec
from watcher.destinations import channel_of, destinations
from watcher.errors import DeliveryError
from watcher.fetch.http import Client

NEWS = Alert("c0ffee01", "Halden: Ana Prieto named CEO", "Halden: Ana Prieto", {})


def spec_for(*urls: str) -> ChannelSpec:
    return ChannelSpec("chat", "apprise", {"urls": list(urls)})


def ntfy(server: HTTPServer, topic: str) -> str:
    return f"ntfy://{server.host}:{server.port}/{topic}?mode=private"


def send(spec: ChannelSpec, alert: Alert = NEWS) -> None:
    async def go() -> None:
        async with Client(None, user_agent="test") as client:
            await AppriseChannel(spec, client).send(alert)

    asyncio.run(go())


def test_an_ntfy_server_gets_title_and_text(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/", method="POST").respond_with_json({"id": "1"})
    send(spec_for(ntfy(httpserver, "board")))
    ((request, _),) = httpserver.log
    told = json.loads(request.data)
    assert told["topic"] == "board"
    assert told["title"] == NEWS.headline
    assert NEWS.text in told["message"]


@pytest.mark.parametrize("status", [400, 429, 500])
def test_a_service_that_refuses_is_tried_again(
    httpserver: HTTPServer, status: int
) -> None:
    httpserver.expect_request("/").respond_with_data("", status=status)
    with pytest.raises(DeliveryError, match="did not take it") as refused:
        send(spec_for(ntfy(httpserver, "board")))
    assert not refused.value.permanent
    assert len(httpserver.log) == 1


def test_each_address_is_a_destination_that_does_not_tell_its_secret() -> None:
    urls = ("json://127.0.0.1/hidden-key", "json://127.0.0.1/other-key")
    found = destinations([spec_for(*urls)])
    assert [spec.options["urls"] for spec in found] == [[url] for url in urls]
    assert len({spec.name for spec in found}) == 2
    assert {channel_of(spec.name) for spec in found} == {"chat"}
    assert "hidden-key" not in repr(found)
    assert destinations([spec_for(*reversed(urls))]) == found[::-1]


def test_nobody_is_called_by_what_an_article_says(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_json({})
    said = "@everyone <!channel> <@U123> \x1b[31m\u202e"
    send(spec_for(ntfy(httpserver, "board")), Alert("c2", said, said, {}))
    told = json.loads(httpserver.log[0][0].data)
    for text in (told["title"], told["message"]):
        assert "@everyone" not in text
        assert "<!channel" not in text
        assert "<@U123" not in text
        assert not {"\x1b", "\u202e"} & set(text)


def test_markdown_of_an_article_is_shown_and_not_obeyed(
    httpserver: HTTPServer,
) -> None:
    httpserver.expect_request("/").respond_with_json({})
    spec = spec_for(ntfy(httpserver, "board"))
    spec = replace(spec, options={**spec.options, "format": "markdown"})
    said = "[pay](javascript:alert) **now** `x` <b>"
    send(spec, Alert("c3", said, said, {}))
    told = json.loads(httpserver.log[0][0].data)["message"]
    assert r"\[pay\]\(javascript:alert\) \*\*now\*\* \`x\` &lt;b&gt;" in told


def test_an_address_that_nobody_knows_is_told_before_anything_is_sent() -> None:
    with pytest.raises(ValidationError) as refused:
        AppriseChannel.Options.model_validate({"urls": ["nosuch://hidden-key"]})
    assert "hidden-key" not in str(refused.value)


def test_several_addresses_may_stand_in_one_variable() -> None:
    urls = "json://127.0.0.1/a json://127.0.0.1/b"
    assert len(AppriseChannel.Options.model_validate({"urls": urls}).urls) == 2
