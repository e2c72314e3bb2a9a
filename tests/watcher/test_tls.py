"""Certificates: the error says which fault it is, and nothing is tried without TLS."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from ipaddress import ip_network
from pathlib import Path
from shutil import which

import pytest

from watcher.errors import FeedError
from watcher.fetch.guard import Guard
from watcher.fetch.http import Client
from watcher.fetch.limits import Limits, Reach

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="needs openssl")

HOST = "news.example"


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    """A directory with an authority and the certificates it signed."""
    place = tmp_path_factory.mktemp("tls")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=place, check=True, capture_output=True)

    def self_signed(name: str, subject: str, *more: str) -> None:
        files = ["-keyout", f"{name}.key", "-out", f"{name}.pem"]
        openssl("req", "-x509", *key, *files, "-subj", f"/CN={subject}", *more)

    def signed(name: str, host: str, days: str) -> None:
        files = ["-keyout", f"{name}.key", "-out", f"{name}.csr"]
        openssl("req", *key, *files, "-subj", f"/CN={host}")
        (place / f"{name}.ext").write_text(
            f"subjectAltName=DNS:{host}\nauthorityKeyIdentifier=keyid\n"
        )
        authority = ["-CA", "authority.pem", "-CAkey", "authority.key"]
        extra = ["-set_serial", str(len(name)), "-extfile", f"{name}.ext"]
        files = ["-in", f"{name}.csr", "-out", f"{name}.pem"]
        openssl("x509", "-req", *authority, *extra, *files, "-days", days)

    signs = ("-addext", "keyUsage=critical,keyCertSign")
    self_signed("authority", "A test authority", "-days", "2", *signs)
    self_signed("alone", HOST, "-days", "2", "-addext", f"subjectAltName=DNS:{HOST}")
    signed("good", HOST, "2")
    signed("other", "other.example", "2")
    signed("old", HOST, "-1")
    return place


async def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def fetched(loopback, papers: Path, name: str, *answers: bytes):
    """Fetch from a server that shows certificate *name*; the body, or the reason."""
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shown.load_cert_chain(papers / f"{name}.pem", papers / f"{name}.key")
    trusted = ssl.create_default_context(cafile=papers / "authority.pem")
    guard = Guard([ip_network("127.0.0.0/8")])

    async def scenario():
        http = Client(
            guard,
            user_agent="test",
            limits=Limits(gap=0, seconds=5),
            reach=Reach(here, trusted),
        )
        async with loopback(*answers, tls=shown) as server, http:
            try:
                found = await http.get(server.url(host=HOST, scheme="https"))
            except FeedError as error:
                return server, error.reason
            return server, found.body

    return asyncio.run(scenario())


def test_a_good_certificate_is_good_for_the_name_and_not_the_address(
    loopback, reply, papers
):
    server, body = fetched(loopback, papers, "good", reply(b"news"))
    assert body == b"news"
    assert server.header("host") == f"{HOST}:{server.port}".encode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("alone", "its certificate is self-signed"),
        ("old", "its certificate is expired"),
        ("other", "its certificate is for another host"),
    ],
)
def test_a_bad_certificate_is_named_and_nothing_is_asked(
    loopback, reply, papers, name, said
):
    server, reason = fetched(loopback, papers, name, reply(b"news"))
    assert reason == f"no connection: {said}"
    assert server.asked == []
