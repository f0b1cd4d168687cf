"""Commands about the sessions of groups at the annual meeting (DOMAIN row 38)."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class RequestSession(Command):
    """Request a session of a group at the annual meeting, or record that there was one."""

    TOPIC = "dedicated_session.request"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle at whose annual meeting it is held."""
    title: str | None = None
    """Its title; at most 300 bytes in UTF-8."""
    note: str | None = None
    """What it needs, or what the sources leave open. At most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class ScheduleSession(Command):
    """Give a session its day, time and place at the annual meeting, or others than it had."""

    TOPIC = "dedicated_session.schedule"

    session: UUID
    """The session, by its id."""
    planned: Occurred
    """When it is to begin: an instant, or the day where no clock time is known."""
    duration_minutes: int | None = None
    """How long it is to take, in minutes, from the instant that ``planned`` gives."""
    time_zone: str | None = None
    """The time zone at the place, by its IANA name; that of the annual meeting by default."""
    venue: str | None = None
    """Where in the venue it is held, such as the number of a hall; at most 300 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class RecordSessionHeld(Command):
    """Record that a session took place, with its record where there is one."""

    TOPIC = "dedicated_session.record_held"

    session: UUID
    """The session, by its id."""
    began: Occurred
    """When it began: an instant, or the day where no clock time is known."""
    record: str | None = None
    """The record of it: what was said, or where it is found. At most 60,000 bytes in UTF-8."""
    document: UUID | None = None
    """The document that is the record of it, by its id."""


@dataclass(frozen=True, kw_only=True)
class CancelSession(Command):
    """Cancel a session."""

    TOPIC = "dedicated_session.cancel"

    session: UUID
    """The session, by its id."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""
