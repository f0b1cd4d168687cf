"""Commands about outlines."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.draft.block import OutputElement
from intersessional.domain.kernel.ids import cycle_id, outline_id


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """A section of an outline: one of the last version, by its id, or a new one."""

    title: str
    """The title; at most 300 bytes in UTF-8."""
    id: str | None = None
    """The id in the last version; null for a new section."""
    element: OutputElement | None = None
    """The element of the suggested structure that it is; null for a section beside them."""


@dataclass(frozen=True, kw_only=True)
class DefineOutline(Command):
    """Define the outline of a group's output in a cycle (DOMAIN row 28).

    It may differ from the suggested structure, which is recorded as a deviation.
    """

    TOPIC = "outline.define"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle; the group belongs to it."""
    sections: tuple[OutlineEntry, ...]
    """The sections, in order: 1 to 50, and each element once at most."""

    @property
    def created_id(self) -> UUID:
        """The id of the outline: a group has one in each cycle."""
        return outline_id(self.group, cycle_id(self.year))


@dataclass(frozen=True, kw_only=True)
class ReviseOutline(Command):
    """Revise an outline; a section that was only renamed or moved keeps its id."""

    TOPIC = "outline.revise"

    outline: UUID
    """The outline, by its id."""
    sections: tuple[OutlineEntry, ...]
    """All sections of the new version, in order: 1 to 50, and each element once at most."""
