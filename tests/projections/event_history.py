"""A history of events, and the documents that are folded from it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from eventsourcing.utils import get_topic

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View

D = TypeVar("D")
S = TypeVar("S", bound=Aggregate)

NOON = "2018-04-04T12:00:00Z"
BEGINS = datetime(2018, 4, 4, 12, tzinfo=UTC)
_NAMESPACE = UUID("7a1e0000-0000-5000-8000-000000002018")


def id_of(name: str) -> UUID:
    """The id of something in a history, the same for the same name."""
    return uuid5(_NAMESPACE, name)


class EventHistory:
    """Events in the order in which they were recorded, one a minute."""

    def __init__(self) -> None:
        self.recorded: list[RecordedEvent] = []

    @property
    def position(self) -> int:
        """The position of the last event."""
        return len(self.recorded)

    def begin(
        self,
        subject: type[S],
        event: type[CreatedEvent],
        id: UUID,
        /,
        *,
        at: str = NOON,
        **data: Any,
    ) -> S:
        """Append the first event of an aggregate."""
        begun = subject.create(event, id=id, act=act(at), **data)
        self._record(begun)
        return begun

    def append(
        self, subject: Aggregate, event: type[DomainEvent], *, at: str = NOON, **data: Any
    ) -> None:
        """Append a further event of an aggregate."""
        subject.record(event, act=act(at), **data)
        self._record(subject)

    def documents(self, view: View[D]) -> dict[UUID, D]:
        """Every document as it is now."""
        found = fold(view, self.recorded, AsOf(self.position))
        return {key: one.document for key, one in found.items()}

    def document(self, view: View[D], key: UUID) -> D:
        """A document as it is now. Raises KeyError when it has not begun."""
        return self.documents(view)[key]

    def _record(self, subject: Aggregate) -> None:
        self.extend(subject.take_pending_events())

    def extend(self, events: Iterable[DomainEvent]) -> None:
        """Append events that are at hand."""
        for event in events:
            self.recorded.append(
                RecordedEvent(
                    position=self.position + 1,
                    recorded_at=BEGINS + timedelta(minutes=self.position),
                    stream=event.originator_id,
                    version=event.originator_version,
                    topic=get_topic(type(event)),
                    event=event,
                )
            )


def act(at: str = NOON) -> Act:
    """An act of the Secretariat."""
    return Act(
        actor=Actor(Role.SECRETARIAT),
        command=id_of("command"),
        occurred=Occurred.parse(at),
        provenance=LIVE,
    )
