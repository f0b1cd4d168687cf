"""The outline of a group's output in a cycle, in versions (DOMAIN row 28)."""

from collections.abc import Mapping, Sequence
from typing import Self
from uuid import UUID

from intersessional.domain.draft.block import OutputElement
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, OutOfTime
from intersessional.domain.outline.commands import OutlineEntry
from intersessional.domain.outline.outline_section import (
    OutlineSection,
    check_elements,
    deviating_facts,
    numbered,
)


class Outline(Aggregate):
    """The outline of a group's output in a cycle."""

    TOPIC = "outline"

    group_id: UUID
    cycle_id: UUID
    sections: tuple[OutlineSection, ...]
    """The sections of the latest version, in order."""
    given: frozenset[str] = frozenset()
    """The ids of all sections that it ever had."""
    version_defined: Occurred | None = None
    """When the latest version was defined."""

    class Defined(CreatedEvent):
        """A group defined which sections its output is to have."""

        TOPIC = "outline.defined.v1"
        group_id: UUID
        cycle_id: UUID
        sections: tuple[OutlineSection, ...]

        def check_values(self) -> None:
            check_elements(self.sections)

        def apply(self, aggregate: "Outline") -> None:
            aggregate.take(self.sections, self.act.occurred)

    class Revised(Aggregate.Event):
        """A group defined anew which sections its output is to have."""

        TOPIC = "outline.revised.v1"
        group_id: UUID
        cycle_id: UUID
        sections: tuple[OutlineSection, ...]

        def check_values(self) -> None:
            check_elements(self.sections)

        def apply(self, aggregate: "Outline") -> None:
            aggregate.take(self.sections, self.act.occurred)

    @classmethod
    def define(
        cls,
        act: Act,
        *,
        id: UUID,
        group_id: UUID,
        cycle_id: UUID,
        entries: Sequence[OutlineEntry],
    ) -> Self:
        """Define the first version. Raises BadValue; NotFound for a section with an id."""
        return cls.create(
            cls.Defined,
            id=id,
            act=act,
            group_id=group_id,
            cycle_id=cycle_id,
            sections=numbered(entries, last=(), made=0),
        )

    def revise(self, act: Act, entries: Sequence[OutlineEntry]) -> None:
        """Define a further version, later than the last one.

        Raises OutOfTime, BadValue; NotFound for an id that the last one lacks.
        """
        last = self.version_defined
        if last is not None and act.occurred.effect < last.effect:
            problem = "the outline was defined anew after that."
            raise OutOfTime(occurred=act.occurred.at, problem=problem)
        self.record(
            Outline.Revised,
            act=act,
            group_id=self.group_id,
            cycle_id=self.cycle_id,
            sections=numbered(
                entries, last={one.id for one in self.sections}, made=len(self.given)
            ),
        )

    def take(self, sections: tuple[OutlineSection, ...], defined: Occurred) -> None:
        """Take the sections of a version: an id that was ever given is given no more."""
        self.sections = sections
        self.given |= {one.id for one in sections}
        self.version_defined = defined

    def check_beside_elements(self, field: str, id: str) -> None:
        """Check that an id is or was that of a section beside the elements.

        Raises NotFound, BadValue.
        """
        if id not in self.given:
            raise NotFound(kind="section", id=id)
        if any(one.id == id and one.element is not None for one in self.sections):
            raise BadValue(field=field, problem="the section is an element: name that.")

    @property
    def deviating_facts(self) -> Mapping[str, Sequence[OutputElement]]:
        """How it differs from the suggested structure; nothing where it does not."""
        return deviating_facts(self.sections)
