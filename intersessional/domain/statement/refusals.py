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


class StatementIsWithdrawn(Refused):
    """The statement has been withdrawn already."""

    code = "STATEMENT_WITHDRAWN"
    sentence = "The statement has been withdrawn already."
    statement: UUID
    """The id of the statement."""


class StatementOfAnother(Refused):
    """Somebody else made the statement."""

    code = "STATEMENT_OF_ANOTHER"
    sentence = "Only who made a statement and the Secretariat withdraw it."
    statement: UUID
    """The id of the statement."""
