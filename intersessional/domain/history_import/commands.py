"""The command under which the Secretariat imports history."""

from dataclasses import dataclass

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class ImportHistory(Command):
    """Import the history of a file that was checked: its entries are recorded in one append."""

    TOPIC = "history_import.record"

    history: str
    """The name of the history, as the file gives it: a key."""
    digest: str
    """The SHA-256 of the file, of 64 bytes: hexadecimal digits with small letters."""
    entries: int
    """The number of entries of the file, with those that were recorded before."""
