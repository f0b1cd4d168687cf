"""Limits on the size of request bodies, of each and of all that a node holds.

Not Starlette's ``RequestBodyLimitMiddleware``: its 413 is always plain text without a code.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.connections.abort import abort
from intersessional.infra.connections.body_sizes import RequestBodyTooLarge, limit_of
from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.http.json_response import error_response

BODIES_BYTES_MAX = 128 * 1024 * 1024
"""Bodies of all requests together that a node holds."""
SMALL_BYTES = 8 * 1024
"""A body up to this size is not counted: almost all are smaller."""


class _Body:
    """The body of one request, which is held until it is answered."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def abort(self) -> None:
        """Close the connection."""
        abort(self._scope)


class BodyLimit:
    """Middleware that counts the bytes of a body, whatever its headers say, and answers 413.

    Where all bodies together are too large, connections whose body stands still are aborted.
    """

    def __init__(self, app: ASGIApp, bytes_max: int) -> None:
        """``bytes_max`` is the size of the largest body of a request without a limit of its own."""
        self._app = app
        self._bytes_max = bytes_max
        self._budget = ByteBudget("bodies of requests", BODIES_BYTES_MAX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received, body = 0, _Body(scope)

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            bytes_max = limit_of(scope, self._bytes_max)
            if received > bytes_max:
                raise RequestBodyTooLarge(bytes_max)
            if received > SMALL_BYTES:
                self._budget.hold(body, received)
            return message

        try:
            await self._app(scope, counted, send)
        except RequestBodyTooLarge as error:
            close = {"Connection": "close"}
            response = error_response(413, "BODY_TOO_LARGE", str(error), headers=close)
            await response(scope, receive, send)
        finally:
            self._budget.hold(body, 0)
