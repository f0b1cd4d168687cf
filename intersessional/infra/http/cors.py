"""Whose pages may ask: our own, and those of the origins that the settings name (CORS)."""

from collections.abc import Collection

from starlette.requests import HTTPConnection
from starlette.responses import Response

METHODS = "GET, HEAD, POST, OPTIONS"
PREFLIGHT_S = 600


class CorsOrigins:
    """Tells whether the page that asks may, and says so to its browser."""

    def __init__(self, others: Collection[str]) -> None:
        """``others`` may ask beside our own."""
        self._others = others

    def allow(self, asked: HTTPConnection) -> bool:
        """Whether the page that asks is ours or allowed; who is no browser sends no origin."""
        origin = asked.headers.get("origin")
        scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
        own = f"{scheme}://{asked.headers.get('host')}"
        return origin is None or origin == own or origin in self._others

    def headers(self, asked: HTTPConnection) -> dict[str, str]:
        """What lets an allowed page of another origin read the answer. No cookies are asked for."""
        origin = asked.headers.get("origin")
        headers = {"Vary": "Accept, Origin"}
        if origin in self._others:
            headers["Access-Control-Allow-Origin"] = str(origin)
            headers["Access-Control-Expose-Headers"] = "Allow, Retry-After, WWW-Authenticate"
        return headers


def options(asked: HTTPConnection) -> Response:
    """Which methods there are; and to a browser, that a page may send what it wants to send."""
    response = Response(status_code=204, headers={"Allow": METHODS})
    if "access-control-request-method" in asked.headers:
        wanted = asked.headers.get("access-control-request-headers", "")
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = wanted
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_S)
    return response
