"""Reads the events that documents are folded from."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.corrections import as_corrected, happened, uncertain
from intersessional.projections.kernel.order_of_effect import can_begin
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, View

D = TypeVar("D")


class HistoryReader:
    """The histories of documents: their events, as of a position and an instant."""

    def __init__(self, queries: ViewQueries, *, log: EventLog, codec: Codec) -> None:
        """``queries`` find the positions of events, ``log`` has the events."""
        self._queries = queries
        self._log = log
        self._codec = codec

    def with_queries(self, queries: ViewQueries) -> "HistoryReader":
        """A reader with the queries of one request."""
        return HistoryReader(queries, log=self._log, codec=self._codec)

    async def histories(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document the events it is folded from. Raises ViewNotBuilt or ViewBehind."""
        happened = await self._events(view, keys, as_of, certain=True)
        return {
            key: events
            for key, events in happened.items()
            if any(can_begin(view, one) for one in as_corrected(events))
        }

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document its events of which it is uncertain whether they had happened then.

        Raises ViewNotBuilt or ViewBehind.
        """
        if as_of.occurred is None:
            return {}
        return await self._events(view, keys, as_of, certain=False)

    async def positions(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, *, certain: bool
    ) -> Mapping[UUID, Sequence[int]]:
        """The positions of each document's events. Raises ViewNotBuilt or ViewBehind."""
        if not keys or (as_of.occurred is None and not certain):
            return {}
        if as_of.occurred is not None:
            events = await self._events(view, keys, as_of, certain=certain)
            return {key: [one.position for one in of_key] for key, of_key in events.items()}
        positions: dict[UUID, list[int]] = {}
        for position, key in await self._queries.event_positions(view, keys, as_of):
            positions.setdefault(key, []).append(position)
        return positions

    async def _events(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, *, certain: bool
    ) -> dict[UUID, list[RecordedEvent]]:
        if not keys:
            return {}
        instant = as_of.occurred
        corrected: Sequence[int] = ()
        if instant is not None:
            corrected = await self._log.correction_positions(as_of.position)
        positions = await self._queries.event_positions(view, keys, as_of, corrected)
        rows = await self._log.by_position(sorted({position for position, _ in positions}))
        recorded = {row.position: self._codec.recorded(row) for row in rows}
        events: dict[UUID, list[RecordedEvent]] = {}
        for position, key in positions:
            events.setdefault(key, []).append(recorded[position])
        if instant is None:
            return events
        select = happened if certain else uncertain
        selected = {key: select(of_key, instant) for key, of_key in events.items()}
        return {key: of_key for key, of_key in selected.items() if of_key}
