"""Commands about sources."""

from dataclasses import dataclass

from intersessional.domain.kernel.command import Command


@dataclass(frozen=True, kw_only=True)
class ListSource(Command):
    """List a source, so that events can name it."""

    TOPIC = "source.list"

    key: str
    """The key by which the record is to know it."""
    title: str
    """What it is."""
    location: str | None = None
    """Where it can be looked up."""
