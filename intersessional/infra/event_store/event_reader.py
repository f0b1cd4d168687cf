"""Reads events for the audit trail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from intersessional.concurrency.memo import Memo
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.epochs import Epochs
from intersessional.projections.kernel.reader import Compute, compute_at_once
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence

_SMALL_BYTES = 8_192
"""An event with a larger state takes half a millisecond and more to decode."""


class EventLogReader:
    """Reads decoded events from the log, and their sealed texts."""

    def __init__(self, log: EventLog, codec: Codec, compute: Compute = compute_at_once) -> None:
        """``compute`` decodes what is large."""
        self._log = log
        self._codec = codec
        self._compute = compute
        self._large: Memo | None = None
        """The large events that a request has read."""

    def of_request(self, compute: Compute) -> "EventLogReader":
        """A reader for one request, which decodes each large event once."""
        reader = EventLogReader(self._log, self._codec, compute)
        reader._large = Memo()
        return reader

    async def read(
        self,
        *,
        after: int,
        first: int,
        until: int,
        streams: Collection[UUID] | None = None,
        backward: bool = False,
    ) -> Sequence[RecordedEvent]:
        """The first events between two positions, or the last where ``backward``, in order.

        Only those of some streams when given.
        """
        if streams is not None:
            rows = await self._log.of_streams(streams, after, first, until, backward=backward)
        else:
            # Positions have no gaps.
            rows = await self._log.read(
                max(after, until - first) if backward else after, first, until
            )
        return await self._decoded(rows)

    async def head(self) -> int:
        """The last position of the record."""
        return (await self._log.head()).position

    async def epochs(self) -> Epochs:
        """The epochs of the log."""
        return await self._log.epochs()

    async def count(self, streams: Collection[UUID], until: int, after: int = 0) -> int:
        """The number of events in these streams between two positions."""
        return await self._log.count(streams, until, after)

    async def positions_at(self, instants: Sequence[datetime]) -> Sequence[int]:
        """The last position that was recorded by each of these instants; 0 before the first."""
        return await self._log.positions_at(instants)

    async def by_version(
        self, places: Collection[tuple[UUID, int]], until: int
    ) -> Mapping[tuple[UUID, int], RecordedEvent]:
        """The events of these streams and versions; one recorded after ``until`` is left out."""
        rows = await self._log.by_version(places, until)
        return {(one.stream, one.version): one for one in await self._decoded(rows)}

    async def corrections(self, streams: Collection[UUID], until: int) -> Sequence[RecordedEvent]:
        """The corrections in these streams, up to a position, in order of position."""
        return await self._decoded(await self._log.corrections(streams, until))

    async def by_position(self, positions: Collection[int]) -> Mapping[int, RecordedEvent]:
        """The events at these positions; a position that is not reached is left out."""
        rows = await self._log.by_position([*positions])
        return {one.position: one for one in await self._decoded(rows)}

    async def _decoded(self, rows: Iterable[LogRow]) -> list[RecordedEvent]:
        return [
            self._codec.recorded(row)
            if len(row.state) <= _SMALL_BYTES
            else await self._decoded_large(row)
            for row in rows
        ]

    async def _decoded_large(self, row: LogRow) -> RecordedEvent:
        async def decode() -> RecordedEvent:
            decoded: RecordedEvent = await self._compute(self._codec.recorded, row)
            return decoded

        return await (decode() if self._large is None else self._large.get(row.position, decode))

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str | TextAbsence]:
        """The texts behind commitments, or why they cannot be read."""
        return await self._log.reveal(sealed)

    async def commitments_of(
        self, persons: Collection[UUID], until: int
    ) -> Mapping[UUID, Sequence[Sealed]]:
        """The commitments to these persons' ids, up to a position; none to an erased one."""
        return await self._log.commitments_of(persons, until)
