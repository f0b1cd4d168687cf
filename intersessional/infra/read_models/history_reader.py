"""Reads the events that documents are folded from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.concurrency.memo import Memo
from intersessional.concurrency.steps import steps
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.corrections import as_corrected, happened, uncertain
from intersessional.projections.kernel.order_of_effect import can_begin
from intersessional.projections.kernel.reader import (
    Compute,
    SpendRows,
    compute_at_once,
    rows_are_free,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, View

D = TypeVar("D")

_STEP = 1_000
"""Events that are read in one statement."""
_SLICE = 100
"""Events, or documents' events, that are worked on without a turn for others: milliseconds."""


class HistoryReader:
    """The histories of documents: their events, as of a position and an instant."""

    def __init__(self, queries: ViewQueries, *, log: EventLog, codec: Codec) -> None:
        """``queries`` find the positions of events, ``log`` has the events."""
        self._queries = queries
        self._log = log
        self._codec = codec
        self._compute: Compute = compute_at_once
        self._spend_rows: SpendRows = rows_are_free
        self._memo: Memo | None = None

    def of_request(
        self, queries: ViewQueries, compute: Compute, spend_rows: SpendRows
    ) -> "HistoryReader":
        """A reader for one request, which decodes in slices, and looks up corrections once."""
        reader = HistoryReader(queries, log=self._log, codec=self._codec)
        reader._compute, reader._spend_rows, reader._memo = compute, spend_rows, Memo()
        return reader

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
        if instant is None:
            return await self._grouped(await self._queries.event_positions(view, keys, as_of))
        corrected = await self._corrected(as_of)
        positions = await self._queries.event_positions(view, keys, as_of, corrected)
        self._spend_rows(len(positions))
        events = await self._grouped(positions)
        select = happened if certain else uncertain
        selected: dict[UUID, list[RecordedEvent]] = {}
        for some in steps([*events.items()], _SLICE):
            selected |= await self._compute(_selected, select, some, instant)
        return selected

    async def _corrected(self, as_of: AsOf) -> Sequence[int]:
        """The positions of corrections, and of what they correct; later ones do no harm."""
        if self._memo is None:
            return await self._log.correction_positions(as_of.position)
        return await self._memo.get("corrected", self._all_corrected)

    async def _all_corrected(self) -> Sequence[int]:
        corrected = await self._log.correction_positions(INTEGER_MAX)
        self._spend_rows(len(corrected))
        return corrected

    async def _grouped(
        self, positions: Sequence[tuple[int, UUID]]
    ) -> dict[UUID, list[RecordedEvent]]:
        """The events at these positions, by the keys of their documents."""
        needed = sorted({position for position, _ in positions})
        recorded: dict[int, RecordedEvent] = {}
        for read in steps(needed, _STEP):
            for rows in steps(await self._log.by_position(read), _SLICE):
                recorded |= await self._compute(self._decoded, rows)
        events: dict[UUID, list[RecordedEvent]] = {}
        for position, key in positions:
            events.setdefault(key, []).append(recorded[position])
        return events

    def _decoded(self, rows: Sequence[LogRow]) -> dict[int, RecordedEvent]:
        return {row.position: self._codec.recorded(row) for row in rows}


def _selected(
    select: Callable[[Sequence[RecordedEvent], datetime], list[RecordedEvent]],
    events: Sequence[tuple[UUID, Sequence[RecordedEvent]]],
    instant: datetime,
) -> dict[UUID, list[RecordedEvent]]:
    selected = {key: select(of_key, instant) for key, of_key in events}
    return {key: of_key for key, of_key in selected.items() if of_key}
