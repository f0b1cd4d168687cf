"""What anybody may send is no line in the log: else a stranger could fill it."""

import pytest

from tests.graphql.server import Server
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")

HANDSHAKE = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)
FORM = ("POST /secretariat/import HTTP/1.1", "Sec-Fetch-Site: same-origin", "Content-Length: 60")
SENT = {
    "a socket where there is none": ("GET / HTTP/1.1", *HANDSHAKE),
    "a socket of another origin": ("GET /graphql HTTP/1.1", "Origin: http://x", *HANDSHAKE),
    "a socket without a key": ("GET /graphql HTTP/1.1", *HANDSHAKE[:3]),
    "a form that is none": (*FORM, "Content-Type: multipart/form-data; boundary=x"),
    "a form without a boundary": (*FORM, "Content-Type: multipart/form-data"),
    "no request": ("\0",),
    "a path that is none": ("GET /%00%ff HTTP/1.1",),
    "a host that is none": ("GET /calendar.ics HTTP/1.1", "Host: [::1"),
    "cookies that are none": ("GET / HTTP/1.1", 'Cookie: session=x; session="; __Host-session'),
    "an issuer that is none": ("GET /sign-in/callback?code=x&state=y HTTP/1.1",),
}


async def test_what_anybody_may_send_is_no_line_in_the_log(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    statuses: dict[str, int] = {}
    for name, lines in SENT.items():
        async with open_raw_connection(server) as line:
            await line.send(*lines, body=b"x" * 60 if "Content-Length: 60" in lines else b"")
            statuses[name], _, _ = await line.receive()

    assert set(statuses.values()) <= {400, 403, 404, 405, 200}, statuses
    # The database of the tests may be slow meanwhile.
    assert [line for line in caplog.messages if "can use the database" not in line] == []
