"""One result of a subscription, encoded once for all its subscribers."""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import getsizeof

_OBJECT_BYTES = 112
"""What a payload takes besides its body: the object, its position, and its place in a list."""


@dataclass(frozen=True, slots=True)
class Payload:
    """The result for the event at ``position``; ``body`` is a GraphQL response in JSON.

    ``texts_closed_at`` is the last event that may have closed texts, and ``epoch`` the epoch of the
    record, when its execution began.
    """

    position: int
    body: bytes
    texts_closed_at: int = 0
    epoch: str = ""

    @property
    def held_bytes(self) -> int:
        """The memory that it takes."""
        return getsizeof(self.body) + _OBJECT_BYTES


def first_chunk(payloads: Sequence[Payload], bytes_max: int) -> Sequence[Payload]:
    """The first payloads: at most ``bytes_max`` of them, or one that is larger."""
    size = 0
    for number, payload in enumerate(payloads):
        size += len(payload.body)
        if size > bytes_max and number:
            return payloads[:number]
    return payloads
