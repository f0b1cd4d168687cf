"""What an operation has read, noted while it reads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.context import Context
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    DocumentPage,
    DocumentReader,
    DocumentSnapshot,
    EventReader,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, View

D = TypeVar("D")


@dataclass(slots=True)
class Dependencies:
    """Which views an answer rests on, and whether every new event may change it."""

    views: set[str] = field(default_factory=set[str])
    whole_record: bool = False


@dataclass(kw_only=True)
class TrackingContext(Context):
    """The context of an operation that reads at a position, and of which is noted what it reads."""

    reads: Dependencies

    @classmethod
    def of(cls, context: Context, position: int) -> "TrackingContext":
        """The context of the same operation, at this position of the views."""
        reads = Dependencies()
        return cls(
            reader=TrackingDocumentReader(context.reader, reads, position),
            record=TrackingEventReader(context.record, reads),
            feed=context.feed,
            command_bus=context.command_bus,
            caller=context.caller,
            connection_params=context.connection_params,
            reads=reads,
        )

    async def position(self) -> int:
        """The position of the state that is read; every event changes it."""
        self.reads.whole_record = True
        return await super().position()


class TrackingDocumentReader:
    """A Reader that notes which views it is asked for."""

    def __init__(self, reader: DocumentReader, reads: Dependencies, position: int) -> None:
        """``position`` is what the views had reached when the operation began."""
        self._reader = reader
        self._reads = reads
        self._position = position

    async def position(self) -> int:
        """The position that the operation reads."""
        return self._position

    async def reached(self, position: int) -> None:
        """Wait until every view has reached a position."""
        await self._reader.reached(position)

    async def position_known_at(self, instant: datetime) -> int:
        """The last position that was recorded by an instant, which may be yet to come."""
        self._reads.whole_record = True
        return await self._reader.position_known_at(instant)

    async def get(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, DocumentSnapshot[D]]:
        """The documents with these keys."""
        self._note(view)
        return await self._reader.get(view, keys, as_of)

    async def pages(
        self,
        view: View[D],
        parents: Collection[UUID | None],
        as_of: AsOf,
        *,
        kind: str | None = None,
        first: int,
        after: int = 0,
    ) -> Mapping[UUID | None, DocumentPage[D]]:
        """For each parent some of its documents."""
        self._note(view)
        return await self._reader.pages(view, parents, as_of, kind=kind, first=first, after=after)

    async def histories(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document the events that made it."""
        self._note(view)
        return await self._reader.histories(view, keys, as_of)

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document the events that may have happened or not."""
        self._note(view)
        return await self._reader.uncertain(view, keys, as_of)

    def _note(self, view: AnyView) -> None:
        self._reads.views.add(view.name)


class TrackingEventReader:
    """A Record that notes whether what it is asked for changes with further events."""

    def __init__(self, record: EventReader, reads: Dependencies) -> None:
        self._record = record
        self._reads = reads

    async def read(
        self, *, after: int, first: int, until: int, streams: Collection[UUID] | None = None
    ) -> Sequence[RecordedEvent]:
        """Events after a position."""
        self._reads.whole_record = True
        return await self._record.read(after=after, first=first, until=until, streams=streams)

    async def head(self) -> int:
        """The last position of the record."""
        self._reads.whole_record = True
        return await self._record.head()

    async def count(self, streams: Collection[UUID], until: int) -> int:
        """How many events these streams had by a position."""
        self._reads.whole_record = True
        return await self._record.count(streams, until)

    async def named(
        self, places: Collection[tuple[UUID, int]], until: int
    ) -> Mapping[tuple[UUID, int], RecordedEvent]:
        """The events of these streams and versions; what was found stays as it is."""
        found = await self._record.named(places, until)
        self._note_missing(len(found) < len({*places}))
        return found

    async def at(self, positions: Collection[int]) -> Mapping[int, RecordedEvent]:
        """The events at these positions; what was found stays as it is."""
        found = await self._record.at(positions)
        self._note_missing(len(found) < len({*positions}))
        return found

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The texts behind commitments."""
        return await self._record.reveal(sealed)

    def _note_missing(self, missing: bool) -> None:
        self._reads.whole_record = self._reads.whole_record or missing
