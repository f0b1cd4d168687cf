"""Outreach that was logged."""

from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_name, validated_optional_text


class Outreach(Aggregate):
    """One occasion at which the work of a group or a year was taken to others."""

    TOPIC = "outreach"

    class Logged(CreatedEvent):
        """The work of a group or of a year was taken to others."""

        TOPIC = "outreach.logged.v1"
        cycle_id: UUID
        year: int
        group_id: UUID | None
        participant_id: PersonId | None
        audience: Permanent
        forum: Permanent
        took_place: Occurred
        draft_id: UUID | None
        text: Erasable | None

    @classmethod
    def log(
        cls,
        act: Act,
        cycle: Cycle,
        group: Group | None,
        *,
        id: UUID,
        participant_id: UUID | None,
        audience: str,
        forum: str,
        took_place: Occurred,
        draft_id: UUID | None = None,
        text: str | None = None,
    ) -> Self:
        """Log outreach for a group of the cycle, or for the cycle. Raises BadValue."""
        if group is not None and cycle.id not in group.cycle_ids:
            raise BadValue(field="year", problem="the group is not of this cycle.")
        return cls.create(
            cls.Logged,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            group_id=None if group is None else group.id,
            participant_id=participant_id,
            audience=validated_name("audience", audience),
            forum=validated_name("forum", forum),
            took_place=took_place,
            draft_id=draft_id,
            text=validated_optional_text("text", text),
        )
