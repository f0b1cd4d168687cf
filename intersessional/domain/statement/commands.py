"""Command about statements."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.statement.stance import Stance


@dataclass(frozen=True, kw_only=True)
class RecordStatement(Command):
    """State something on a revision of a proposal (DOMAIN rows 11, 21).

    The Secretariat records what others stated, with its source.
    """

    TOPIC = "statement.record"

    proposal: UUID
    """The proposal, by its id."""
    revision: int
    """The revision that it is about; 0 for a proposal that is mooted and not yet written."""
    stance: Stance | None = None
    """The stance that it takes; null where it takes none, or where that is not known."""
    text: str | None = None
    """The statement; required unless it is imported. At most 20,000 bytes in UTF-8."""
    raises_scope_concern: bool = False
    """Whether it says that the proposal is about new policies, and not existing practices."""
    author: UUID | None = None
    """The author, by their participant id, where the Secretariat records it."""
    author_name: str | None = None
    """The author, as the source names them, where they are no participant; at most 300 bytes in
    UTF-8.
    """
    meeting: UUID | None = None
    """The meeting at which it was made, by its id."""
    source: str | None = None
    """Where it can be read: a URL of a list's archive, a report. At most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class WithdrawStatement(Command):
    """Withdraw a statement; what it said stays on record (DOMAIN row 11).

    The Secretariat records that somebody withdrew theirs.
    """

    TOPIC = "statement.withdraw"

    statement: UUID
    """The statement, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
