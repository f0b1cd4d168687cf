"""The header of the PROXY protocol (HAProxy's specification, versions 1 and 2)."""

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from intersessional.infra.connections.client_address import Address
from intersessional.infra.connections.open_connection import Endpoint

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"
VERSION_1_BYTES_MAX = 107
"""The longest line of version 1, with its end."""
VERSION_2_BYTES_MAX = 4_096
"""More than any sender adds to the addresses of version 2."""

_BEGIN_1 = b"PROXY "
_FIXED_BYTES = 16
_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21
_FAMILIES: dict[str, type[Address]] = {"TCP4": IPv4Address, "TCP6": IPv6Address}
_PORT_MAX = 65_535


class ProxyHeaderError(Exception):
    """The connection does not begin with a header of the PROXY protocol."""


@dataclass(frozen=True)
class ProxyHeader:
    """A header, which says who is connected to the proxy."""

    size: int
    """The bytes of the header, after which the client's own begin."""
    client: Endpoint | None
    """The client's address and port; None where the proxy connects for itself."""


def parse_proxy_header(received: bytes) -> ProxyHeader | None:
    """Parse what a connection begins with; None where more is needed. Raises ProxyHeaderError."""
    if received.startswith(SIGNATURE):
        return _parse_2(received)
    if received.startswith(_BEGIN_1):
        return _parse_1(received)
    if SIGNATURE.startswith(received) or _BEGIN_1.startswith(received):
        return None
    raise ProxyHeaderError


def _parse_1(received: bytes) -> ProxyHeader | None:
    end = received.find(b"\r\n", 0, VERSION_1_BYTES_MAX)
    if end < 0:
        if len(received) >= VERSION_1_BYTES_MAX:
            raise ProxyHeaderError
        return None
    fields = received[:end].decode("latin-1").split(" ")
    if fields[1] == "UNKNOWN":
        return ProxyHeader(end + 2, None)
    if fields[1] not in _FAMILIES or len(fields) != 6:
        raise ProxyHeaderError
    return ProxyHeader(end + 2, _client(_FAMILIES[fields[1]], fields[2], fields[4]))


def _client(family: type[Address], host: str, port: str) -> Endpoint:
    # A scope after the address is any text, and no part of the protocol.
    if "%" in host or not (port.isascii() and port.isdigit()) or int(port) > _PORT_MAX:
        raise ProxyHeaderError
    try:
        return str(family(host)), int(port)
    except ValueError:
        raise ProxyHeaderError from None


def _parse_2(received: bytes) -> ProxyHeader | None:
    if len(received) < _FIXED_BYTES:
        return None
    command, family, length = struct.unpack("!BBH", received[len(SIGNATURE) : _FIXED_BYTES])
    size = _FIXED_BYTES + length
    if command not in (_LOCAL, _PROXY) or size > VERSION_2_BYTES_MAX:
        raise ProxyHeaderError
    if len(received) < size:
        return None
    addresses = received[_FIXED_BYTES:size]
    try:
        if command == _PROXY and family == _TCP4:
            source, port = struct.unpack_from("!4s4xH", addresses)
            return ProxyHeader(size, (str(IPv4Address(source)), port))
        if command == _PROXY and family == _TCP6:
            source, port = struct.unpack_from("!16s16xH", addresses)
            return ProxyHeader(size, (str(IPv6Address(source)), port))
    except struct.error:
        raise ProxyHeaderError from None
    return ProxyHeader(size, None)
