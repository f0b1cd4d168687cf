"""The GraphQL WebSockets of a node."""

from starlette.websockets import WebSocket

from intersessional.infra.connections.client_address import limit_key_of
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.connections.graphql_services import GraphQLServices
from intersessional.infra.connections.places import TooManySessions
from intersessional.infra.websocket.graphql_socket import TRY_AGAIN_LATER, GraphQLSocket
from intersessional.infra.websocket.messages import PROTOCOL


class GraphQLSockets:
    """Serves WebSockets, up to the limit on open connections."""

    def __init__(self, services: GraphQLServices, connections: ClientConnections) -> None:
        self._services = services
        self._connections = connections

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a WebSocket until it closes."""
        socket = GraphQLSocket(websocket, self._services, self._connections)
        address = limit_key_of(websocket.scope)
        try:
            with (
                self._services.sessions.reserve(address, socket.make_room) as place,
                self._connections.track(socket),
            ):
                await socket.serve(place)
        except TooManySessions as error:
            await websocket.accept(PROTOCOL)
            await websocket.close(TRY_AGAIN_LATER, str(error))
