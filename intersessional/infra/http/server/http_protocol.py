"""uvicorn's HTTP protocol with limits on a request's line and headers, and with an abort extension.

The application is called after the request line and headers were read, so only the server
can limit their size and time.
"""

import asyncio
import sys
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from intersessional.infra.connections.abort import EXTENSION
from intersessional.infra.http.json_response import error_body
from intersessional.infra.http.middleware.cors import METHODS

HEADERS_BYTES_MAX = 64 * 1024
URL_BYTES_MAX = 65_534
"""The longest URL that httptools parses."""
HEADERS_S = 20.0

VERSIONS = ("1.0", "1.1")
ALLOW = f"allow: {METHODS}"


class HttpProtocol(HttpToolsProtocol):
    """Refuses requests whose line and headers are too large or take too long."""

    _headers_bytes = 0
    _in_headers = False
    _in_body = False
    _headers_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the timer for the first request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._start_headers_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._stop_headers_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read data, up to the limit on the request line and headers."""
        super().data_received(data)
        if self._in_headers and not self.transport.is_closing():
            self._headers_bytes += len(data)
            if self._headers_bytes > HEADERS_BYTES_MAX:
                # Headers follow the URL: without any, the URL is too long.
                if self.headers:
                    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    self._refuse(status, "HEADERS_TOO_LARGE")
                else:
                    self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "URL_TOO_LONG")

    def on_message_begin(self) -> None:
        """Start the timer for the headers of a request."""
        super().on_message_begin()
        self._start_headers_timer()
        self._in_headers, self._headers_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Check the version and ``Host``, and add the abort extension to the scope.

        Raises ValueError, which becomes a 400, for a bad version or ``Host`` (RFC 9112 §2.3, §3.2).
        """
        self._stop_headers_timer()
        parser: Any = self.parser  # None only after the connection was lost.
        version = parser.get_http_version()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if version not in VERSIONS or (version == "1.1" and hosts != 1):
            raise ValueError(f"HTTP/{version} with {hosts} Host headers")
        scope: MutableMapping[str, Any] = self.scope  # type: ignore[assignment]
        scope.setdefault("extensions", {})[EXTENSION] = self.transport.abort
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note the end of the body."""
        self._in_body = False
        super().on_message_complete()

    def _start_headers_timer(self) -> None:
        self._stop_headers_timer()
        self._headers_timer = self.loop.call_later(HEADERS_S, self._headers_timed_out)

    def _stop_headers_timer(self) -> None:
        self._in_headers = False
        if self._headers_timer is not None:
            self._headers_timer.cancel()
            self._headers_timer = None

    def _headers_timed_out(self) -> None:
        if self._in_headers:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "TOO_SLOW")
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse a request that cannot be parsed."""
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
                # Another response is being sent on this connection.
                self.transport.abort()
                return
            # The application, which waits for the body, sees a disconnect and sends no response.
            cycle.disconnected = True
            cycle.message_event.set()
        body = error_body(code, f"{status.description or status.phrase}.")
        lines = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            "content-type: application/json; charset=utf-8",
            f"content-length: {len(body)}",
            "connection: close",
            *headers,
        )
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        self.transport.close()
