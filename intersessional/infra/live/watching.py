"""One operation on one socket: the sink of its payloads."""

from collections.abc import Callable

from intersessional.infra.live import messages
from intersessional.infra.live.outbox import Outbox
from intersessional.infra.live.payload import Payload


class Watching:
    """Writes the payloads of an operation onto a socket, under the id the client gave it."""

    def __init__(
        self,
        id: str,
        outbox: Outbox,
        *,
        too_slow: Callable[[int], None],
        ended: Callable[[str], None],
    ) -> None:
        """``too_slow`` hears the position up to which a watcher who cannot follow was sent."""
        self.id = id
        self._head = messages.next_head(id)
        self._outbox = outbox
        self._too_slow = too_slow
        self._ended = ended
        self._position = 0

    def next(self, payload: Payload) -> None:
        """Write a payload, or let the whole socket go when it cannot follow."""
        if self._outbox.put(self._head, payload.body, messages.TAIL):
            self._position = payload.position
        else:
            self._too_slow(self._position)

    def failed(self, body: bytes) -> None:
        """Write the errors that end the operation."""
        self._ended(self.id)
        self._outbox.put(messages.error(self.id, body))

    async def room(self) -> None:
        """Wait until the socket takes more."""
        await self._outbox.room()
