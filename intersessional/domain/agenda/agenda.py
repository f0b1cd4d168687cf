"""The agenda of a meeting: set, added to, adopted; or known to be missing (DOMAIN row 2)."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from intersessional.domain.agenda.refusals import AgendaRequired
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import agenda_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached
from intersessional.domain.meeting.meeting import Meeting

ITEMS_MAX = 100
"""Items that one agenda can have."""


class Agenda(Aggregate):
    """The agenda of one meeting."""

    TOPIC = "agenda"

    meeting_id: UUID
    cycle_id: UUID | None
    group_id: UUID | None
    items: tuple[UUID, ...] = ()
    """The items in their order."""
    is_set: bool = False
    is_adopted: bool = False
    is_missing: bool = False

    class Named(CreatedEvent):
        """The agenda of a meeting got the id by which the record knows it."""

        TOPIC = "agenda.named.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None

    class Set(Aggregate.Event):
        """The agenda of a meeting was circulated, with these items in this order."""

        TOPIC = "agenda.set.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None
        items: tuple[UUID, ...]

        def apply(self, aggregate: "Agenda") -> None:
            aggregate.is_set = True
            aggregate.items = (*self.items, *aggregate.items)

    class ItemAdded(Aggregate.Event):
        """A further item was put on the agenda of a meeting."""

        TOPIC = "agenda.item_added.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None
        item_id: UUID

        def apply(self, aggregate: "Agenda") -> None:
            aggregate.items = (*aggregate.items, self.item_id)

    class Adopted(Aggregate.Event):
        """The meeting adopted its agenda."""

        TOPIC = "agenda.adopted.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None

        def apply(self, aggregate: "Agenda") -> None:
            aggregate.is_adopted = True

    class FoundMissing(Aggregate.Event):
        """A source names the agenda of the meeting, and no source has it."""

        TOPIC = "agenda.found_missing.v1"
        meeting_id: UUID
        cycle_id: UUID | None
        group_id: UUID | None

        def apply(self, aggregate: "Agenda") -> None:
            aggregate.is_missing = True

    @classmethod
    def register(cls, act: Act, meeting: Meeting) -> Self:
        """Register the agenda of a meeting, as yet without items."""
        return cls.create(
            cls.Named,
            id=agenda_id(meeting.id),
            act=act,
            meeting_id=meeting.id,
            cycle_id=meeting.cycle_id,
            group_id=meeting.group_id,
        )

    def set(self, act: Act, items: tuple[UUID, ...]) -> None:
        """Circulate the agenda, once. Raises AlreadyRecorded, BadValue, LimitReached."""
        if self.is_set:
            raise AlreadyRecorded(kind="agenda", id=self.id)
        if not items:
            raise BadValue(field="items", problem="an agenda has at least one.")
        self._check_size(len(items))
        self.record(Agenda.Set, act=act, **self._parents, items=items)

    def add_item(self, act: Act, item: UUID) -> None:
        """Put a further item on the agenda. Raises LimitReached."""
        self._check_size(1)
        self.record(Agenda.ItemAdded, act=act, **self._parents, item_id=item)

    def adopt(self, act: Act) -> None:
        """Adopt the agenda, once. Raises AgendaRequired, AlreadyRecorded."""
        if self.is_adopted:
            raise AlreadyRecorded(kind="adoption of an agenda", id=self.id)
        if not (self.at(act.occurred).items or self.is_missing):
            raise AgendaRequired(meeting=self.meeting_id)
        self.record(Agenda.Adopted, act=act, **self._parents)

    def find_missing(self, act: Act) -> None:
        """Record that no source has the agenda. Raises AgendaRequired, AlreadyRecorded.

        Only of history: an agenda of today is set.
        """
        if not act.provenance.historical:
            raise AgendaRequired(meeting=self.meeting_id)
        if self.items or self.is_missing:
            raise AlreadyRecorded(kind="agenda", id=self.id)
        self.record(Agenda.FoundMissing, act=act, **self._parents)

    def _check_size(self, further: int) -> None:
        if len(self.items) + further > ITEMS_MAX:
            raise LimitReached(kind="items of an agenda", most=ITEMS_MAX)

    @property
    def _parents(self) -> Mapping[str, UUID | None]:
        return {
            "meeting_id": self.meeting_id,
            "cycle_id": self.cycle_id,
            "group_id": self.group_id,
        }
