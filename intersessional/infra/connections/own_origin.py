"""The origin of the server itself, as a request names it."""

from starlette.requests import HTTPConnection

_HTTP = {"ws": "http", "wss": "https"}


def own_origin(request: HTTPConnection) -> str:
    """The scheme, which a trusted proxy may have said, and the host that the request is for."""
    scheme = request.url.scheme
    return f"{_HTTP.get(scheme, scheme)}://{request.headers.get('host')}"
