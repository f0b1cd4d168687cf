"""The context of a request: its id in the log and in the response, and the access log.

A request id is made here, unless a trusted proxy sends one: ``X-Request-Id``, or the trace id of
``traceparent`` (W3C Trace Context §3.2).
"""

import logging
import re
import time
from collections.abc import Sequence
from random import getrandbits
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.connections.client_address import Network, client_address, is_trusted
from intersessional.infra.metrics.request_counts import RequestCounts
from intersessional.log_context import begin_log_context
from intersessional.tracing import TRACEPARENT, is_tracing, span

logger = logging.getLogger("intersessional.access")

HEADER = b"x-request-id"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_NO_TRACE = "0" * 32


class RequestContext:
    """The outermost middleware: it sees the address of the peer, be it a proxy or the client."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        proxies: Sequence[Network],
        access_log: bool,
        counts: RequestCounts,
    ) -> None:
        """``proxies`` are trusted; with ``access_log`` each request is a line in the log."""
        self._app = app
        self._proxies = proxies
        self._access_log = access_log
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with an id, which is sent back. Each request has its own task."""
        given = self._given_headers(scope) if self._proxies else None
        forwarded_id = None if given is None else _request_id(given)
        request_id = forwarded_id or f"{getrandbits(128):032x}"
        header = (HEADER, request_id.encode())
        begin_log_context(request_id)
        begun_s = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], header]
                self._counts.count(scope["path"], message["status"], begun_s)
            await send(message)

        if is_tracing() and scope["type"] == "http":
            attributes = {"http.request.method": scope["method"], "request.id": request_id}
            if given is not None and (parent := given.get(TRACEPARENT)):
                attributes[TRACEPARENT] = parent
            with span("request", **attributes):
                await self._pass_on(scope, receive, send_with_id)
        else:
            await self._pass_on(scope, receive, send_with_id)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._access_log:
            await self._log(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _log(self, scope: Scope, receive: Receive, send: Send) -> None:
        started_at = time.perf_counter()
        status = sent_bytes = 0

        async def counted(message: Message) -> None:
            nonlocal status, sent_bytes
            status = message.get("status", status)
            sent_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            facts = {
                "client": str(client_address(scope)),
                "method": scope.get("method", "WEBSOCKET"),
                "path": quote(scope["path"]),
                "status": status,
                "sent_bytes": sent_bytes,
                "duration_ms": round((time.perf_counter() - started_at) * 1000, 1),
            }
            logger.info("%s", " ".join(map(str, facts.values())), extra=facts)

    def _given_headers(self, scope: Scope) -> Headers | None:
        """The headers of a trusted proxy; None where the peer is none."""
        peer = client_address(scope)
        if peer is None or not is_trusted(peer, self._proxies):
            return None
        return Headers(scope=scope)


def _request_id(headers: Headers) -> str | None:
    given = headers.get("x-request-id", "")
    if _REQUEST_ID.fullmatch(given):
        return given
    traced = _TRACEPARENT.fullmatch(headers.get(TRACEPARENT, ""))
    return traced[1] if traced and traced[1] != _NO_TRACE else None
