"""A connection that a cap refuses: answered by 503, and closed so that its client sees that.

Who closes a connection while it is sent more has the system reset it, and the client may lose the
answer (RFC 9112 §9.6). So what is sent is read for a short while, of a bounded number at a time.
"""

import asyncio
import re

from intersessional.infra.http.json_response import error_body
from intersessional.infra.http.middleware.cors import METHODS

LINGERING_MAX = 128
"""Refused connections that are read from at a time; the others are closed at once."""
HEAD_S = 0.5
"""The time in which a request must begin; a client that sends none gets the answer then."""
LINGER_S = 2.0
HEAD_BYTES_MAX = 8 * 1024
LINGER_BYTES_MAX = 128 * 1024

_BODY = error_body("TOO_MANY_CONNECTIONS", "This server has as many connections as it allows.")
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"content-type: application/json; charset=utf-8\r\n"
    b"content-length: %d\r\nretry-after: 5\r\nconnection: close\r\n"
    b"cache-control: no-store\r\nx-content-type-options: nosniff\r\n"
    # The page of any origin may read this, which says nothing of the record.
    b"access-control-allow-origin: *\r\naccess-control-expose-headers: Retry-After\r\n"
    b"\r\n%b" % (len(_BODY), _BODY)
)
_PREFLIGHT = re.compile(rb"\naccess-control-request-method:", re.IGNORECASE)
_HEADERS = re.compile(rb"\naccess-control-request-headers:[ \t]*([\w, -]*)\r?\n", re.IGNORECASE)


class RefusedConnection(asyncio.Protocol):
    """Answers once a head has come, and reads until the client closes, for a while."""

    def __init__(self, transport: asyncio.Transport, lingering: set[asyncio.Transport]) -> None:
        self._transport = transport
        self._lingering = lingering
        self._head = bytearray()
        self._read_bytes = 0
        self._is_answered = False
        self._timer = asyncio.get_running_loop().call_later(HEAD_S, self._answer)
        lingering.add(transport)

    def data_received(self, data: bytes) -> None:
        """Wait for the end of a head; what follows is forgotten."""
        self._read_bytes += len(data)
        if not self._is_answered:
            self._head += data[: HEAD_BYTES_MAX - len(self._head)]
            if b"\r\n\r\n" in self._head or len(self._head) == HEAD_BYTES_MAX:
                self._answer()
        elif self._read_bytes > LINGER_BYTES_MAX:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._timer.cancel()
        self._lingering.discard(self._transport)

    def _answer(self) -> None:
        """Send the answer, and the end of what is sent."""
        self._is_answered = True
        self._timer.cancel()
        self._transport.write(_answer_to(bytes(self._head)))
        self._transport.write_eof()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(LINGER_S, self._transport.abort)
        self._head.clear()


def refuse(
    transport: asyncio.Transport, lingering: set[asyncio.Transport], received: bytes = b""
) -> None:
    """Answer a connection of which some bytes may have come; ``lingering`` are those of now."""
    if len(lingering) < LINGERING_MAX:
        refused = RefusedConnection(transport, lingering)
        transport.set_protocol(refused)
        if received:
            refused.data_received(received)
    else:
        transport.set_protocol(asyncio.Protocol())
        transport.write(REFUSAL)
        transport.close()


def _answer_to(head: bytes) -> bytes:
    """The refusal; a page whose preflight were refused could not read it (Fetch Standard §4.8)."""
    if not (head.startswith(b"OPTIONS ") and _PREFLIGHT.search(head)):
        return REFUSAL
    asked = _HEADERS.search(head)
    return (
        b"HTTP/1.1 204 No Content\r\nconnection: close\r\naccess-control-allow-origin: *\r\n"
        b"access-control-allow-methods: %b\r\naccess-control-allow-headers: %b\r\n"
        # The refused origins are refused by the request that follows.
        b"access-control-max-age: 0\r\n\r\n" % (METHODS.encode(), asked[1] if asked else b"")
    )
