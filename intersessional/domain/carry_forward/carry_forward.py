"""What the final segment of an output says on going on next year (DOMAIN row 29)."""

from typing import Self
from uuid import UUID

from intersessional.domain.carry_forward.final_segment import FinalSegment
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import carry_forward_id
from intersessional.domain.kernel.refusals import BadValue


class CarryForward(Aggregate):
    """Whether a group wishes its work of a cycle to be carried forward, and on what."""

    TOPIC = "carry_forward"

    group_id: UUID
    cycle_id: UUID
    year: int
    act: Act

    class Declared(CreatedEvent):
        """A group declared whether its work is to go on next year, and on which new areas."""

        TOPIC = "carry_forward.declared.v1"
        group_id: UUID
        cycle_id: UUID
        year: int
        segment: FinalSegment

    class Replaced(Aggregate.Event):
        """A group declared anew whether its work is to go on next year, in place of before."""

        TOPIC = "carry_forward.replaced.v1"
        group_id: UUID
        cycle_id: UUID
        year: int
        segment: FinalSegment

    @classmethod
    def declare(cls, act: Act, group: Group, cycle: Cycle, segment: FinalSegment) -> Self:
        """Declare it for a cycle of the group. Raises BadValue."""
        if cycle.id not in group.cycle_ids:
            raise BadValue(field="year", problem="the group does not belong to the cycle.")
        return cls.create(
            cls.Declared,
            id=carry_forward_id(group.id, cycle.year),
            act=act,
            group_id=group.id,
            cycle_id=cycle.id,
            year=cycle.year,
            segment=segment,
        )

    def replace(self, act: Act, segment: FinalSegment) -> None:
        """Declare it anew."""
        self.record(
            CarryForward.Replaced,
            act=act,
            group_id=self.group_id,
            cycle_id=self.cycle_id,
            year=self.year,
            segment=segment,
        )
