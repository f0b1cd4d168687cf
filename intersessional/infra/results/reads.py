"""What an operation has read, noted while it reads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.sealed import Sealed
from intersessional.graphql.context import Context
from intersessional.projections.moment import Moment
from intersessional.projections.reader import Found, Page, Reader, Record
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import AnyView, View

D = TypeVar("D")


@dataclass(slots=True)
class Reads:
    """Which views an answer rests on, and whether every new event may change it."""

    views: set[str] = field(default_factory=set[str])
    whole_record: bool = False


@dataclass(kw_only=True)
class NotedContext(Context):
    """The context of an operation that reads at a position, and of which is noted what it reads."""

    reads: Reads

    @classmethod
    def of(cls, context: Context, position: int) -> "NotedContext":
        """The context of the same operation, at this position of the views."""
        reads = Reads()
        return cls(
            reader=NotedReader(context.reader, reads, position),
            record=NotedRecord(context.record, reads),
            feed=context.feed,
            door=context.door,
            caller=context.caller,
            connection_params=context.connection_params,
            reads=reads,
        )

    async def position(self) -> int:
        """The position of the state that is read; every event changes it."""
        self.reads.whole_record = True
        return await super().position()


class NotedReader:
    """A Reader that notes which views it is asked for."""

    def __init__(self, reader: Reader, reads: Reads, position: int) -> None:
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
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Found[D]]:
        """The documents with these keys."""
        self._note(view)
        return await self._reader.get(view, keys, moment)

    async def pages(
        self,
        view: View[D],
        parents: Collection[UUID | None],
        moment: Moment,
        *,
        kind: str | None = None,
        first: int,
        after: int = 0,
    ) -> Mapping[UUID | None, Page[D]]:
        """For each parent some of its documents."""
        self._note(view)
        return await self._reader.pages(view, parents, moment, kind=kind, first=first, after=after)

    async def histories(
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Sequence[Recorded]]:
        """For each document the events that made it."""
        self._note(view)
        return await self._reader.histories(view, keys, moment)

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Sequence[Recorded]]:
        """For each document the events that may have happened or not."""
        self._note(view)
        return await self._reader.uncertain(view, keys, moment)

    def _note(self, view: AnyView) -> None:
        self._reads.views.add(view.name)


class NotedRecord:
    """A Record that notes whether what it is asked for changes with further events."""

    def __init__(self, record: Record, reads: Reads) -> None:
        self._record = record
        self._reads = reads

    async def read(
        self, *, after: int, first: int, until: int, streams: Collection[UUID] | None = None
    ) -> Sequence[Recorded]:
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
    ) -> Mapping[tuple[UUID, int], Recorded]:
        """The events of these streams and versions; what was found stays as it is."""
        found = await self._record.named(places, until)
        self._note_missing(len(found) < len({*places}))
        return found

    async def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """The events at these positions; what was found stays as it is."""
        found = await self._record.at(positions)
        self._note_missing(len(found) < len({*positions}))
        return found

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The texts behind commitments."""
        return await self._record.reveal(sealed)

    def _note_missing(self, missing: bool) -> None:
        self._reads.whole_record = self._reads.whole_record or missing
