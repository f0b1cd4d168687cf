"""Cross-origin resource sharing (CORS)."""

from collections.abc import Collection

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intersessional.infra.connections.own_origin import own_origin

METHODS = "GET, HEAD, POST, OPTIONS"
PREFLIGHT_S = 600
ORIGIN_REFUSED = (
    403,
    "ORIGIN_REFUSED",
    "Pages of this origin may not use the API; INTERSESSIONAL_ORIGINS names those that may.",
)
"""The status, the code and the message for a page of another origin."""

_HEADERS = [(b"vary", b"Accept, Origin")]
_EXPOSED = (
    b"access-control-expose-headers",
    b"Allow, Retry-After, WWW-Authenticate, X-Request-Id",
)


class CorsOrigins:
    """Allows the server's own origin and those of the settings."""

    def __init__(self, allowed: Collection[str]) -> None:
        """``allowed`` are the origins beside the server's own."""
        self._allowed = allowed

    def allow(self, request: HTTPConnection) -> bool:
        """Whether the request's origin is allowed; clients that are no browsers send none."""
        origin = request.headers.get("origin")
        return origin is None or origin == own_origin(request) or origin in self._allowed

    def headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        """Headers that let a page of an allowed origin read the response, without cookies."""
        for name, value in scope["headers"]:
            if name == b"origin" and value.decode("latin-1") in self._allowed:
                return [*_HEADERS, (b"access-control-allow-origin", value), _EXPOSED]
        return _HEADERS


class CorsHeaders:
    """Middleware that adds the headers to every response, whoever sends it."""

    def __init__(self, app: ASGIApp, origins: CorsOrigins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._origins.headers(scope)]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def options(request: HTTPConnection) -> Response:
    """The response to OPTIONS, and to a CORS preflight request."""
    response = Response(status_code=204, headers={"Allow": METHODS})
    if "access-control-request-method" in request.headers:
        requested = request.headers.get("access-control-request-headers", "")
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = requested
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_S)
    return response
