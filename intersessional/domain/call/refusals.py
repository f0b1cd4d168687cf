"""Refusals about calls."""

from uuid import UUID

from intersessional.domain.call.call_period import CallState
from intersessional.domain.kernel.refusals import Refused


class CallIsClosed(Refused):
    """The call was closed: its time stays."""

    code = "CALL_CLOSED"
    sentence = "The call has been closed: its time stays."
    call: UUID
    """The id of the call."""


class CallNotOpen(Refused):
    """The call is not open at that time."""

    code = "CALL_NOT_OPEN"
    sentence = "The call is not open then: it is {state}."
    call: UUID
    """The id of the call."""
    state: CallState
    """The state of the call at that time."""
