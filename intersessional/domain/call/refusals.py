"""Refusals about calls."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class CallIsClosed(Refused):
    """The call was closed: its time stays."""

    code = "CALL_CLOSED"
    sentence = "The call has been closed: its time stays."
    call: UUID
    """The id of the call."""
