"""A limit on the size of request bodies.

Not Starlette's ``RequestBodyLimitMiddleware``: its 413 is always plain text without a code, and it
does not read the rest of a body, so that a client that is still sending reads no response.
"""

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.http.json_response import error_response

_BYTES_MAX = "intersessional.body_bytes_max"
_DISCARDED_BODIES_MAX = 10
_DISCARD_S = 5.0


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
                if message.get("more_body"):
                    await self._discard(receive)
                raise RequestBodyTooLarge(bytes_max)
            return message

        try:
            await self._app(scope, counted, send)
        except RequestBodyTooLarge as error:
            close = {"Connection": "close"}
            response = error_response(413, "BODY_TOO_LARGE", str(error), headers=close)
            await response(scope, receive, send)

    async def _discard(self, receive: Receive) -> None:
        """Read some of the rest: a client that is disconnected while it sends reads no response."""
        left = _DISCARDED_BODIES_MAX * self._bytes_max
        with suppress(TimeoutError):
            async with asyncio.timeout(_DISCARD_S):
                while left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body"):
                        return
