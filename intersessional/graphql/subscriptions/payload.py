"""One result of a subscription, encoded once for all its subscribers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """The result for the event at ``position``; ``body`` is a GraphQL response in JSON.

    ``texts_closed_at`` is the last event that may have closed texts, when its execution began.
    """

    position: int
    body: bytes
    texts_closed_at: int = 0


def chunks(payloads: Sequence[Payload], bytes_max: int) -> Iterator[Sequence[Payload]]:
    """Split payloads into chunks of at most ``bytes_max``, or of one larger payload."""
    begin = size = 0
    for end, payload in enumerate(payloads):
        size += len(payload.body)
        if size > bytes_max and end > begin:
            yield payloads[begin:end]
            begin, size = end, len(payload.body)
    if begin < len(payloads):
        yield payloads[begin:]
