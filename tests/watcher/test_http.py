"""Manners towards a server: what is sent, what is kept, what is obeyed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from state.model import Validators
from watcher.clock import FixedClock
from watcher.errors import FeedError
from watcher.fetch.guard import Guard
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits, Reach

NOW = datetime(2024, 10, 25, 12, 0, tzinfo=UTC)
HOME = Guard([ip_network("127.0.0.0/8")])


def client(guard: Guard | None = HOME, reach: Reach | None = None, **limits) -> Client:
    return Client(
        guard,
        user_agent="watcher-test/1 (+https://example.org/about)",
        limits=Limits(**{"seconds": 5.0, "gap": 0.0, **limits}),
        clock=FixedClock(NOW),
        reach=reach,
    )


def get(loopback, *answers, path="/feed", validators=None, **limits):
    """Fetch once for each answer, from one server with one client."""

    async def scenario():
        async with loopback(*answers) as server, client(**limits) as http:
            known = validators or Validators()
            found = [await http.get(server.url(path), known) for _ in answers]
        return server, found

    return asyncio.run(scenario())


def failure(loopback, *answers, path="/feed", **limits) -> FeedError:
    async def scenario():
        async with loopback(*answers) as server, client(**limits) as http:
            with pytest.raises(FeedError) as caught:
                await http.get(server.url(path))
        return caught.value

    return asyncio.run(scenario())


def test_a_first_request_names_itself_and_asks_for_feeds_unconditionally(
    loopback, reply
):
    server, (found,) = get(loopback, reply(b"news", Content_Type="text/xml"))
    assert (found.status, found.body, found.content_type) == (200, b"news", "text/xml")
    assert server.header("user-agent") == b"watcher-test/1 (+https://example.org/about)"
    assert b"application/atom+xml" in server.header("accept")
    unwanted = (
        "if-none-match",
        "if-modified-since",
        "cookie",
        "referer",
        "authorization",
    )
    assert [name for name in unwanted if server.header(name)] == []


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        (b'"abc"', b"Tue, 1 Oct 2024 9:5:3 -0000"),
        (b'W/"weak"', b"yesterday, about noon"),
        (b"unquoted", None),
        (b'"caf\xe9"', None),
        (None, b"Tue, 01 Oct 2024 09:05:03 GMT"),
    ],
)
def test_validators_come_back_byte_for_byte(loopback, reply, etag, modified):
    fields = {"ETag": etag, "Last_Modified": modified}
    given = {name: value.decode("latin-1") for name, value in fields.items() if value}
    _, (first,) = get(loopback, reply(b"x", **given))
    assert first.validators == Validators(etag, modified)
    server, (second,) = get(loopback, reply(status=304), validators=first.validators)
    assert second.not_modified
    assert server.header("if-none-match") == etag
    assert server.header("if-modified-since") == modified


def test_an_overlong_validator_is_not_kept(loopback, reply):
    _, (found,) = get(loopback, reply(b"x", ETag='"' + "e" * 5000 + '"'))
    assert found.validators == Validators()


def test_a_304_may_bring_new_validators(loopback, reply):
    known = Validators(etag=b'"1"')
    _, (found,) = get(loopback, reply(status=304, ETag='"2"'), validators=known)
    assert found.validators.etag == b'"2"'


def test_a_304_that_nobody_asked_for_is_an_error(loopback, reply):
    assert "answered 304" in failure(loopback, reply(status=304)).reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 500, 503, 600])
def test_any_status_but_success_is_an_error_that_names_it(loopback, reply, status):
    error = failure(loopback, reply(b"no", status=status))
    assert error.reason == f"answered {status}"
    assert not error.gone


def test_410_means_gone_for_good(loopback, reply):
    assert failure(loopback, reply(status=410)).gone


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7200", 7200.0),
        ("Fri, 25 Oct 2024 13:00:00 GMT", 3600.0),
        ("Fri, 25 Oct 2024 11:00:00 GMT", None),
        ("1000000000000", 86400.0),
        ("-5", None),
        ("abc", None),
        ("9" * 5000, 86400.0),
        ("Fri, 99 Oct 99999 99:00:00 GMT", None),
    ],
)
def test_retry_after_is_obeyed_within_a_day(loopback, reply, said, seconds):
    error = failure(loopback, reply(status=429, Retry_After=said))
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("public, max-age=14400", 14400.0),
        ("max-age=99999999", 86400.0),
        ("s-maxage=10", None),
        ("no-store", None),
    ],
)
def test_freshness_is_told(loopback, reply, said, seconds):
    _, (found,) = get(loopback, reply(b"x", Cache_Control=said))
    assert found.max_age == seconds


@pytest.mark.parametrize(
    ("expires", "control", "seconds"),
    [
        ("Mon, 10 Mar 2025 13:00:00 GMT", "", 3600.0),
        ("Mon, 10 Mar 2025 13:00:00 GMT", "max-age=60", 60.0),
        ("Mon, 10 Mar 2035 13:00:00 GMT", "", 86400.0),
        ("Mon, 10 Mar 2025 11:00:00 GMT", "", None),
        ("0", "", None),
        ("never", "", None),
    ],
)
def test_expires_counts_from_the_servers_own_date(
    loopback, reply, expires, control, seconds
):
    day = "Mon, 10 Mar 2025 12:00:00 GMT"
    more = {"Cache_Control": control} if control else {}
    _, (found,) = get(loopback, reply(b"x", Expires=expires, Date=day, **more))
    assert found.max_age == seconds


@pytest.mark.parametrize(
    ("statuses", "for_good"),
    [((301,), True), ((301, 308), True), ((302,), False), ((301, 307), False)],
)
def test_only_permanent_redirects_tell_of_a_new_address(
    loopback, reply, statuses, for_good
):
    async def scenario():
        moved = [reply(status=s, Location=f"/{s}") for s in statuses]
        async with loopback(*moved, reply(b"x")) as server, client() as http:
            return server, await http.get(server.url("/feed"))

    server, found = asyncio.run(scenario())
    there = server.url(f"/{statuses[-1]}")
    assert found.moved_to == (there if for_good else "")


def test_cookies_are_neither_kept_nor_sent(loopback, reply):
    answer = reply(b"x", Set_Cookie="id=1; Path=/")
    server, _ = get(loopback, answer, answer)
    assert server.header("cookie") is None


def test_redirects_are_followed_and_the_last_address_is_told(loopback, reply):
    async def scenario():
        moved = [
            reply(status=s, Location=f"/{s}?a=1") for s in (301, 302, 303, 307, 308)
        ]
        async with loopback(*moved, reply(b"x")) as server, client() as http:
            return server, await http.get(server.url("/feed"), Validators(b'"1"'))

    server, found = asyncio.run(scenario())
    assert found.url == server.url("/308?a=1")
    assert [line.split()[0] for line in server.asked] == [b"GET"] * 6
    assert server.header("if-none-match") == b'"1"'


def test_a_host_gets_one_request_at_a_time(loopback, reply):
    async def slowly(writer):
        await asyncio.sleep(0.01)
        writer.write(reply(b"x"))

    async def scenario():
        async with loopback(slowly) as server, client() as http:
            await asyncio.gather(*(http.get(server.url(f"/{n}")) for n in range(8)))
        return server

    server = asyncio.run(scenario())
    assert (len(server.asked), server.most_inside) == (8, 1)


def test_credentials_stay_with_their_origin_and_out_of_messages(loopback, reply):
    async def scenario():
        async with loopback(reply(status=401)) as other, client() as http:
            away = reply(status=302, Location=other.url("/there?token=CANARY"))
            near = reply(status=302, Location="/near")
            async with loopback(near, away) as first:
                url = first.url("/feed?key=CANARY", host="ann:CANARY@127.0.0.1")
                with pytest.raises(FeedError) as caught:
                    await http.get(url)
        return first, other, caught.value

    first, other, error = asyncio.run(scenario())
    assert first.header("authorization", 0) == b"Basic YW5uOkNBTkFSWQ=="
    assert first.header("authorization", 1) == b"Basic YW5uOkNBTkFSWQ=="
    assert other.header("authorization") is None
    assert other.header("referer") is None
    assert "CANARY" not in str(error)


def test_the_environments_proxy_is_ignored(loopback, reply, monkeypatch):
    async def scenario():
        async with (
            loopback(reply(b"proxied")) as proxy,
            loopback(reply(b"x")) as server,
        ):
            for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.url(""))
            async with client() as http:
                await http.get(server.url())
        return proxy

    assert asyncio.run(scenario()).asked == []


def test_the_host_keeps_its_name_though_an_address_is_connected_to(loopback, reply):
    async def here(host: str, port: int) -> list[str]:
        assert host == "news.example"
        return ["127.0.0.1"]

    async def scenario():
        async with loopback(reply(b"x")) as server, client(reach=Reach(here)) as http:
            found = await http.get(server.url(host="news.example"))
        return server, found

    server, found = asyncio.run(scenario())
    assert server.header("host") == f"news.example:{server.port}".encode()
    assert found.url.startswith("http://news.example:")


def test_the_next_address_is_tried_when_one_refuses(loopback, reply):
    async def two(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async def scenario():
        async with loopback(reply(b"x")) as server, client(reach=Reach(two)) as http:
            return await http.get(server.url(host="news.example"))

    assert asyncio.run(scenario()).status == 200


@pytest.mark.parametrize("status", [200, 204, 302, 400, 429, 500])
def test_a_post_returns_whatever_the_status(loopback, reply, status):
    async def scenario():
        answer = reply(b"", status=status, Retry_After="7", Location="/elsewhere")
        async with loopback(answer) as server, client(guard=None) as http:
            headers = {"Idempotency-Key": "k1", "Content-Type": "application/json"}
            return server, await http.post(server.url("/hook"), b'{"a":1}', headers)

    server, found = asyncio.run(scenario())
    assert (found.status, found.retry_after) == (status, 7.0)
    assert server.bodies == [b'{"a":1}']
    assert server.header("idempotency-key") == b"k1"


def test_a_post_that_nobody_takes_is_an_error_without_its_secrets():
    async def scenario():
        async with client(guard=None) as http:
            with pytest.raises(FeedError) as caught:
                await http.post("http://u:CANARY@127.0.0.1:1/x?CANARY", b"", {})
        return str(caught.value)

    said = asyncio.run(scenario())
    assert said == "http://127.0.0.1:1/x: no connection: connection refused"
