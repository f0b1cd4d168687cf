"""One result of a watched operation, encoded once for everyone who watches it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """What an event made of the operation: ``body`` is a GraphQL response in JSON."""

    position: int
    body: bytes
