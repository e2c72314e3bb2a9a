"""Servers that mean harm, or are broken: one named error each, within the caps."""

from __future__ import annotations

import asyncio
import gzip
import socket
import tracemalloc
import zlib
from contextlib import suppress
from ipaddress import ip_network

import pytest

from watcher.errors import FeedError
from watcher.fetch.body import Caps
from watcher.fetch.guard import Guard
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits, Reach

HOME = Guard([ip_network("127.0.0.0/8")])
SMALL = Caps(wire=100_000, unpacked=200_000)


def client(guard: Guard | None = HOME, reach: Reach | None = None, **limits) -> Client:
    bounds = {"seconds": 5.0, "gap": 0.0, "caps": SMALL, **limits}
    return Client(guard, user_agent="test", limits=Limits(**bounds), reach=reach)


async def refused(http: Client, url: str) -> str:
    with pytest.raises(FeedError) as caught:
        await http.get(url)
    assert "\n" not in str(caught.value)
    assert caught.value.url in str(caught.value)
    return caught.value.reason


def reason(loopback, answer, **limits) -> str:
    async def scenario():
        async with loopback(answer) as server, client(**limits) as http:
            return await refused(http, server.url())

    return asyncio.run(scenario())


def for_ever(*, head: bytes, piece: bytes, pause: float = 0.0):
    async def play(writer):
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


BOMB = gzip.compress(bytes(20_000_000), mtime=0)
PACKED = gzip.compress(b"news " * 1000, mtime=0)


def test_a_packed_body_is_unpacked(loopback, reply):
    async def scenario():
        answers = [
            reply(PACKED, Content_Encoding="gzip"),
            reply(zlib.compress(b"news " * 1000), Content_Encoding="deflate"),
            reply(b"news " * 1000, Content_Encoding="identity"),
        ]
        async with loopback(*answers) as server, client() as http:
            return [(await http.get(server.url())).body for _ in answers]

    assert asyncio.run(scenario()) == [b"news " * 1000] * 3


@pytest.mark.parametrize(
    ("encoding", "body", "said"),
    [
        ("gzip", BOMB, "unpacks to more than 0.2 MB"),
        ("gzip, gzip", gzip.compress(BOMB, mtime=0), "packs its body 2 times"),
        ("br", b"\x1b\x00", "packs its body as 'br', not asked for"),
        ("zstd", b"\x28\xb5", "packs its body as 'zstd', not asked for"),
        ("gzip", PACKED[:-20], "its packed body is cut short"),
        ("gzip", b"<rss>", "its body is not packed as its header says"),
        ("gzip", PACKED + b"junk", "its packed body has bytes after its end"),
    ],
)
def test_a_body_packed_wrongly_is_refused(loopback, reply, encoding, body, said):
    assert reason(loopback, reply(body, Content_Encoding=encoding)) == said


def test_a_bomb_never_fills_the_memory(loopback, reply):
    bomb = reply(gzip.compress(bytes(200_000_000)), Content_Encoding="gzip")
    caps = Caps()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        assert "unpacks to more than 10 MB" in reason(loopback, bomb, caps=caps)
        most = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert most < 32_000_000


@pytest.mark.parametrize(
    "answer",
    [
        for_ever(head=b"HTTP/1.1 200 OK\r\n\r\n", piece=b"x" * 9000),
        for_ever(
            head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            piece=b"2328\r\n" + b"x" * 9000 + b"\r\n",
        ),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 101000\r\n\r\n" + b"x" * 101_000,
    ],
    ids=["endless", "endless chunks", "announced", "sent"],
)
def test_a_body_without_end_is_stopped_at_the_cap(loopback, answer):
    assert reason(loopback, answer) == "sends more than 0.1 MB"


@pytest.mark.parametrize(
    "answer",
    [
        for_ever(head=b"HTTP/1.1 200 OK\r\n\r\n", piece=b"x", pause=0.02),
        for_ever(head=b"HTTP/1.1 200 OK\r\n", piece=b"A: b\r\n", pause=0.02),
        for_ever(head=b"", piece=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.02),
    ],
    ids=["dripping body", "dripping head", "always about to begin"],
)
def test_a_drip_is_stopped_at_the_total_deadline(loopback, answer):
    assert reason(loopback, answer, seconds=0.3) == "not done in time"


def test_a_redirect_does_not_start_the_clock_anew(loopback, reply):
    async def slowly(writer):
        await asyncio.sleep(0.12)
        writer.write(reply(status=302, Location="/again"))

    said = reason(loopback, slowly, seconds=0.3, hops=1000)
    assert said == "not done in time"


def test_a_flood_of_interim_answers_does_not_hold_up_the_others(loopback, reply):
    flood = for_ever(head=b"", piece=b"HTTP/1.1 103 Early\r\n\r\n" * 500)

    async def scenario():
        async with (
            loopback(flood) as bad,
            loopback(reply(b"x")) as good,
            client(seconds=1.0) as http,
        ):
            hostile = asyncio.create_task(refused(http, bad.url()))
            for _ in range(20):
                assert (await http.get(good.url())).status == 200
            return await hostile

    assert asyncio.run(scenario()) == "not done in time"


async def silence(writer):
    await asyncio.sleep(60)


