"""Headers of the PROXY protocol, from however many reads they come."""

import socket
import struct

import pytest

from intersessional.infra.http.server.proxy_header import (
    SIGNATURE,
    ProxyHeader,
    ProxyHeaderError,
    parse_proxy_header,
)


def version_2(command: int, family: int, addresses: bytes) -> bytes:
    """A header of version 2."""
    return SIGNATURE + struct.pack("!BBH", command, family, len(addresses)) + addresses


IPV4 = socket.inet_aton("198.51.100.7") + socket.inet_aton("10.0.0.1")
IPV6 = socket.inet_pton(socket.AF_INET6, "2001:db8::7") * 2
PORTS = struct.pack("!HH", 4711, 443)
EXTENSION = b"\x03\x00\x04abcd"

HEADERS = {
    "v1 IPv4": (b"PROXY TCP4 198.51.100.7 10.0.0.1 4711 443\r\n", ("198.51.100.7", 4711)),
    "v1 IPv6": (b"PROXY TCP6 2001:db8::7 ::1 4711 443\r\n", ("2001:db8::7", 4711)),
    "v1 unknown": (b"PROXY UNKNOWN\r\n", None),
    "v1 unknown with more": (b"PROXY UNKNOWN ffff::1 ffff::1 65535 65535\r\n", None),
    "v2 IPv4": (version_2(0x21, 0x11, IPV4 + PORTS), ("198.51.100.7", 4711)),
    "v2 IPv6": (version_2(0x21, 0x21, IPV6 + PORTS), ("2001:db8::7", 4711)),
    "v2 with more": (version_2(0x21, 0x11, IPV4 + PORTS + EXTENSION), ("198.51.100.7", 4711)),
    "v2 of the proxy itself": (version_2(0x20, 0x00, b""), None),
    "v2 Unix socket": (version_2(0x21, 0x31, b"x" * 216), None),
}


@pytest.mark.parametrize(("sent", "client"), HEADERS.values(), ids=HEADERS.keys())
def test_header_names_the_client(sent: bytes, client: tuple[str, int] | None) -> None:
    for size in range(len(sent)):
        assert parse_proxy_header(sent[:size]) is None
    assert parse_proxy_header(sent + b"GET /") == ProxyHeader(len(sent), client)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /health HTTP/1.1\r\n",
        b"PROXY TCP4 198.51.100.7\r\n",
        b"PROXY TCP4 me you 1 2\r\n",
        b"PROXY TCP4 198.51.100.7 10.0.0.1 x 443\r\n",
        b"PROXY TCP5 198.51.100.7 10.0.0.1 1 443\r\n",
        b"PROXY TCP4 2001:db8::7 ::1 1 443\r\n",
        b"PROXY TCP6 198.51.100.7 10.0.0.1 1 443\r\n",
        b"PROXY TCP4 198.51.100.7 10.0.0.1 65536 443\r\n",
        b"PROXY TCP6 fe80::1%\x1b[31mforged ::1 1 443\r\n",
        b"PROXY \r\n",
        b"PROXY UNKNOWN" + b" " * 100,
        version_2(0x11, 0x11, IPV4 + PORTS),
        version_2(0x22, 0x11, IPV4 + PORTS),
        version_2(0x21, 0x11, IPV4),
        version_2(0x21, 0x21, IPV4 + PORTS),
        version_2(0x20, 0x00, b"x" * 5_000),
    ],
)
def test_anything_else_is_no_header(sent: bytes) -> None:
    with pytest.raises(ProxyHeaderError):
        parse_proxy_header(sent)
