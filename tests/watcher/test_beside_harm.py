"""Whatever one server does: one named error, and the feed beside it has its news.

Real sockets, the real client, cage, reader, ledger and daemon.
"""

from __future__ import annotations

import asyncio
import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from state.ledger import Ledger
from watcher.assembly import assembled
from watcher.clock import FixedClock
from watcher.config.load import load

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
GOOD = "127.0.0.2"
SECRET = "canary-4711"  # noqa: S105  that is what must not be found
CONFIG = """
[network]
allow = ["127.0.0.0/8"]
timeout = "1s"

[[organizations]]
name = "Halden"

[[channels]]
name = "files"
type = "feedfile"
path = "out"

[[feeds]]
name = "bad"
url = "{bad}?token={secret}"

[[feeds]]
name = "good"
url = "{good}"
"""
NEWS = f"""<rss><channel><title>G</title><item><guid>1</guid>
<title>Ana Prieto named chief executive of Halden</title>
<pubDate>{format_datetime(NOW)}</pubDate></item></channel></rss>""".encode()
ITEM = b"<item><title>Rain</title><guid>1</guid></item>"
ENTITY = b"<!DOCTYPE rss [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>"
MANY = b" ".join(b"a%d='1'" % number for number in range(40_000))
OK = b"HTTP/1.1 200 OK\r\n"


def whole(body: bytes, head: bytes = b"", status: bytes = b"200 OK") -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\n" + length + head + b"\r\n" + body


def moved(to: bytes) -> bytes:
    return whole(b"", b"Location: " + to + b"\r\n", b"302 Found")


async def silence(_: Any) -> None:
    await asyncio.sleep(60)


async def reset(writer: Any) -> None:
    writer.transport.abort()


async def drip(writer: Any) -> None:
    writer.write(OK + b"\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(writer: Any) -> None:
    writer.write(OK + b"\r\n")
    while True:
        writer.write(b"<item>" * 10_000)
        await writer.drain()


HARM: dict[str, Any] = {
    "silence": silence,
    "a reset": reset,
    "a byte now and then": drip,
    "a body without end": endless,
    "nothing": b"",
    "garbage": b"\x00\x01\xff\xfe\r\n\r\n",
    "a page of before HTTP": b"<html>hello</html>\r\n\r\n",
    "headers without number": OK + b"A: b\r\n" * 200_000,
    "a long header": OK + b"A: " + b"b" * 6_000_000,
    "less than it said": OK + b"Content-Length: 999\r\n\r\n<rss>",
    "a bad chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a bomb": whole(
        gzip.compress(bytes(30_000_000), mtime=0), b"Content-Encoding: gzip\r\n"
    ),
    "a bomb in a bomb": whole(b"x", b"Content-Encoding: gzip, gzip\r\n"),
    "another packing": whole(b"\x1b\x00", b"Content-Encoding: br\r\n"),
    "half a packed body": whole(
        gzip.compress(NEWS, mtime=0)[:40], b"Content-Encoding: gzip\r\n"
    ),
    "round and round": moved(b"/again"),
    "to nowhere": whole(b"", b"", b"302 Found"),
    "to a file": moved(b"file:///etc/passwd"),
    "to a private network": moved(b"http://10.0.0.1/"),
    "to a name that is none": moved(b"http://[bad"),
    "304 unasked": whole(b"", b"", b"304 Not Modified"),
    "401": whole(b"", b"", b"401 Unauthorized"),
    "404": whole(b"", b"", b"404 Not Found"),
    "500": whole(b"", b"", b"500 Oops"),
    "an empty body": whole(b""),
    "blanks": whole(b" \n\t "),
    "a page": whole(b"<!doctype html><html><body>Log in</body></html>"),
    "some JSON": whole(b'{"error": "no"}'),
    "a PDF": whole(b"%PDF-1.7 ..."),
    "entities": whole(ENTITY),
    "attributes": whole(b"<rss " + MANY + b"></rss>"),
    "items that never end": whole(b"<rss><channel>" + b"<item>" * 1000),
    "cut off at once": whole(b"<rss><channel><item><title>R"),
}


@dataclass
class Came:
    """What one round came to: outcomes, the log's words, and the bad feed's state."""

    errors: dict[str, str | None]
    changes: int
    events: list[dict[str, Any]]
    said: str
    state: Any


async def lived(home: Path, bad: str, good: str) -> Came:
    config = home / "watcher.toml"
    config.write_text(CONFIG.format(bad=bad, good=good, secret=SECRET), "utf-8")
    settings = load(config, {})
    with Ledger.open(settings.ledger) as ledger:
        with structlog.testing.capture_logs() as events:
            async with assembled(settings, ledger, FixedClock(NOW)) as daemon:
                done = await daemon.tick(everything=True)
        errors = {one.feed.name: one.error for one in done.outcomes}
        state = ledger.feed_state(settings.feeds[0].url)
    text = io.StringIO()
    print(events, file=text)
    changes = sum(len(one.changes) for one in done.outcomes)
    return Came(errors, changes, events, text.getvalue(), state)


@pytest.mark.parametrize("harm", HARM)
def test_one_named_error_and_the_news_of_the_other(
    harm: str, tmp_path: Path, loopback: Callable[..., Any]
) -> None:
    async def scenario() -> Came:
        news = loopback(whole(NEWS), host=GOOD)
        async with loopback(HARM[harm]) as bad, news as good:
            return await lived(tmp_path, bad.url(), good.url(host=GOOD))

    came = asyncio.run(scenario())
    assert came.errors["good"] is None
    assert came.changes == 1
    assert came.errors["bad"]
    loud = [e for e in came.events if e["log_level"] in {"error", "warning"}]
    assert [(e["event"], e["feed"]) for e in loud] == [("feed failed", "bad")]
    assert "\n" not in str(loud[0]["error"])
    assert came.state.failures == 1
    assert came.state.next_due_at > NOW
    assert came.state.error == loud[0]["error"]
    assert SECRET not in came.said
    assert "Traceback" not in came.said


def test_a_cut_off_feed_and_one_with_a_hub_and_an_archive_are_read_as_they_are(
    tmp_path: Path, loopback: Callable[..., Any]
) -> None:
    links = b"".join(
        b'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="%s" href="/%s"/>' % (r, r)
        for r in (b"hub", b"prev-archive", b"next")
    )
    feed = b"<rss><channel>" + links + ITEM + b"</channel></rss>"

    async def scenario() -> tuple[Came, int]:
        news = loopback(whole(NEWS), host=GOOD)
        async with loopback(whole(feed)) as bad, news as good:
            came = await lived(tmp_path, bad.url(), good.url(host=GOOD))
            return came, len(bad.asked)

    came, asked = asyncio.run(scenario())
    assert came.errors == {"bad": None, "good": None}
    assert asked == 1
