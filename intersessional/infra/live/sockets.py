"""The sockets of a node: as many as it serves."""

from starlette.websockets import WebSocket

from intersessional.infra.live.guests import Guests
from intersessional.infra.live.host import Host
from intersessional.infra.live.messages import PROTOCOL
from intersessional.infra.live.sessions import TooMany
from intersessional.infra.live.socket import TRY_AGAIN_LATER, LiveSocket


class Sockets:
    """Serves sockets."""

    def __init__(self, host: Host, guests: Guests) -> None:
        """``guests`` owns what runs for them."""
        self._host = host
        self._guests = guests

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a socket until it ends."""
        try:
            with self._host.sessions.opened():
                socket = LiveSocket(websocket, self._host, self._guests.spawn)
                with self._guests.known(socket):
                    await socket.serve()
        except TooMany as full:
            await websocket.accept(PROTOCOL)
            await websocket.close(TRY_AGAIN_LATER, str(full))
