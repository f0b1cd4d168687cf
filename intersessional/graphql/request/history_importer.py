"""The import of history, as the API needs it: a file is checked, then recorded as it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import Caller

TEXT_BYTES_MAX = 80_000
"""Bytes of a file in UTF-8: reading them takes some 0.8 s of a processor."""


@dataclass(frozen=True, kw_only=True)
class ImportProblem:
    """What is wrong in a file, or why one of its entries is refused."""

    line: int
    """The line that it is about, from 1."""
    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class CheckedEntry:
    """An entry of a file: it would record events, is recorded already, or has a problem."""

    key: str
    command: str
    line: int
    events: Sequence[DomainEvent] = ()
    repeated: bool = False
    problem: ImportProblem | None = None
    blocked_by: str | None = None
    """The key of an entry with a problem that this one names, so that it could not be checked."""


@dataclass(frozen=True, kw_only=True)
class CheckedHistory:
    """What an import would record."""

    history: str | None = None
    """The name of the history; None where the file cannot be read."""
    entries: Sequence[CheckedEntry] = ()
    problem: ImportProblem | None = None
    """Why the file cannot be read."""
    outcome: str | None = None
    """A digest of what would be recorded; None where nothing would be, or something is refused."""


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """A file that was checked, to be recorded with the outcome that was shown."""

    command_id: UUID
    text: str
    outcome: str


class HistoryImporter(Protocol):
    """Checks and imports histories for the Secretariat."""

    async def check(self, text: str) -> CheckedHistory:
        """What an import of a file would record now; nothing is recorded. Raises Unanswerable."""
        ...

    async def record(self, file: CheckedFile, caller: Caller) -> CommandResult:
        """Record the entries of a file in one append, if the outcome is the one that was shown.

        Raises Refused: HistoryRefused, OutcomeChanged, and what the role of the caller gives.
        """
        ...
