"""Refusals about comments."""

from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.refusals import FieldPath, Refused


class CommentTooLong(Refused):
    """A comment has at most 8 kB."""

    code = "COMMENT_TOO_LONG"
    sentence = "The comment has {bytes} bytes; {bytes_max} are allowed."
    bytes: int
    """How many bytes it has, in UTF-8."""
    bytes_max: int
    """How many it may have."""


class PassageDiffers(Refused):
    """A passage is exact: its quote is what stands there in the revision that was read."""

    code = "PASSAGE_DIFFERS"
    sentence = (
        "The quote does not stand in block {block} of revision {revision} from {start} to {end}: "
        "of its {length} characters, these are there: “{found}”."
    )
    field: FieldPath
    """The passage, by its path in the input."""
    block: str
    """The id of the block."""
    revision: int
    """The number of the revision that was read."""
    start: int
    """The place of the first character, as it was given."""
    end: int
    """The place after the last character, as it was given."""
    found: str
    """What stands there, at most 300 characters of it; empty for a place outside of the text."""
    length: int
    """The number of code points of the block's plain text in that revision."""


class TextUnreadable(Refused):
    """Nobody can read the text of the block any more: no passage of it can be checked."""

    code = "TEXT_UNREADABLE"
    sentence = "Block {block} of revision {revision} was erased: comment without a passage of it."
    field: FieldPath
    """The passage's block, by its path in the input."""
    block: str
    """The id of the block."""
    revision: int
    """The number of the revision that was read."""


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
