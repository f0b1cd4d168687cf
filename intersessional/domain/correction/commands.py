"""The command that corrects a fact."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class FieldCorrection:
    """A field of an event, and what it should have been."""

    field: str
    """The field in the event's data, as a path of keys and numbers with dots, such as
    `rows.0.value`."""
    value: str | None = None
    """The value: a number, a day as `2018-04-13`, a time, or a text of at most 20,000 bytes in
    UTF-8; null for none."""


@dataclass(frozen=True, kw_only=True)
class CorrectFact(Command):
    """Correct a fact that was recorded wrongly; the event that recorded it stays as it is.

    A fact that was corrected before is corrected again: each correction changes the last one.
    """

    TOPIC = "fact.correct"

    stream: UUID
    """The id of what the event happened to."""
    version: int
    """The number of the event in its stream, from 1."""
    recorded_by: UUID | None = None
    """The id of the command that recorded the event: the version then counts only the events that
    this command recorded in the stream.
    """
    changes: tuple[FieldCorrection, ...] = ()
    """The fields, up to 20."""
    happened: Occurred | None = None
    """When the fact happened, where that was recorded wrongly."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""
