"""The sockets of a node: as many as it serves."""

from starlette.websockets import WebSocket

from intersessional.infra.connections.authenticated_sessions import TooManySessions
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.websocket.graphql_socket import TRY_AGAIN_LATER, GraphQLSocket
from intersessional.infra.websocket.messages import PROTOCOL
from intersessional.infra.websocket.server_context import ServerContext


class GraphQLSockets:
    """Serves sockets."""

    def __init__(self, host: ServerContext, guests: ClientConnections) -> None:
        """``guests`` owns what runs for them."""
        self._host = host
        self._guests = guests

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a socket until it ends."""
        try:
            with self._host.sessions.opened():
                socket = GraphQLSocket(websocket, self._host, self._guests.spawn)
                with self._guests.known(socket):
                    await socket.serve()
        except TooManySessions as full:
            await websocket.accept(PROTOCOL)
            await websocket.close(TRY_AGAIN_LATER, str(full))
