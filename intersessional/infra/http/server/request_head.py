"""Reads the head of an HTTP/1 request: its request line and its headers (RFC 9112 §3, §5).

llhttp parses each head by itself, and never sees a byte of a body: so nothing of a body can be
taken for a request, whatever protocol the request offers (llhttp would end at such an offer).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import httptools

from intersessional.infra.connections.client_address import parse_address
from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.middleware.cors import METHODS

HEAD_BYTES_MAX = 64 * 1024
SKIPPED_BYTES_MAX = 256 * 1024
"""The bytes of a head that is too large which are still read, and forgotten."""
HEADERS_MAX = 128
"""The most headers: in memory, a tiny one takes twenty times its bytes."""
VERSIONS = ("1.0", "1.1")

_END = b"\r\n\r\n"
_HOST = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=%-]*(:[0-9]*)?|\[[0-9A-Fa-f:.]+\](:[0-9]*)?")
_ABSOLUTE = re.compile(rb"https?://([^/]*)(/.*)?", re.IGNORECASE)
_SINGLE = {b"authorization", b"content-length", b"host", b"origin", b"transfer-encoding"}
"""Headers of which two parties could read different ones, if there were several."""
_LISTS = {b"connection", b"expect", b"upgrade"}
_READ = _SINGLE | _LISTS


@dataclass(slots=True, kw_only=True)
class RequestHead:
    """The request line and the headers of a request; names of headers are in lower case."""

    method: str
    path: bytes
    query: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    size_bytes: int
    """The bytes that it had on the wire."""
    fields: dict[bytes, bytes]
    """The headers that the protocol reads; the lines of a list are joined."""

    def tokens(self, name: bytes) -> list[bytes]:
        """The members of a header that is a list of tokens, in lower case."""
        value = self.fields.get(name)
        return [] if value is None else [one.strip(b" \t").lower() for one in value.split(b",")]

    @property
    def keeps_alive(self) -> bool:
        """Whether the client may send another request on the connection (RFC 9112 §9.3)."""
        return self.version == "1.1" and b"close" not in self.tokens(b"connection")

    @property
    def expects_continue(self) -> bool:
        """Whether the client waits for a 100 before it sends the body (RFC 9110 §10.1.1)."""
        return self.version == "1.1" and b"100-continue" in self.tokens(b"expect")

    @property
    def offers_websocket(self) -> bool:
        """Whether it is a WebSocket handshake (RFC 6455 §4.2.1); other offers are ignored."""
        return (
            b"upgrade" in self.fields
            and self.method == "GET"
            and self.version == "1.1"
            and self.tokens(b"upgrade") == [b"websocket"]
            and b"upgrade" in self.tokens(b"connection")
        )


class RequestHeadReader:
    """Reads one head from a connection's buffer, as it arrives."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        """The headers read so far."""
        self._parser: httptools.HttpRequestParser | None = None
        """Refers to this reader: none is there before a head begins, and none after it."""
        self._target = b""
        self._fed = 0
        self._line_skipped = False
        self._heads = 0
        self._complete = False
        self._error: HttpError | None = None
        self._skipped = 0
        self._has_origin = False

    @property
    def begun(self) -> bool:
        """Whether something of the head has arrived."""
        return self._fed > 0

    @property
    def parsed_bytes(self) -> int:
        """The bytes of an unfinished head of which the parser holds a copy."""
        if self._parser is None:
            return 0
        return self._fed if self._error is None else HEAD_BYTES_MAX

    def read(self, buffer: bytearray) -> RequestHead | None:
        """Remove the head from the buffer; None while its end has not arrived. Raises HttpError."""
        if not self._line_skipped and self._fed == 0 and buffer.startswith(b"\r\n"):
            # One empty line before a request is ignored (RFC 9112 §2.2).
            del buffer[:2]
            self._line_skipped = True
        if not buffer or (bytes(buffer[:2]) == b"\r" and not self._line_skipped):
            return None
        end = self._find_end(buffer)
        until = len(buffer) if end < 0 else end + len(_END)
        self._feed(bytes(buffer[self._fed : until]))
        self._fed = until
        if self._heads > 1 or self._complete != (end >= 0):
            raise bad_request()
        if self._error is not None:
            self._skip(buffer, until)
            return None
        if end < 0:
            return None
        line = bytes(buffer[: buffer.find(b"\r\n")])
        del buffer[:until]
        return self._head(line)

    def close(self) -> None:
        """Read no more: without the parser, reader and headers go at once."""
        self._parser = None

    def _find_end(self, buffer: bytearray) -> int:
        start = max(self._fed - len(_END) + 1, 0)
        end = buffer.find(_END, start, HEAD_BYTES_MAX if self._error is None else len(buffer))
        if end < 0 and len(buffer) >= HEAD_BYTES_MAX and self._error is None:
            self._error = _too_large(buffer)
            end = buffer.find(_END, start)
        return end

    def _skip(self, buffer: bytearray, until: int) -> None:
        """Forget what was read of a head that is too large; refuse it at its end.

        Its ``Origin`` is read until then, without which a page could not read the refusal.
        """
        self._skipped += until
        if self._error is not None and (self._complete or self._skipped > SKIPPED_BYTES_MAX):
            raise self._error
        kept = min(until, len(_END) - 1)
        del buffer[: until - kept]
        self._fed = kept

    def _feed(self, data: bytes) -> None:
        if self._fed == 0 and data[:1] in (b"\r", b"\n"):
            raise bad_request()
        if self._parser is None:
            self._parser = httptools.HttpRequestParser(self)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # The head is complete, and offers another protocol.
            pass
        except httptools.HttpParserInvalidMethodError:
            raise _method_not_allowed() from None
        except httptools.HttpParserError:
            raise bad_request() from None

    def _head(self, line: bytes) -> RequestHead:
        assert self._parser is not None
        version = self._parser.get_http_version()
        method = self._parser.get_method().decode("ascii")
        self.close()
        # llhttp also reads other protocols, and more than one space (RFC 9112 §3 does not).
        if line != b"%b %b HTTP/%b" % (method.encode(), self._target, version.encode()):
            raise bad_request()
        fields = _fields(self.headers)
        host = fields.get(b"host")
        if version not in VERSIONS or (version == "1.1" and host is None):
            raise bad_request()
        if host is not None and not _is_host(host):
            raise bad_request()
        path, query = _path_and_query(method, self._target, host)
        return RequestHead(
            method=method,
            path=path,
            query=query,
            version=version,
            headers=self.headers,
            size_bytes=self._fed,
            fields=fields,
        )

    # llhttp calls these.

    def on_message_begin(self) -> None:
        """Count the heads that llhttp sees, which is one."""
        self._heads += 1

    def on_url(self, part: bytes) -> None:
        """Add a part of the request target."""
        if self._error is None:
            self._target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        """Add a header."""
        name = name.lower()
        if len(self.headers) >= HEADERS_MAX and self._error is None:
            self._error = _too_many_headers()
        if self._error is None or (name == b"origin" and not self._has_origin):
            self._has_origin = self._has_origin or name == b"origin"
            self.headers.append((name, value.strip(b" \t")))

    def on_headers_complete(self) -> None:
        """Note the end of the head."""
        self._complete = True


