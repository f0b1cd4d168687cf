"""The values that go into the record and come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX

HASH_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens a sealed field: kept beside the log, and the only content that can be erased."""

    commitment: bytes
    salt: bytes = field(repr=False)
    value: bytes = field(repr=False)
    """Canonical JSON of the sealed value."""

    def __post_init__(self) -> None:
        if len(self.commitment) != HASH_BYTES or len(self.salt) != HASH_BYTES:
            raise ValueError("a commitment and its salt are 32 bytes each")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to record: the next version of its stream, its state in canonical JSON."""

    stream: UUID
    version: int
    topic: str
    state: bytes
    openings: tuple[Opening, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.version <= INTEGER_MAX:
            raise ValueError(f"{self.version} is no version")
        if not self.topic or not self.topic.isascii() or not self.topic.isprintable():
            raise ValueError(f"{self.topic!r} is no topic: it is printable ASCII")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The outcome of one command. ``body`` is the command with its actor in canonical bytes:
    the same id with another body is refused. ``subject`` is what a repeat is answered with.
    """

    command_id: UUID
    body: bytes = field(repr=False)
    subject: UUID
    events: tuple[NewEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendRequest:
    """Submissions recorded together or not at all.

    ``expects`` names the version at which each stream must stand (0: it must not exist), for
    every stream written and for any that was only read. Raises ValueError when there is nothing
    to record, a command id stands twice, or an event is not the next of its stream.
    """

    submissions: tuple[Submission, ...]
    expects: Mapping[UUID, int]
    leaves: Mapping[UUID, int] = field(init=False, repr=False, compare=False)
    """Where the same streams, in the same order, stand once it is recorded."""

    def __post_init__(self) -> None:
        if not self.submissions or not all(one.events for one in self.submissions):
            raise ValueError("an append records at least one event for each command")
        if len({one.command_id for one in self.submissions}) < len(self.submissions):
            raise ValueError("a command id stands twice in one append")
        if not all(-1 <= version <= INTEGER_MAX for version in self.expects.values()):
            raise ValueError("a stream is expected where none can stand")
        stands = dict(self.expects)
        for submission in self.submissions:
            for event in submission.events:
                if stands.get(event.stream) != event.version - 1:
                    raise ValueError(
                        f"version {event.version} is not the next of {event.stream} as expected"
                    )
                stands[event.stream] = event.version
        object.__setattr__(self, "leaves", stands)


# The next two are made once for every event that is recorded or read, and a struct is made in a
# tenth of a dataclass's time.
class Receipt(Struct, frozen=True, kw_only=True):
    """The outcome of a command: the positions of its events, and whether it was known before."""

    command_id: UUID
    subject: UUID
    first: int
    last: int
    recorded_at: datetime
    repeated: bool


class LogRow(Struct, frozen=True, kw_only=True):
    """An event as the log holds it."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """Where the log stands: its last position and the Merkle frontier over all of it."""

    position: int
    recorded_at: datetime | None
    frontier: tuple[bytes, ...]
