"""What can be asked of the record about sources."""

from dataclasses import dataclass

from intersessional.domain.command import Command


@dataclass(frozen=True, kw_only=True)
class ListSource(Command):
    """Make a source known, so that facts can name it."""

    key: str
    title: str
    location: str | None = None
