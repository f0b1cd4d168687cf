"""Commands about sources."""

from dataclasses import dataclass

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class ListSource(Command):
    """List a source, so that events can name it."""

    TOPIC = "source.list"

    key: str
    """The key of the source."""
    title: str
    """The title; at most 20,000 bytes in UTF-8."""
    location: str | None = None
    """The place where it can be found, usually a URL. At most 20,000 bytes in UTF-8."""
