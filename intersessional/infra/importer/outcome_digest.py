"""A digest of what an import records, by which a second outcome is compared with the first."""

from collections.abc import Iterable
from dataclasses import fields
from hashlib import sha256

from intersessional.domain.command_handling.event_store import HandledCommand
from intersessional.domain.kernel.aggregate import DomainEvent

_OF_THE_STREAM = frozenset({"originator_version", "timestamp"})
"""Fields that change with events that have nothing to do with the import."""


def outcome_digest(text: str, commands: Iterable[HandledCommand]) -> str:
    """SHA-256 of a file and of the events of its entries, in hexadecimal.

    The texts of events have no part in it but by the file.
    """
    digest = sha256(text.encode())
    for command in commands:
        for event in command.events:
            digest.update(_content(event).encode())
    return digest.hexdigest()


def _content(event: DomainEvent) -> str:
    values = [getattr(event, one.name) for one in fields(event) if one.name not in _OF_THE_STREAM]
    return f"\n{type(event).__qualname__} {values!r}"
