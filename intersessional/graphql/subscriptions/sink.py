"""The receiver of one subscription's payloads."""

from collections.abc import Sequence
from typing import Protocol

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.projections.kernel.epochs import PositionInEpoch


class Sink(Protocol):
    """One subscription of one client, on any transport."""

    def start(self, position: PositionInEpoch) -> None:
        """Take the position after which payloads follow; called once, first."""
        ...

    def send(self, payloads: Sequence[Payload]) -> None:
        """Take the next payloads. Never waits: a sink that is full ends its subscription."""
        ...

    def fail(self, body: bytes) -> None:
        """Take the errors, a JSON array, that end the subscription."""
        ...

    async def drain(self) -> None:
        """Wait until it is appropriate to send more; used while the sink catches up."""
        ...
