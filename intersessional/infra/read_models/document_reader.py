"""Reads documents as of a moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.read_models.document_codec import DocumentCodec
from intersessional.infra.read_models.view_checkpoint import (
    ReadableState,
    ViewCheckpoint,
    readable,
    readable_state,
)
from intersessional.infra.read_models.view_fold import NO_PARENT
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold_one, made_of
from intersessional.projections.kernel.reader import DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, View
from intersessional.projections.kernel.view_errors import ViewNotBuilt

D = TypeVar("D")


class PostgresDocumentReader:
    """Answers from the documents as they stood at a position.

    What had happened by an instant is folded again, from a document's own events, where one of
    them had not certainly happened by then. A call makes at most three statements.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        log: EventLog,
        codec: Codec,
        views: Sequence[AnyView],
        horizon: ViewProgress,
    ) -> None:
        """Read these views; the horizon is that of the node's projector."""
        self._queries = ViewQueries(pool)
        self._log = log
        self._codec = codec
        self._views = views
        self._shapes: dict[str, DocumentCodec[Any]] = {
            view.name: DocumentCodec(view.document) for view in views
        }
        self._horizon = horizon

    async def heads(self) -> list[ViewCheckpoint]:
        """Where every version of the views stands, and what has stopped: for a health check."""
        return await self._queries.heads([view.name for view in self._views])

    async def readable_state(self) -> ReadableState:
        """The position that is read when nobody asks for another, and the versions of the views."""
        return readable_state(self._views, await self.heads())

    async def position(self) -> int:
        """The position every view has reached that has not stopped; 0 while none can be read."""
        return (await self.readable_state()).position

    async def reached(self, position: int) -> None:
        """Wait until every view that has not stopped has reached a position. Raises Stopped."""
        await self._horizon.reached(position)

    async def position_known_at(self, instant: datetime) -> int:
        """The last position recorded by an instant, once the views have reached it."""
        position = await self._log.position_known_at(instant)
        await self.reached(position)
        return position

    async def get(
        self, view: View[D], keys: Collection[UUID], moment: AsOf
    ) -> Mapping[UUID, DocumentSnapshot[D]]:
        """The documents with these keys that existed by then. Raises ViewNotBuilt or Behind."""
        if not keys:
            return {}
        return await self._found(view, await self._queries.documents(view, keys, moment), moment)

    async def pages(
        self,
        view: View[D],
        parents: Collection[UUID | None],
        moment: AsOf,
        *,
        kind: str | None = None,
        first: int,
        after: int = 0,
    ) -> Mapping[UUID | None, DocumentPage[D]]:
        """For each parent some of its documents. Raises ViewNotBuilt or Behind."""
        if not parents:
            return {}
        shelves = {parent or NO_PARENT: parent for parent in parents}
        rows = await self._queries.pages(
            view, shelves, moment, kind=kind, after=after, size=first + 1
        )
        totals = {row["parent"]: row["total"] for row in rows}
        on: dict[UUID, list[asyncpg.Record]] = {shelf: [] for shelf in shelves}
        for row in rows:
            if row["key"] is not None:
                on[row["parent"]].append(row)
        found = await self._found(view, [row for of in on.values() for row in of[:first]], moment)
        return {
            parent: DocumentPage(
                items=[found[row["key"]] for row in on[shelf][:first] if row["key"] in found],
                total=totals[shelf],
                has_next=len(on[shelf]) > first,
            )
            for shelf, parent in shelves.items()
        }

    async def histories(
        self, view: View[D], keys: Collection[UUID], moment: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document the events that made it. Raises ViewNotBuilt or Behind."""
        happened = await self._events(view, keys, moment, certain=True)
        histories = {key: made_of(view, events, moment) for key, events in happened.items()}
        return {key: events for key, events in histories.items() if events}

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], moment: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document its events that may have happened or not.

        Raises ViewNotBuilt or ViewBehind.
        """
        if moment.occurred is None:
            return {}
        return await self._events(view, keys, moment, certain=False)

    async def _events(
        self, view: AnyView, keys: Collection[UUID], moment: AsOf, *, certain: bool
    ) -> dict[UUID, list[RecordedEvent]]:
        if not keys:
            return {}
        key_at = await self._queries.events(view, keys, moment, certain=certain)
        events: dict[UUID, list[RecordedEvent]] = {}
        for row in await self._log.at([*key_at]):
            events.setdefault(key_at[row.position], []).append(self._codec.recorded(row))
        return events

    async def _found(
        self, view: View[D], rows: Iterable[asyncpg.Record], moment: AsOf
    ) -> dict[UUID, DocumentSnapshot[D]]:
        """The documents of these rows; what was unsettled at the moment is folded again."""
        instant = moment.occurred
        found: dict[UUID, DocumentSnapshot[D]] = {}
        born: dict[UUID, int] = {}
        for row in rows:
            key = row["key"]
            if instant is not None and row["settled_by"] > instant:
                born[key] = row["born"]
            else:
                document = await self._decode(view, row["document"])
                found[key] = DocumentSnapshot(
                    key=key, born=row["born"], position=row["position"], document=document
                )
        for key, events in (await self.histories(view, born, moment)).items():
            refolded = fold_one(view, events)
            if refolded is not None:
                position = events[-1].position
                found[key] = DocumentSnapshot(
                    key=key, born=born[key], position=position, document=refolded
                )
        return found

    async def _decode(self, view: View[D], document: bytes) -> D:
        shape: DocumentCodec[D] = self._shapes[view.name]
        try:
            return shape.decode(document)
        except msgspec.ValidationError as error:
            served = readable([view], await self._queries.heads([view.name]))
            if any(head.version == view.version for head in served):
                raise
            # An older version is served while this one is built, and its documents differ.
            raise ViewNotBuilt(view.name) from error