async def reset(writer):
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (silence, "fell silent"),
        (reset, "connection lost"),
        (b"", "does not speak HTTP well"),
        (b"\x00\x01\xff\xfe garbage\r\n\r\n", "does not speak HTTP well"),
        (b"<html>HTTP/0.9</html>\r\n\r\n", "does not speak HTTP well"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200_000, "does not speak HTTP well"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 6_000_000, "does not speak HTTP well"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnews", "does not speak HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "does not speak HTTP well",
        ),
    ],
)
def test_a_broken_server_is_a_named_error(loopback, answer, said):
    assert said in reason(loopback, answer, silence=0.3)


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("/feed", "redirects more than 5 times"),
        ("", "answered 302 to nowhere"),
        ("http://[bad", "redirects: "),
        ("file:///etc/passwd", "redirects: file: only http and https are fetched"),
        ("ftp://127.0.0.1/x", "redirects: ftp: only http and https are fetched"),
        ("gopher://127.0.0.1/x", "redirects: gopher: only http and https"),
        ("data:text/xml,<rss/>", "redirects: "),
        ("javascript:alert(1)", "redirects: "),
        ("http://127.0.0.1:99999/", "redirects: "),
    ],
)
def test_a_redirect_that_leads_nowhere_is_a_named_error(
    loopback, reply, location, said
):
    answer = reply(status=302, **({"Location": location} if location else {}))
    assert said in reason(loopback, answer)


def test_no_more_than_five_hops_are_made(loopback, reply):
    async def scenario():
        answer = reply(status=302, Location="/feed")
        async with loopback(answer) as server, client() as http:
            await refused(http, server.url())
            return len(server.asked)

    assert asyncio.run(scenario()) == 1 + 5


SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "127.1",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_redirect_to_ourselves_is_refused_in_every_spelling(loopback, reply, host):
    async def names(name: str, port: int) -> list[str]:
        """Let the first host through at its public address, as the guard sees it."""
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        return [str(info[4][0]) for info in found]

    async def scenario():
        first = Guard([ip_network("127.0.0.2/32")])
        async with loopback(reply(b"secret")) as trap:
            away = reply(status=302, Location=trap.url(host=host))
            async with (
                loopback(away, host="127.0.0.2") as server,
                client(first) as http,
            ):
                said = await refused(http, server.url(host="127.0.0.2"))
        return trap.asked, said

    asked, said = asyncio.run(scenario())
    assert asked == []
    assert "is not a public address" in said


def answering(*answers: list[str]):
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return Reach(resolve)


def test_a_host_with_one_private_address_is_refused(loopback, reply):
    async def scenario():
        async with loopback(reply(b"secret")) as trap:
            reach = answering(["93.184.216.34", "127.0.0.1"])
            async with client(Guard(), reach) as http:
                return trap.asked, await refused(http, trap.url(host="news.example"))

    asked, said = asyncio.run(scenario())
    assert asked == []
    assert said.startswith("news.example: 127.0.0.1 is not a public address")


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(loopback, reply):
    async def scenario():
        async with loopback(reply(b"x")) as server:
            reach = answering(["127.0.0.1"], ["127.0.0.99"])
            async with client(reach=reach) as http:
                return await http.get(server.url(host="news.example"))

    assert asyncio.run(scenario()).status == 200


def test_a_host_that_cannot_be_found_is_a_named_error():
    async def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def scenario():
        async with client(reach=Reach(nothing)) as http:
            return await refused(http, "http://news.example/feed")

    assert asyncio.run(scenario()) == "its host name has no address"


def test_a_name_server_that_never_answers_is_left_at_the_deadline():
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    async def scenario():
        async with client(reach=Reach(never), seconds=0.1) as http:
            return await refused(http, "http://news.example/feed")

    assert asyncio.run(scenario()) == "not done in time"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/feed",
        "http://",
        "http:///feed",
        "http://a\r\nb/",
        "http://a\0b/",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://[bad/",
        f"http://{'a' * 70}.example/",
        f"http://{'a.' * 200}example/",
        "http://xn--\u00fc/",
        "feed://example.org/",
        "file:///etc/passwd",
        "http://u:CANARY@/?CANARY",
        "//u:CANARY@host/?CANARY",
    ],
)
def test_an_address_that_is_none_is_a_named_error(url):
    async def scenario():
        async with client() as http:
            return await refused(http, url)

    assert "CANARY" not in asyncio.run(scenario())


def test_a_hostile_host_costs_the_others_nothing(loopback, reply):
    async def scenario():
        drip = for_ever(head=b"HTTP/1.1 200 OK\r\n\r\n", piece=b"x", pause=0.01)
        async with loopback(drip) as bad, client(seconds=30.0) as http:
            hostile = asyncio.create_task(http.get(bad.url()))
            done = []
            for _ in range(30):
                async with loopback(reply(b"x")) as good:
                    done.append((await http.get(good.url())).status)
            still_going = not hostile.done()
            hostile.cancel()
            with suppress(asyncio.CancelledError):
                await hostile
        return done, still_going

    assert asyncio.run(scenario()) == ([200] * 30, True)


def test_plain_http_on_a_tls_port_is_said_to_be_so():
    async def speak_first(_, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def scenario():
        server = await asyncio.start_server(speak_first, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with client() as http:
            said = await refused(http, f"https://127.0.0.1:{port}/feed")
        server.close()
        return said

    assert "does not speak TLS on this port" in asyncio.run(scenario())
