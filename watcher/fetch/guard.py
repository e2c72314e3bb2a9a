"""Which addresses may be connected to. Decides only; connects to nothing.

`ipaddress` alone will not do: up to Python 3.13.0 its `is_global` lets loopback
through when it is written as NAT64, 6to4 or an IPv4-compatible address.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "224.0.0.0/3",  # multicast and all above it
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, local
        "100::/64",  # discard
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fc00::/7",  # unique local
        "fe80::/10",  # link local
        "fec0::/10",  # site local
        "ff00::/8",  # multicast
    )
)


class Guard:
    """A wall before private and special addresses, with doors the user opened."""

    def __init__(self, allow: Sequence[Network] = ()) -> None:
        self._allow = tuple(allow)

    def refusal(self, address: str) -> str | None:
        """Return why *address* may not be connected to, or None when it may."""
        try:
            bare = _unwrapped(ip_address(address))
        except ValueError:
            return f"{address!r} is not an address"
        if _within(bare, self._allow) or _public(bare):
            return None
        return f"{bare} is not a public address (network.allow can let it through)"


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv4-mapped IPv6 address stands for."""
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if isinstance(mapped, IPv4Address) else address


def _public(address: Address) -> bool:
    special = address.is_multicast or _within(address, _REFUSED)
    return address.is_global and not special


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
