"""Where sockets come in: who may, and which protocol they must speak."""

from collections.abc import Collection

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from intersessional.infra.live.messages import PROTOCOL
from intersessional.infra.live.sockets import Sockets


class SocketEndpoint:
    """Lets a socket into the live room."""

    def __init__(self, sockets: Sockets, origins: Collection[str]) -> None:
        """``origins`` may ask beside our own."""
        self._sockets = sockets
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket, or refuse it: 403 before the handshake, 4406 after it."""
        websocket = WebSocket(scope, receive, send)
        if not origin_allowed(websocket, self._origins):
            await websocket.close()
        elif PROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
        else:
            await self._sockets.serve(websocket)


def origin_allowed(asked: HTTPConnection, origins: Collection[str]) -> bool:
    """Whether the page that asks is ours or allowed; who is no browser sends no origin."""
    origin = asked.headers.get("origin")
    scheme = {"ws": "http", "wss": "https"}.get(asked.url.scheme, asked.url.scheme)
    own = f"{scheme}://{asked.headers.get('host')}"
    return origin is None or origin == own or origin in origins
