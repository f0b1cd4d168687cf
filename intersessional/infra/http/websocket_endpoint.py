"""The WebSocket endpoint."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from intersessional.infra.http.json_response import error_response
from intersessional.infra.http.middleware.cors import ORIGIN_REFUSED, CorsOrigins
from intersessional.infra.websocket.graphql_sockets import GraphQLSockets
from intersessional.infra.websocket.messages import PROTOCOL


class WebSocketEndpoint:
    """Checks the origin and subprotocol of a WebSocket."""

    def __init__(self, sockets: GraphQLSockets, origins: CorsOrigins) -> None:
        self._sockets = sockets
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a WebSocket, or refuse it: 403 before the handshake, 4406 after it."""
        websocket = WebSocket(scope, receive, send)
        if not self._origins.allow(websocket):
            await websocket.send_denial_response(error_response(*ORIGIN_REFUSED))
        elif PROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
        else:
            await self._sockets.serve(websocket)
