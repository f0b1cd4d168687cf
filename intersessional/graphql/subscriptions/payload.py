"""One result of a watched operation, encoded once for everyone who watches it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """What an event made of the operation: ``body`` is a GraphQL response in JSON."""

    position: int
    body: bytes


def chunks(payloads: Sequence[Payload], bytes_max: int) -> Iterator[Sequence[Payload]]:
    """The payloads in runs that are no longer than this together, or a single one that is."""
    begin = size = 0
    for end, payload in enumerate(payloads):
        size += len(payload.body)
        if size > bytes_max and end > begin:
            yield payloads[begin:end]
            begin, size = end, len(payload.body)
    if begin < len(payloads):
        yield payloads[begin:]
