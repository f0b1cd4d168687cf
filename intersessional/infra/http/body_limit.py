"""Refuses request bodies that are too large, before they are read."""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.http.responses import answer_error

_DISCARDED_MAX = 10
_DISCARDING_S = 5.0


class RequestBodyTooLarge(Exception):
    """More came than the request may have."""


class BodyLimit:
    """Stops reading a request at its greatest allowed size, whatever its headers say."""

    def __init__(self, app: ASGIApp, bytes_max: int) -> None:
        """``bytes_max`` is the largest body in bytes."""
        self._app = app
        self._bytes_max = bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._bytes_max:
                if message.get("more_body"):
                    await self._discard(receive)
                raise RequestBodyTooLarge
            return message

        try:
            await self._app(scope, counted, send)
        except RequestBodyTooLarge:
            response = answer_error(
                413,
                "BODY_TOO_LARGE",
                f"A request has at most {self._bytes_max} bytes.",
                headers={"Connection": "close"},
            )
            await response(scope, receive, send)

    async def _discard(self, receive: Receive) -> None:
        """Take some of what is too much: who is cut off while sending is never told why."""
        left = _DISCARDED_MAX * self._bytes_max
        with suppress(TimeoutError):
            async with asyncio.timeout(_DISCARDING_S):
                while left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body"):
                        return
