"""uvicorn's HTTP with two things it lacks: a bound on what comes before a body, and a way to cut.

What comes before a body is read before the application hears of it, so only the server can bound
its size and the time it takes.
"""

import asyncio
import sys
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from intersessional.infra.connections.abort import EXTENSION
from intersessional.infra.http.cors import METHODS
from intersessional.infra.http.responses import error_body

HEAD_BYTES_MAX = 64 * 1024
URL_BYTES_MAX = 65_534
"""The longest that the parser takes."""
HEAD_S = 20.0

VERSIONS = ("1.0", "1.1")
ALLOW = f"allow: {METHODS}"


class HttpProtocol(HttpToolsProtocol):
    """Reads requests; those whose beginning is too long, or takes too long, are refused."""

    _head_bytes = 0
    _in_head = False
    _in_body = False
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._head_arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, as long as it is not too much."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                # Headers come after the URL: without one, it is the URL that is too long.
                if self.headers:
                    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    self._refuse(status, "HEADERS_TOO_LARGE")
                else:
                    self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "URL_TOO_LONG")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._wait_for_head()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Its beginning is there; an application may cut the connection from now on.

        Raises ValueError, which is told as what cannot be read, for what is no request (RFC 9112
        sections 2.3 and 3.2).
        """
        self._head_arrived()
        parser: Any = self.parser  # There is one as long as it calls us.
        version = parser.get_http_version()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if version not in VERSIONS or (version == "1.1" and hosts != 1):
            raise ValueError(f"HTTP/{version} with {hosts} Host headers")
        scope: MutableMapping[str, Any] = self.scope  # type: ignore[assignment]
        scope.setdefault("extensions", {})[EXTENSION] = self.transport.abort
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request ends."""
        self._in_body = False
        super().on_message_complete()

    def _wait_for_head(self) -> None:
        self._head_arrived()
        self._head_timer = self.loop.call_later(HEAD_S, self._head_late)

    def _head_arrived(self) -> None:
        self._in_head = False
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_late(self) -> None:
        if self._in_head:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "TOO_SLOW")
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Say what cannot be read at all."""
        if isinstance(sys.exception(), HttpParserInvalidMethodError):
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", ALLOW)
        elif len(getattr(self, "url", b"")) > URL_BYTES_MAX:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "URL_TOO_LONG")
        else:
            self._refuse(HTTPStatus.BAD_REQUEST, "BAD_REQUEST")

    def _refuse(self, status: HTTPStatus, code: str, *headers: str) -> None:
        cycle: Any = self.cycle  # None before the first request.
        if cycle is not None and not cycle.response_complete:
            if not self._in_body or self.pipeline or cycle.response_started:
                # Another answer is under way on this connection: nothing can be said within it.
                self.transport.abort()
                return
            # Whoever waits for the body gets no more of it, and answers nothing.
            cycle.disconnected = True
            cycle.message_event.set()
        body = error_body(code, f"{status.description or status.phrase}.")
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            "content-type: application/json; charset=utf-8",
            f"content-length: {len(body)}",
            "connection: close",
            *headers,
        )
        self.transport.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        self.transport.close()
