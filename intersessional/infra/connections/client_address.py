"""The address of a client, also behind proxies that are trusted by name.

``X-Forwarded-For`` is read by uvicorn's ``ProxyHeadersMiddleware``: from the right, past trusted
proxies, on connections from trusted proxies only. ``Forwarded`` (RFC 7239) is not read: no common
proxy writes it unless told to.
"""

from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LimitKey = IPv4Address | IPv6Network
"""What one client can hold: an IPv4 address, or an IPv6 network of 64 bits."""

IPV6_PREFIX_BITS = 64
_IPV4_MAPPED_BITS = 96
_IPV4_MAPPED = int(IPv6Address("::ffff:0.0.0.0"))


def client_address(scope: MutableMapping[str, Any]) -> Address | None:
    """The address of the client of an ASGI scope; None where the server or the proxy has none."""
    client = scope.get("client")
    return None if client is None else parse_address(client[0])


@lru_cache(maxsize=4_096)
def parse_address(text: str) -> Address | None:
    """The address in a text, an IPv4 address where IPv6 maps one; None where it is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def limit_key(address: Address) -> LimitKey:
    """The key under which limits count a client with this address."""
    if isinstance(address, IPv4Address):
        return address
    return IPv6Network((int(address), IPV6_PREFIX_BITS), strict=False)


def limit_key_of(scope: MutableMapping[str, Any]) -> LimitKey | None:
    """The key of the client of an ASGI scope; None for a client without an address."""
    address = client_address(scope)
    return None if address is None else limit_key(address)


def is_trusted(address: Address, proxies: Iterable[Network]) -> bool:
    """Whether the address is that of a trusted proxy."""
    return any(address in network for network in proxies)


def trusted_hosts(proxies: Iterable[Network]) -> list[str]:
    """The networks as ``ProxyHeadersMiddleware`` takes them.

    IPv4 clients of a server that listens on IPv6 have mapped addresses.
    """
    hosts: list[str] = []
    for network in proxies:
        hosts.append(str(network))
        if isinstance(network, IPv4Network):
            mapped = IPv6Address(_IPV4_MAPPED + int(network.network_address))
            hosts.append(f"{mapped}/{_IPV4_MAPPED_BITS + network.prefixlen}")
    return hosts
