"""One HTTP request within caps: the only module that knows the HTTP library.

Everything that can go wrong comes out as FeedError, in one line, without secrets.
The host is looked up here, every address is asked of the guard, and the connection
goes to the address that was checked: a name that answers differently the second time
gains nothing. Cookies, referrers and proxies of the environment have no place here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from state.model import Validators
from watcher.clock import Clock, SystemClock
from watcher.errors import FeedError
from watcher.fetch import faults, head
from watcher.fetch.body import Body
from watcher.fetch.guard import Guard
from watcher.fetch.hosts import Hosts
from watcher.fetch.limits import Limits, Reach
from watcher.fetch.urls import redact
from watcher.model import Response

FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_LONGEST_HOST = 253
# What the library raises, the narrower before the wider; {} is the cause behind it.
_WORDS: dict[type[Exception], str] = {
    httpx.ConnectTimeout: "no connection in time",
    httpx.TimeoutException: "fell silent",
    httpx.ConnectError: "no connection: {}",
    httpx.NetworkError: "connection lost: {}",
    httpx.ProtocolError: "does not speak HTTP well: {}",
    TimeoutError: "not done in time",
}


@dataclass(frozen=True, slots=True)
class _Request:
    """One request as asked for; *shown* is its address for messages.

    *for_good* when each of its *hops* so far was told to be permanent.
    """

    method: str
    url: httpx.URL
    shown: str
    headers: head.Pairs
    body: bytes = b""
    hops: int = 0
    for_good: bool = True

    @property
    def host(self) -> str:
        """The host as looked up and as named in TLS."""
        return self.url.raw_host.decode("ascii").rstrip(".")

    @property
    def port(self) -> int:
        """The port, also when the address leaves it out."""
        return self.url.port or (443 if self.url.scheme == "https" else 80)


class Client:
    """Fetches and posts; an async context manager. *guard* None lets all through."""

    def __init__(
        self,
        guard: Guard | None,
        *,
        user_agent: str,
        limits: Limits | None = None,
        clock: Clock | None = None,
        reach: Reach | None = None,
    ) -> None:
        self._guard = guard
        self._limits = limits or Limits()
        self._clock = clock or SystemClock()
        self._reach = reach or Reach()
        self._hosts = Hosts(self._limits.gap)
        self._http = _library_client(user_agent, self._limits, self._reach)

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        validators: Validators = Validators(),  # noqa: B008  frozen
        *,
        accept: str = FEED_ACCEPT,
    ) -> Response:
        """Fetch *url*, following redirects. Only 2xx, and 304 when asked, come back.

        *validators* are sent byte for byte. Raises FeedError and nothing else.
        """
        conditions = head.conditions(validators)
        headers = [(b"Accept", accept.encode("latin-1")), *conditions]
        with _named(url):
            request = _Request("GET", _parsed(url), redact(url), headers)
            response = await self._follow(request)
        if response.not_modified and not conditions:
            raise FeedError(redact(url), "answered 304 though nothing was known of it")
        return response

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Send *body* to *url* and return the answer, whatever its status.

        Redirects are not followed. Raises FeedError when there is no answer.
        """
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        with _named(url):
            request = _Request("POST", _parsed(url), redact(url), pairs, body)
            async with (
                asyncio.timeout(self._limits.seconds),
                self._sent(request) as reply,
            ):
                return self._answer(reply)

    async def exchange(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Response:
        """Send *body* to *url* and return the whole answer, whatever its status.

        The answer's body is read within the caps. Redirects are not followed. Raises
        FeedError when there is no answer, or one that is too large.
        """
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        with _named(url):
            request = _Request("POST", _parsed(url), redact(url), pairs, body)
            async with (
                asyncio.timeout(self._limits.seconds),
                self._sent(request) as reply,
            ):
                fields = head.fields(reply.headers.raw)
                answer = await self._body(request, reply, fields)
                return replace(self._answer(reply), body=answer)

    async def _follow(self, request: _Request) -> Response:
        """Go from hop to hop; waiting for a host's turn does not use up the time."""
        loop = asyncio.get_running_loop()
        left = self._limits.seconds
        for _ in range(self._limits.hops + 1):
            async with self._hosts.turn(f"{request.host}:{request.port}"):
                start = loop.time()
                async with asyncio.timeout(left):
                    found = await self._hop(request)
                left -= loop.time() - start
            if isinstance(found, Response):
                return found
            request = found
        reason = f"redirects more than {self._limits.hops} times"
        raise FeedError(request.shown, reason)

    async def _hop(self, request: _Request) -> Response | _Request:
        """Make one request: the answer, or the request that a redirect asks for."""
        async with self._sent(request) as reply:
            if reply.status_code in _REDIRECTS:
                return _redirected(request, reply)
            fields = head.fields(reply.headers.raw)
            head.refuse(request.shown, reply.status_code, fields, self._clock.now())
            body = await self._body(request, reply, fields)
            moved = str(request.url) if request.hops and request.for_good else ""
            answer = replace(self._answer(reply), url=str(request.url), body=body)
            return replace(answer, moved_to=moved)

    def _answer(self, reply: httpx.Response) -> Response:
        fields = head.fields(reply.headers.raw)
        return head.response(reply.status_code, fields, self._clock.now())

    async def _body(
        self, request: _Request, reply: httpx.Response, fields: head.Fields
    ) -> bytes:
        if reply.status_code == _NOT_MODIFIED:
            return b""
        packing = head.text(fields, b"content-encoding")
        body = Body(request.shown, packing, self._limits.caps)
        body.expect(head.length(fields))
        async for chunk in reply.aiter_raw():
            body.feed(chunk)
        return body.end()

    @asynccontextmanager
    async def _sent(self, request: _Request) -> AsyncIterator[httpx.Response]:
        """Send to the first address that takes the connection, then close."""
        reply = await self._connected(request)
        try:
            yield reply
        finally:
            await reply.aclose()

    async def _connected(self, request: _Request) -> httpx.Response:
        refused: httpx.TransportError | None = None
        for address in await self._checked(request):
            try:
                return await self._http.send(self._built(request, address), stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refused = refused or error
            except httpx.InvalidURL as error:  # the library looks ahead
                reason = "redirects: the next address cannot be read"
                raise FeedError(request.shown, reason) from error
        if refused is not None:
            raise refused
        raise FeedError(request.shown, f"{request.host} has no address")

    async def _checked(self, request: _Request) -> tuple[str, ...]:
        """Return the host's addresses; one that is refused refuses the host."""
        found = tuple(await self._reach.resolver(request.host, request.port))
        for address in found:
            refusal = self._guard.refusal(address) if self._guard else None
            if refusal:
                raise FeedError(request.shown, f"{request.host}: {refusal}")
        return found

    def _built(self, request: _Request, address: str) -> httpx.Request:
        """Return the library's request, to *address* in the name of the host."""
        return self._http.build_request(
            request.method,
            request.url.copy_with(host=address.partition("%")[0], userinfo=b""),
            headers=[
                (b"Host", request.url.netloc),
                *head.authorization(request.url.username, request.url.password),
                *request.headers,
            ],
            content=request.body or None,
            extensions={
                "sni_hostname": request.host,
                "timeout": httpx.Timeout(self._limits.silence).as_dict(),
            },
        )


def _library_client(user_agent: str, limits: Limits, reach: Reach) -> httpx.AsyncClient:
    """Return a client that keeps nothing: no cookies, no connections, no proxies.

    A kept connection could serve another host of the same address, whose certificate
    was never checked.
    """
    nobody = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(
        headers={
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        },
        cookies=nobody,
        verify=True if reach.tls is None else reach.tls,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        timeout=limits.silence,
        trust_env=False,
        follow_redirects=False,
    )


def _parsed(url: str) -> httpx.URL:
    """Return *url* ready to be asked for; raises FeedError if it is no web address."""
    parsed = httpx.URL(url)
    if parsed.scheme not in {"http", "https"}:
        scheme = faults.one_line(parsed.scheme) or "no scheme"
        raise FeedError(redact(url), f"{scheme}: only http and https are fetched")
    if not 0 < len(parsed.raw_host) <= _LONGEST_HOST or b"%" in parsed.raw_host:
        raise FeedError(redact(url), "its address has no usable host")
    if parsed.port is not None and not 0 < parsed.port < 2**16:
        raise FeedError(redact(url), f"its address has no usable port: {parsed.port}")
    return parsed


def _redirected(request: _Request, reply: httpx.Response) -> _Request:
    """Return the request for the next hop. Credentials stay with their origin."""
    location = reply.headers.get("location", "")
    if not location:
        raise FeedError(request.shown, f"answered {reply.status_code} to nowhere")
    try:
        target = _parsed(str(request.url.join(location)))
    except FeedError as error:
        raise FeedError(request.shown, f"redirects: {error.reason}") from error
    kept = request.url.userinfo if _origin(target) == _origin(request.url) else b""
    target = target.copy_with(userinfo=kept, fragment=None)
    return replace(
        request,
        url=target,
        hops=request.hops + 1,
        for_good=request.for_good and reply.status_code in _FOR_GOOD,
    )


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


@contextmanager
def _named(url: str) -> Iterator[None]:
    """Turn whatever the network, TLS or the library raises into FeedError."""
    try:
        yield
    except FeedError:
        raise
    except httpx.InvalidURL as error:
        raise FeedError(redact(url), "its address cannot be read") from error
    except (httpx.HTTPError, httpx.StreamError, OSError, ValueError) as error:
        raise FeedError(redact(url), _reason(error)) from error


def _reason(error: Exception) -> str:
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words.format(faults.reason(error))
    return faults.reason(error)
