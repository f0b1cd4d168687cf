"""The address of a client is read past trusted proxies; limits count networks of IPv6."""

from collections.abc import MutableMapping
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from intersessional.infra.connections.client_address import (
    client_address,
    is_trusted,
    limit_key,
    trusted_hosts,
)

PROXIES = [ip_network("10.0.0.0/24"), ip_network("192.0.2.1"), ip_network("fd00::/8")]


async def seen_address(peer: str, *forwarded_for: str) -> str:
    """The address that the application sees, with these lines of ``X-Forwarded-For``."""
    seen: list[str] = []

    async def app(scope: MutableMapping[str, Any], _: object, __: object) -> None:
        seen.append(str(client_address(scope)))

    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded_for]
    scope: Any = {"type": "http", "client": (peer, 1), "headers": headers, "scheme": "http"}
    app_behind_proxies: Any = ProxyHeadersMiddleware(app, trusted_hosts(PROXIES))  # type: ignore[arg-type]
    await app_behind_proxies(scope, None, None)
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "lines", "address"),
    [
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("10.0.0.5", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["1.1.1.1", "198.51.100.7"], "198.51.100.7"),
        ("10.0.0.5", ["1.1.1.1, 198.51.100.7, 192.0.2.1"], "198.51.100.7"),
        ("10.0.0.5", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.5", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("10.0.0.5", ["10.0.0.6, 10.0.0.7"], "10.0.0.6"),
        ("10.0.0.5", ["unknown"], "None"),
        ("10.0.0.5", ["1.1.1.1, \x00"], "None"),
        ("10.0.0.5", [], "10.0.0.5"),
        ("::ffff:10.0.0.5", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:10.0.1.5", ["198.51.100.7"], "10.0.1.5"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("fe80::1%eth0", [], "fe80::1%eth0"),
    ],
)
async def test_last_address_that_is_no_trusted_proxy_counts(
    peer: str, lines: list[str], address: str
) -> None:
    assert await seen_address(peer, *lines) == address


def test_address_that_nobody_gives_is_none() -> None:
    assert client_address({"client": None}) is None


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8::7", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_limits_count_an_ipv4_address_or_an_ipv6_network(address: str, key: str) -> None:
    assert str(limit_key(ip_address(address))) == key


def test_proxy_is_trusted_by_its_address_or_network() -> None:
    trusted = ["10.0.0.255", "192.0.2.1", "fd12::1"]
    others = ["10.0.1.0", "192.0.2.2", "2001:db8::1"]

    assert all(is_trusted(ip_address(address), PROXIES) for address in trusted)
    assert not any(is_trusted(ip_address(address), PROXIES) for address in others)
