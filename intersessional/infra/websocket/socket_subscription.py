"""The sink of one subscription on one WebSocket."""

from collections.abc import Callable, Sequence

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.send_buffer import SendBuffer
from intersessional.projections.kernel.epochs import PositionInEpoch


class SocketSubscription:
    """Writes payloads as ``next`` messages with the client's operation id."""

    def __init__(
        self, operation_id: str, send_buffer: SendBuffer, on_end: Callable[[str], None]
    ) -> None:
        """``on_end`` is called with the operation id when the operation has failed."""
        self._operation_id = operation_id
        self._next_prefix = messages.next_prefix(operation_id)
        self._send_buffer = send_buffer
        self._on_end = on_end
        self.position = 0
        """The position of the last payload that was written, or after which they follow."""
        self.epoch: str | None = None
        """The epoch in which it began; None before."""

    def start(self, position: PositionInEpoch) -> None:
        """Take the position after which payloads follow."""
        self.position = position
        self.epoch = position.epoch

    def send(self, payloads: Sequence[Payload]) -> None:
        """Write payloads; a full send buffer closes the socket."""
        if self._send_buffer.put_all(
            [(self._next_prefix, payload.body, messages.NEXT_SUFFIX) for payload in payloads]
        ):
            self.position = payloads[-1].position

    def fail(self, body: bytes) -> None:
        """Write an ``error`` message, which ends the operation."""
        self._on_end(self._operation_id)
        self._send_buffer.put(messages.error(self._operation_id, body))

    async def drain(self) -> None:
        """Wait until the send buffer is low."""
        await self._send_buffer.drain()
