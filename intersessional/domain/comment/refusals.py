"""What is refused about comments."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


@dataclass(eq=False, kw_only=True)
class CommentTooLong(Refused):
    """A comment has at most 8 kB."""

    code: ClassVar[str] = "COMMENT_TOO_LONG"
    bytes: int
    """How many bytes it has, in UTF-8."""
    bytes_max: int
    """How many it may have."""

    def __str__(self) -> str:
        return f"The comment has {self.bytes} bytes; {self.bytes_max} are allowed."


@dataclass(eq=False, kw_only=True)
class NotTheAuthor(Refused):
    """Only its author may take a comment back."""

    code: ClassVar[str] = "NOT_THE_AUTHOR"
    comment: UUID
    """The id of the comment."""

    def __str__(self) -> str:
        return "Only its author may withdraw a comment."


@dataclass(eq=False, kw_only=True)
class AlreadyWithdrawn(Refused):
    """The comment has been withdrawn already."""

    code: ClassVar[str] = "COMMENT_WITHDRAWN"
    comment: UUID
    """The id of the comment."""

    def __str__(self) -> str:
        return "The comment has been withdrawn already."
