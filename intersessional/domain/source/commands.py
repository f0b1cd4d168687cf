"""What can be asked of the record about sources."""

from dataclasses import dataclass

from intersessional.domain.kernel.command import Command


@dataclass(frozen=True, kw_only=True)
class ListSource(Command):
    """Make a source known, so that facts can name it."""

    TOPIC = "source.list"

    key: str
    """The key by which the record is to know it."""
    title: str
    """What it is."""
    location: str | None = None
    """Where it can be looked up."""
