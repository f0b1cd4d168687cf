"""Refusals about sessions at the annual meeting."""

from uuid import UUID

from intersessional.domain.dedicated_session.session_state import SessionState
from intersessional.domain.kernel.refusals import Refused


class SessionIsOver(Refused):
    """The session was held or cancelled."""

    code = "SESSION_OVER"
    sentence = "The session was {state} already."
    session: UUID
    """The id of the session."""
    state: SessionState
    """Its state."""
