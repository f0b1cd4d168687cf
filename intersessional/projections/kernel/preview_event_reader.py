"""Reads the log with the events of a preview behind it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.epochs import Epochs
from intersessional.projections.kernel.previewed_events import PreviewedEvents
from intersessional.projections.kernel.reader import Compute, EventReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence


class PreviewEventReader:
    """An ``EventReader`` that finds the events of a preview by position and by version.

    Where the log is read in order, it ends with what is recorded.
    """

    def __init__(self, record: EventReader, previewed: PreviewedEvents) -> None:
        """``record`` reads what is recorded."""
        self._record = record
        self._previewed = previewed

    def of_request(self, compute: Compute) -> "PreviewEventReader":
        """A reader for one request."""
        return PreviewEventReader(self._record.of_request(compute), self._previewed)

    async def read(
        self,
        *,
        after: int,
        first: int,
        until: int,
        streams: Collection[UUID] | None = None,
        backward: bool = False,
    ) -> Sequence[RecordedEvent]:
        """The first recorded events between two positions, or the last where ``backward``."""
        until = min(until, self._previewed.position)
        return await self._record.read(
            after=after, first=first, until=until, streams=streams, backward=backward
        )

    async def head(self) -> int:
        """The last position of the record."""
        return await self._record.head()

    async def epochs(self) -> Epochs:
        """The epochs of the record."""
        return await self._record.epochs()

    async def count(self, streams: Collection[UUID], until: int, after: int = 0) -> int:
        """How many recorded events these streams had between two positions."""
        return await self._record.count(streams, min(until, self._previewed.position), after)

    async def by_version(
        self, places: Collection[tuple[UUID, int]], until: int
    ) -> Mapping[tuple[UUID, int], RecordedEvent]:
        """The events of these streams and versions."""
        new = {(one.stream, one.version): one for one in self._previewed.events}
        found = await self._record.by_version(
            [one for one in places if one not in new], min(until, self._previewed.position)
        )
        previewed = {one: new[one] for one in places if one in new and new[one].position <= until}
        return {**found, **previewed}

    async def positions_at(self, instants: Sequence[datetime]) -> Sequence[int]:
        """The last position that was recorded by each of these instants."""
        return await self._record.positions_at(instants)

    async def corrections(self, streams: Collection[UUID], until: int) -> Sequence[RecordedEvent]:
        """The recorded corrections in these streams."""
        return await self._record.corrections(streams, min(until, self._previewed.position))

    async def by_position(self, positions: Collection[int]) -> Mapping[int, RecordedEvent]:
        """The events at these positions."""
        recorded = [one for one in positions if one <= self._previewed.position]
        previewed = self._previewed.at(positions)
        return {**await self._record.by_position(recorded), **previewed} if recorded else previewed

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str | TextAbsence]:
        """The texts of these commitments, or why they cannot be read; a new text is its value."""
        new = {one: one.value for one in sealed if one.sealed is None and one.value is not None}
        recorded = [one for one in sealed if one not in new]
        return {**(await self._record.reveal(recorded) if recorded else {}), **new}

    async def commitments_of(
        self, persons: Collection[UUID], until: int
    ) -> Mapping[UUID, Sequence[Sealed]]:
        """The commitments to each person's id, as far as they are recorded."""
        return await self._record.commitments_of(persons, min(until, self._previewed.position))
