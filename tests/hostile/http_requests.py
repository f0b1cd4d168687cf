"""The beginning of a request, and an application that does not read its body."""

from starlette.types import Receive, Scope, Send

BEGIN = b"POST /sent HTTP/1.1\r\nHost: x\r\n"


async def not_found(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer without reading the body."""
    headers = [(b"content-length", b"4")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"none"})
