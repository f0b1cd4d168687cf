"""Commands about themes."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class RecordThemeYear(Command):
    """Record that a Best Practice Forum of an earlier year worked on a theme (DOMAIN row 23)."""

    TOPIC = "theme.record_year"

    theme: str
    """The key of the theme."""
    year: int
    """The year."""
    title: str | None = None
    """The title of that year, where the record has no group of it. At most 300 bytes in UTF-8."""
    group: UUID | None = None
    """The group of that year, by its id."""


@dataclass(frozen=True, kw_only=True)
class LinkThemeGroup(Command):
    """Link the group of a year of work on a theme that is on record by its title alone."""

    TOPIC = "theme.link_group"

    theme: str
    """The key of the theme."""
    year: int
    """The year."""
    group: UUID
    """The group of that year, by its id."""
