"""An item of an agenda, which may follow up one of another meeting (DOMAIN row 2)."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from intersessional.domain.agenda.agenda import Agenda
from intersessional.domain.agenda_item.refusals import AgendaItemIsDone
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_name, validated_optional_text


class AgendaItem(Aggregate):
    """One item of the agenda of a meeting."""

    TOPIC = "agenda_item"

    agenda_id: UUID
    meeting_id: UUID
    cycle_id: UUID | None
    group_id: UUID | None
    matter_id: UUID
    """The first item of those that follow each other up; its own id where it is the first."""
    is_done: bool = False

    class Listed(CreatedEvent):
        """An item was put on the agenda of a meeting; it may follow up one of another meeting."""

        TOPIC = "agenda_item.listed.v1"
        agenda_id: UUID
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None
        matter_id: UUID
        follows_up: UUID | None
        title: Permanent
        added_later: bool

    class FollowedUp(Aggregate.Event):
        """An item of another meeting follows this one up: it was carried over to there."""

        TOPIC = "agenda_item.followed_up.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None
        matter_id: UUID
        later_item_id: UUID
        later_meeting_id: UUID

    class Done(Aggregate.Event):
        """An item of an agenda was dealt with, and nothing of it was left."""

        TOPIC = "agenda_item.done.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None
        matter_id: UUID
        note: Permanent | None

        def apply(self, aggregate: "AgendaItem") -> None:
            aggregate.is_done = True

    @classmethod
    def list_on(
        cls,
        act: Act,
        agenda: Agenda,
        *,
        id: UUID,
        title: str,
        earlier: "AgendaItem | None" = None,
        added_later: bool = False,
    ) -> Self:
        """Put an item on an agenda; it may follow up an earlier one of another meeting.

        Raises BadValue.
        """
        if earlier is not None and earlier.meeting_id == agenda.meeting_id:
            raise BadValue(field="follows_up", problem="it is an item of the same meeting.")
        return cls.create(
            cls.Listed,
            id=id,
            act=act,
            agenda_id=agenda.id,
            meeting_id=agenda.meeting_id,
            cycle_id=agenda.cycle_id,
            group_id=agenda.group_id,
            matter_id=id if earlier is None else earlier.matter_id,
            follows_up=None if earlier is None else earlier.id,
            title=validated_name("title", title),
            added_later=added_later,
        )

    def carry_over(self, act: Act, later: "AgendaItem") -> None:
        """Record that an item of another meeting follows this one up."""
        self.record(
            AgendaItem.FollowedUp,
            act=act,
            **self._parents,
            later_item_id=later.id,
            later_meeting_id=later.meeting_id,
        )

    def finish(self, act: Act, note: str | None = None) -> None:
        """Record that it was dealt with, once. Raises AgendaItemIsDone, BadValue."""
        if self.is_done:
            raise AgendaItemIsDone(item=self.id)
        self.record(
            AgendaItem.Done,
            act=act,
            **self._parents,
            note=validated_optional_text("note", note),
        )

    @property
    def _parents(self) -> Mapping[str, UUID | None]:
        return {
            "meeting_id": self.meeting_id,
            "cycle_id": self.cycle_id,
            "group_id": self.group_id,
            "matter_id": self.matter_id,
        }