def bad_request() -> HttpError:
    """The refusal of what is no HTTP/1 request, or could be read in two ways."""
    return HttpError(400, "BAD_REQUEST", "This is no request that can be read in only one way.")


def _too_large(buffer: bytearray) -> HttpError:
    if buffer.find(b"\r\n", 0, HEAD_BYTES_MAX) < 0:
        message = f"A URL has at most {HEAD_BYTES_MAX} bytes; a longer query is sent by POST."
        return HttpError(414, "URL_TOO_LONG", message)
    message = f"The headers of a request have at most {HEAD_BYTES_MAX} bytes."
    return HttpError(431, "HEADERS_TOO_LARGE", message)


def _too_many_headers() -> HttpError:
    return HttpError(431, "HEADERS_TOO_LARGE", f"A request has at most {HEADERS_MAX} headers.")


def _method_not_allowed() -> HttpError:
    message = f"The API answers to {METHODS}."
    return HttpError(405, "METHOD_NOT_ALLOWED", message, {"Allow": METHODS})


def _fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers that the protocol reads. Raises HttpError where one appears twice."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _READ:
            if name not in fields:
                fields[name] = value
            elif name in _LISTS:
                fields[name] += b"," + value
            else:
                raise bad_request()
    return fields


def _is_host(host: bytes) -> bool:
    """Whether it is a host with a port or without (RFC 9110 §7.2); brackets hold IPv6."""
    if not _HOST.fullmatch(host):
        return False
    if not host.startswith(b"["):
        return True
    literal = host[1 : host.index(b"]")].decode("ascii")
    return ":" in literal and parse_address(literal) is not None


def _path_and_query(method: str, target: bytes, host: bytes | None) -> tuple[bytes, bytes]:
    """The path and query of a request target (RFC 9112 §3.2). Raises HttpError.

    A target that names a server names the one of ``Host``: else parties could differ about it.
    """
    if method == "CONNECT":
        raise _method_not_allowed()
    if b"#" in target:
        raise bad_request()
    path, _, query = target.partition(b"?")
    if target.startswith(b"/") or target == b"*":
        return path, query
    absolute = _ABSOLUTE.fullmatch(path)
    if absolute is None or host is None or absolute[1].lower() != host.lower():
        raise bad_request()
    return absolute[2] or b"/", query
