"""Delimits the body of an HTTP/1 request (RFC 9112 §6, §7)."""

import re
from typing import Protocol

from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.server.request_head import RequestHead, bad_request

FORGOTTEN_BYTES_MAX = 8 * 1024
"""The most bytes of chunk extensions and trailers, which are read and forgotten."""
CHUNKS_PER_TURN = 1_000

_LENGTH = re.compile(rb"[0-9]{1,15}")
_SIZE_LINE = re.compile(rb"([0-9A-Fa-f]{1,12})(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?")
_TRAILER = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*")


class RequestBody(Protocol):
    """Takes the bytes of one body out of a connection's buffer."""

    complete: bool
    """Whether all bytes of the body have been taken."""

    def take(self, buffer: bytearray) -> bytes:
        """Remove what belongs to the body from the buffer; return its content. Raises HttpError."""
        ...


def body_of(head: RequestHead) -> RequestBody:
    """The body that a head announces. Raises HttpError where parties could differ about its end."""
    coding = head.fields.get(b"transfer-encoding")
    length = head.fields.get(b"content-length")
    if coding is None:
        if length is None:
            return LengthBody(0)
        if not _LENGTH.fullmatch(length):
            raise bad_request()
        return LengthBody(int(length))
    if length is not None or head.version == "1.0":
        raise bad_request()
    if coding.lower() != b"chunked":
        message = "The only Transfer-Encoding of a request is chunked."
        raise HttpError(501, "UNSUPPORTED_TRANSFER_ENCODING", message)
    return ChunkedBody()


class LengthBody:
    """A body of a length that was said before (``Content-Length``); none has the length 0."""

    def __init__(self, length: int) -> None:
        self.complete = length == 0
        self._left = length

    def take(self, buffer: bytearray) -> bytes:
        """Take up to the rest of the length."""
        taken = bytes(buffer[: self._left])
        del buffer[: self._left]
        self._left -= len(taken)
        self.complete = self._left == 0
        return taken


class ChunkedBody:
    """A body in chunks (RFC 9112 §7.1). Its extensions and trailers are read and forgotten."""

    def __init__(self) -> None:
        self.complete = False
        self._left = 0
        """The bytes left of the present chunk, with its line end; 0 before a size."""
        self._in_trailers = False
        self._forgotten = 0

    def take(self, buffer: bytearray) -> bytes:
        """Take the content of the chunks that have arrived; of very many, some."""
        parts: list[bytes] = []
        for _ in range(CHUNKS_PER_TURN):
            if self.complete or not (self._left or self._take_line(buffer)):
                break
            if self._left and not self._take_chunk(buffer, parts):
                break
        return b"".join(parts)

    def _take_chunk(self, buffer: bytearray, parts: list[bytes]) -> bool:
        """Take from the present chunk; return whether it has ended."""
        content = self._left - 2
        if content > 0:
            parts.append(bytes(buffer[:content]))
            del buffer[:content]
            self._left -= len(parts[-1])
        if self._left > 2 or len(buffer) < self._left:
            return False
        if not buffer.startswith(b"\r\n"):
            raise bad_request()
        del buffer[:2]
        self._left = 0
        return True

    def _take_line(self, buffer: bytearray) -> bool:
        """Take a line with a size, or a trailer; return whether one has arrived."""
        end = buffer.find(b"\n", 0, FORGOTTEN_BYTES_MAX)
        if end < 0:
            self._forget(len(buffer), kept=False)
            return False
        line = bytes(buffer[: end + 1])
        del buffer[: end + 1]
        if not line.endswith(b"\r\n"):
            raise bad_request()
        if self._in_trailers:
            self._read_trailer(line[:-2])
        else:
            self._read_size(line[:-2])
        return True

    def _read_size(self, line: bytes) -> None:
        found = _SIZE_LINE.fullmatch(line)
        if found is None:
            raise bad_request()
        self._forget(len(line) - len(found[1]))
        size = int(found[1], 16)
        self._in_trailers = size == 0
        self._left = size + 2 if size else 0

    def _read_trailer(self, line: bytes) -> None:
        if not line:
            self.complete = True
        elif _TRAILER.fullmatch(line):
            self._forget(len(line))
        else:
            raise bad_request()

    def _forget(self, count: int, *, kept: bool = True) -> None:
        """Count bytes that are no content; ``kept`` ones are counted for good."""
        if self._forgotten + count > FORGOTTEN_BYTES_MAX:
            message = f"Chunk extensions and trailers have at most {FORGOTTEN_BYTES_MAX} bytes."
            raise HttpError(431, "HEADERS_TOO_LARGE", message)
        self._forgotten += count if kept else 0
