"""Refusals about agendas."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class AgendaRequired(Refused):
    """The meeting has no agenda yet, and only history can lack one."""

    code = "AGENDA_REQUIRED"
    sentence = "The meeting {meeting} has no agenda yet: set it first."
    meeting: UUID
    """The id of the meeting."""
