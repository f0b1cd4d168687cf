"""One operation on one socket: the sink of its payloads."""

from collections.abc import Callable, Sequence

from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.send_buffer import SendBuffer


class SocketSubscription:
    """Writes the payloads of an operation onto a socket, under the id the client gave it."""

    seat: Membership | None = None
    """Its place among those who are live, once it has everything that was before."""

    def __init__(self, id: str, outbox: SendBuffer, ended: Callable[[str], None]) -> None:
        """``ended`` hears that nothing more is to come."""
        self.id = id
        self._head = messages.next_head(id)
        self._outbox = outbox
        self._ended = ended
        self._position = 0

    @property
    def position(self) -> int:
        """Up to where everything that concerns it has been written: it can go on after this."""
        return self._position if self.seat is None else max(self._position, self.seat.passed)

    def begin(self, position: int) -> None:
        """Know where it begins, should it never be sent anything."""
        self._position = position

    def next(self, payloads: Sequence[Payload]) -> None:
        """Write payloads; when there is no room for them, the whole socket is let go."""
        if self._outbox.put_all([(self._head, one.body, messages.TAIL) for one in payloads]):
            self._position = payloads[-1].position

    def failed(self, body: bytes) -> None:
        """Write the errors that end the operation."""
        self._ended(self.id)
        self._outbox.put(messages.error(self.id, body))

    async def room(self) -> None:
        """Wait until the socket takes more."""
        await self._outbox.room()
