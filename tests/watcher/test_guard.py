"""Which addresses are let through. No test here connects to anything."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.guard import Guard

SPECIAL = {
    "this network": "0.0.0.0 0.1.2.3",
    "private": "10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1",
    "carrier-grade NAT": "100.64.0.1 100.127.255.254",
    "loopback": "127.0.0.1 127.255.255.254 ::1",
    "link local": "169.254.169.254 fe80::1 fe80::1%eth0",
    "protocol assignments": "192.0.0.8 192.0.0.9 2001::1",
    "documentation": "192.0.2.1 198.51.100.7 203.0.113.5 2001:db8::1 3fff::1",
    "6to4": "192.88.99.1 2002:7f00:1:: 2002:808:808::",
    "benchmarks": "198.18.0.1 198.19.255.255",
    "multicast": "224.0.0.1 233.252.0.1 239.255.255.250 ff02::1 ff0e::1",
    "reserved": "240.0.0.1 255.255.255.255 100::1 5f00::1",
    "IPv4 inside IPv6": ":: ::7f00:1 ::8.8.8.8 ::ffff:0:7f00:1 2001:0:7f00:1::",
    "IPv4-mapped": "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254",
    "NAT64": "64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1",
    "local": "fc00::1 fd00::1 fec0::1",
}
PUBLIC = {
    "IPv4": "8.8.8.8 1.1.1.1 93.184.216.34 223.255.255.254",
    "IPv4 beside a special range": "100.63.255.255 100.128.0.1 172.32.0.1 198.20.0.1",
    "IPv6": "2606:4700:4700::1111 2a00:1450:4001:800::200e",
    "IPv4-mapped": "::ffff:8.8.8.8",
}


def each(table: dict[str, str]) -> list[str]:
    return [address for line in table.values() for address in line.split()]


@pytest.mark.parametrize("address", each(SPECIAL))
def test_a_special_address_is_refused(address):
    assert "is not a public address" in str(Guard().refusal(address))


@pytest.mark.parametrize("address", each(PUBLIC))
def test_a_public_address_is_let_through(address):
    assert Guard().refusal(address) is None


@pytest.mark.parametrize(
    "text", ["", "localhost", "2130706433", "0x7f.1", "127.1", "1.2.3"]
)
def test_what_is_no_address_is_refused(text):
    assert "is not an address" in str(Guard().refusal(text))


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7"])
def test_the_user_may_open_a_door(address):
    assert (
        Guard([ip_network("10.0.0.0/8"), ip_network("fd00::/8")]).refusal(address)
        is None
    )


def test_a_door_opens_no_other_wall():
    guard = Guard([ip_network("10.0.0.0/8")])
    assert guard.refusal("127.0.0.1")
    assert guard.refusal("192.168.0.1")


@given(st.ip_addresses(network="127.0.0.0/8"))
def test_no_spelling_of_loopback_in_ipv6_passes(inner):
    high, low = divmod(int(inner), 1 << 16)
    tail = f"{high:x}:{low:x}"
    for text in (f"::ffff:{tail}", f"::{tail}", f"64:ff9b::{tail}", f"2002:{tail}::"):
        assert Guard().refusal(text)


@given(st.text())
def test_any_text_is_answered(text):
    assert Guard().refusal(text) is None or isinstance(Guard().refusal(text), str)
