"""Append requests: encoded commands and the versions that they rely on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from intersessional.domain.command_handling.question import QuestionKey
from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX
from intersessional.infra.event_store.format.new_event import NewEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedCommand:
    """A command with its encoded events.

    ``body`` is the command with its sender in bytes: another body under the same id is refused.
    ``subject`` is the aggregate that it answers. ``sent_id`` is the id that a client has sent:
    versions that knew ids without senders have recorded the command under it.
    """

    command_id: UUID
    body: bytes = field(repr=False)
    subject: UUID
    events: tuple[NewEvent, ...]
    sent_id: UUID | None = None

    @property
    def public_id(self) -> UUID:
        """The command id in answers."""
        return self.command_id if self.sent_id is None else self.sent_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendRequest:
    """Commands that are recorded together or not at all.

    ``expects`` is the version that each stream must have (0: it must not exist), for
    every stream written and for any that was only read. Raises ValueError when there is nothing
    to record, for a command id that occurs twice, and for an event that is not the next of its
    stream.

    ``asked`` is the position as of which each question was answered that they rely on.
    """

    commands: tuple[EncodedCommand, ...]
    expects: Mapping[UUID, int]
    asked: Mapping[QuestionKey, int] = field(default_factory=dict[QuestionKey, int])
    epoch: str | None = None
    """The epoch of the log that they were made in; without one, any."""
    versions_after: Mapping[UUID, int] = field(init=False, repr=False, compare=False)
    """The versions of the same streams, in the same order, after the append."""

    def __post_init__(self) -> None:
        if not self.commands or not all(one.events for one in self.commands):
            raise ValueError("an append records at least one event for each command")
        if len({one.command_id for one in self.commands}) < len(self.commands):
            raise ValueError("a command id occurs twice in one append")
        if not all(-1 <= version <= INTEGER_MAX for version in self.expects.values()):
            raise ValueError("a stream is expected at a version that cannot be")
        versions = dict(self.expects)
        for command in self.commands:
            for event in command.events:
                if versions.get(event.stream) != event.version - 1:
                    raise ValueError(
                        f"version {event.version} is not the next of {event.stream} as expected"
                    )
                versions[event.stream] = event.version
        object.__setattr__(self, "versions_after", versions)
