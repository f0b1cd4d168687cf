"""Events that are not recorded, as they would stand in the record after its last position."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventsourcing.utils import get_topic

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView


@dataclass(frozen=True, slots=True)
class PreviewedEvents:
    """The events of a preview, after the last position of the record.

    Their stored form is empty: texts are sealed when they are recorded, with salts of their own.
    """

    position: int
    """The last position of the record."""
    events: Sequence[RecordedEvent]
    in_order: bool
    """Whether they take effect after everything that is recorded."""

    @classmethod
    def after(
        cls, position: int, events: Sequence[DomainEvent], *, now: datetime, is_past: bool
    ) -> "PreviewedEvents":
        """These events after a position; ``is_past`` tells that they happened earlier than now."""
        corrects = any(isinstance(event, FactCorrected) for event in events)
        return cls(
            position,
            [
                RecordedEvent(
                    position=position + place,
                    recorded_at=now,
                    stream=event.originator_id,
                    version=event.originator_version,
                    topic=get_topic(type(event)),
                    event=event,
                )
                for place, event in enumerate(events, start=1)
            ],
            in_order=not (is_past or corrects),
        )

    @property
    def last(self) -> int:
        """The position that the last of them would have."""
        return self.position + len(self.events)

    def by_key(self, view: AnyView) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """Those that concern each document of a view."""
        found: dict[UUID, list[RecordedEvent]] = {}
        for recorded in self.events:
            for key in dict.fromkeys(view.keys(recorded.fact)):
                found.setdefault(key, []).append(recorded)
        return found

    def at(self, positions: Collection[int]) -> Mapping[int, RecordedEvent]:
        """Those that would have these positions."""
        return {one.position: one for one in self.events if one.position in positions}
