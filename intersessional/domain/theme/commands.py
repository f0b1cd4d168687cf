"""Commands about themes."""

from dataclasses import dataclass

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class RecordThemeYear(Command):
    """Record that a Best Practice Forum of an earlier year worked on a theme (DOMAIN row 23)."""

    TOPIC = "theme.record_year"

    theme: str
    """The key of the theme."""
    year: int
    """The year."""
    title: str
    """The title of that year."""
