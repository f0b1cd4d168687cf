"""Encodes one HTTP/1 response (RFC 9112 §4, §6)."""

from collections.abc import Iterable
from http import HTTPStatus

_PHRASES = {int(status): status.phrase.encode() for status in HTTPStatus}
_WITHOUT_BODY = (204, 304)

Headers = Iterable[tuple[bytes, bytes]]


class ResponseEncoder:
    """Encodes a response's head and body.

    A body without a length is sent in chunks; to HTTP/1.0, which has none, until the connection
    closes.
    """

    def __init__(self, method: str, version: str) -> None:
        self.closes = version == "1.0"
        """Whether the connection closes after the response."""
        self._sends_body = method != "HEAD"
        self._knows_chunks = version != "1.0"
        self._chunked = False
        self._left: int | None = None
        """The bytes that are left of the announced length."""

    def head(self, status: int, headers: Headers) -> bytes:
        """The status line and headers. Raises ValueError where a header would end its line."""
        lines = [b"HTTP/1.1 %d %b" % (status, _PHRASES.get(status, b""))]
        for raw_name, value in headers:
            name = raw_name.lower()
            if name == b"content-length":
                self._left = int(value)
            if name == b"connection":
                self.closes = self.closes or value.lower() == b"close"
            elif name != b"transfer-encoding":
                lines.append(b"%b: %b" % (name, value))
        if status in _WITHOUT_BODY:
            self._sends_body = False
        if self._sends_body and self._left is None:
            self._chunked = self._knows_chunks
            self.closes = self.closes or not self._chunked
            if self._chunked:
                lines.append(b"transfer-encoding: chunked")
        if self.closes:
            lines.append(b"connection: close")
        head = b"\r\n".join(lines)
        if head.count(b"\r") != len(lines) - 1 or head.count(b"\n") != len(lines) - 1:
            raise ValueError(f"A header of the response has more than one line: {lines}")
        return head + b"\r\n\r\n"

    def body(self, data: bytes, *, more: bool) -> bytes:
        """A part of the body. Raises ValueError where it has another length than was announced."""
        if not self._sends_body:
            return b""
        if self._chunked:
            chunk = b"%x\r\n%b\r\n" % (len(data), data) if data else b""
            return chunk if more else chunk + b"0\r\n\r\n"
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0 or (self._left and not more):
                raise ValueError(f"The body has {-self._left} bytes more than was announced.")
        return data
