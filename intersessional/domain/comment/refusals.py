"""Refusals about comments."""

from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class CommentTooLong(Refused):
    """A comment has at most 8 kB."""

    code = "COMMENT_TOO_LONG"
    sentence = "The comment has {bytes} bytes; {bytes_max} are allowed."
    bytes: int
    """How many bytes it has, in UTF-8."""
    bytes_max: int
    """How many it may have."""


class TooMany(Refused):
    """A person posts only so many comments a minute, so that others are heard too."""

    code = "TOO_MANY"
    sentence = "You may post {max} comments a minute; the next one from {next_at} on."
    max: int
    """How many comments a minute a person may post."""
    next_at: datetime
    """The earliest time of the next comment."""


class NotTheAuthor(Refused):
    """Only the author may withdraw a comment, or the Secretariat one that was made elsewhere."""

    code = "NOT_THE_AUTHOR"
    sentence = (
        "Only its author may withdraw a comment, or the Secretariat if it was made elsewhere."
    )
    comment: UUID
    """The id of the comment."""


class AlreadyWithdrawn(Refused):
    """The comment has been withdrawn already."""

    code = "COMMENT_WITHDRAWN"
    sentence = "The comment has been withdrawn already."
    comment: UUID
    """The id of the comment."""
