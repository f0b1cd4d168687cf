"""Refusals about nominations."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class NotNominated(Refused):
    """Only a nomination that stands is confirmed or replaced (DOMAIN row 43)."""

    code = "NOT_NOMINATED"
    sentence = "There is no such nomination for the proposal, or another one took its place."
    proposal: UUID
    """The id of the proposal."""
    nomination: UUID
    """The id of the nomination."""
