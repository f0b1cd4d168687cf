"""Unexpected errors are logged, and answered with a code."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.infra.http.json_response import masked_response

logger = logging.getLogger(__name__)


class UnexpectedErrors:
    """Middleware that answers an error, where no response has begun.

    Starlette's own answers in plain text, outside of every other middleware.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 or 503 where it fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except Exception as error:
            if started:
                raise
            public = log_and_mask(logger, "a request failed", error)
            await masked_response(public)(scope, receive, send)
