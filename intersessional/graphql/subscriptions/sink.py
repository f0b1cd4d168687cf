"""Where one watcher's payloads go."""

from collections.abc import Sequence
from typing import Protocol

from intersessional.graphql.subscriptions.payload import Payload


class Sink(Protocol):
    """One watcher of one operation, on whatever wire."""

    def begin(self, position: int) -> None:
        """Hear, before anything else, after which position everything is to come."""
        ...

    def next(self, payloads: Sequence[Payload]) -> None:
        """Take the next payloads. Never waits: a watcher who cannot follow is let go."""
        ...

    def failed(self, body: bytes) -> None:
        """Take the errors, a JSON array, that end the operation."""
        ...

    async def room(self) -> None:
        """Wait until most of what was taken so far has left: for those who catch up."""
        ...
