"""What a request's head says, as the ASGI application reads it."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote

from intersessional.infra.http.server.request_head import RequestHead

_REFUSED = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "query_string": b"",
    "root_path": "",
}
"""A request that is refused without its head is answered as ``GET /`` would be."""


def request_scope(
    head: RequestHead | None, headers: list[tuple[bytes, bytes]]
) -> MutableMapping[str, Any]:
    """The keys of an ASGI scope that depend on the request alone."""
    if head is None:
        return {**_REFUSED, "headers": headers}
    path = head.path.decode("ascii")
    return {
        **_REFUSED,
        "headers": headers,
        "http_version": head.version,
        "method": head.method,
        "path": unquote(path) if "%" in path else path,
        "raw_path": head.path,
        "query_string": head.query,
    }
