"""A limit on the size of request bodies.

Not Starlette's ``RequestBodyLimitMiddleware``: its 413 is always plain text without a code.
"""

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.http.json_response import error_response

_BYTES_MAX = "intersessional.body_bytes_max"


class RequestBodyTooLarge(Exception):
    """The body is larger than allowed."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(f"A request has at most {bytes_max} bytes.")


def raise_limit(scope: MutableMapping[str, Any], bytes_max: int) -> None:
    """Allow a larger body for one request, before it is read."""
    scope[_BYTES_MAX] = bytes_max


class BodyLimit:
    """Middleware that counts the bytes of a body, whatever its headers say, and answers 413."""

    def __init__(self, app: ASGIApp, bytes_max: int) -> None:
        """``bytes_max`` is the size of the largest body of a request without a limit of its own."""
        self._app = app
        self._bytes_max = bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            bytes_max = scope.get(_BYTES_MAX, self._bytes_max)
            if received > bytes_max:
                raise RequestBodyTooLarge(bytes_max)
            return message

        try:
            await self._app(scope, counted, send)
        except RequestBodyTooLarge as error:
            close = {"Connection": "close"}
            response = error_response(413, "BODY_TOO_LARGE", str(error), headers=close)
            await response(scope, receive, send)
