"""Refusals about statements."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class RevisionNotThere(Refused):
    """A statement cites the revision of the proposal that it is about (DOMAIN row 11)."""

    code = "REVISION_NOT_THERE"
    sentence = (
        "The proposal had no revision {revision} then: the first is {first}, the last {last}; 0 is "
        "the proposal as it was mooted, while nothing is written."
    )
    proposal: UUID
    """The id of the proposal."""
    revision: int
    """The revision that was cited."""
    first: int
    """The first revision that there was: 0 while nothing was written, else 1."""
    last: int
    """The last revision that there was."""
