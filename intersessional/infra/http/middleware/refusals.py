"""Requests that the server refuses before the application: it answers them all the same."""

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.json_response import error_response

EXTENSION = "intersessional.refusal"


def refuse(scope: MutableMapping[str, Any], error: HttpError) -> None:
    """Have the application answer with an error, and with the headers of every response."""
    scope.setdefault("extensions", {})[EXTENSION] = error


class Refusals:
    """Middleware that answers what the server refused."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the refusal, or pass the request on."""
        error = scope.get("extensions", {}).get(EXTENSION)
        if isinstance(error, HttpError):
            response = error_response(error.status, error.code, str(error), headers=error.headers)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)
