"""Reads documents as of a moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from intersessional.infra.record.codec import Codec
from intersessional.infra.record.log import Log
from intersessional.infra.views.documents import Shape
from intersessional.infra.views.errors import NotBuilt
from intersessional.infra.views.heads import Head, Shown, readable, shown
from intersessional.infra.views.horizon import Horizon
from intersessional.infra.views.queries import Queries
from intersessional.infra.views.standing import NO_PARENT
from intersessional.projections.fold import fold_one, made_of
from intersessional.projections.moment import Moment
from intersessional.projections.reader import Found, Page
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import AnyView, View

D = TypeVar("D")


class ViewReader:
    """Answers from the documents as they stood at a position.

    What had happened by an instant is folded again, from a document's own events, where one of
    them had not certainly happened by then. A call makes at most three statements.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        *,
        log: Log,
        codec: Codec,
        views: Sequence[AnyView],
        horizon: Horizon,
    ) -> None:
        """Read these views; the horizon is that of the node's projector."""
        self._queries = Queries(pool)
        self._log = log
        self._codec = codec
        self._views = views
        self._shapes: dict[str, Shape[Any]] = {view.name: Shape(view.document) for view in views}
        self._horizon = horizon

    async def heads(self) -> list[Head]:
        """Where every version of the views stands, and what has stopped: for a health check."""
        return await self._queries.heads([view.name for view in self._views])

    async def shown(self) -> Shown:
        """The position that is read when nobody asks for another, and the versions of the views."""
        return shown(self._views, await self.heads())

    async def position(self) -> int:
        """The position every view has reached that has not stopped; 0 while none can be read."""
        return (await self.shown()).position

    async def reached(self, position: int) -> None:
        """Wait until every view that has not stopped has reached a position. Raises Stopped."""
        await self._horizon.reached(position)

    async def position_known_at(self, instant: datetime) -> int:
        """The last position recorded by an instant, once the views have reached it."""
        position = await self._log.position_known_at(instant)
        await self.reached(position)
        return position

    async def get(
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Found[D]]:
        """The documents with these keys that existed by then. Raises NotBuilt or Behind."""
        if not keys:
            return {}
        return await self._found(view, await self._queries.documents(view, keys, moment), moment)

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
        """For each parent some of its documents. Raises NotBuilt or Behind."""
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
            parent: Page(
                items=[found[row["key"]] for row in on[shelf][:first] if row["key"] in found],
                total=totals[shelf],
                has_next=len(on[shelf]) > first,
            )
            for shelf, parent in shelves.items()
        }

    async def histories(
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Sequence[Recorded]]:
        """For each document the events that made it. Raises NotBuilt or Behind."""
        happened = await self._events(view, keys, moment, certain=True)
        histories = {key: made_of(view, events, moment) for key, events in happened.items()}
        return {key: events for key, events in histories.items() if events}

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], moment: Moment
    ) -> Mapping[UUID, Sequence[Recorded]]:
        """For each document its events that may have happened or not. Raises NotBuilt or Behind."""
        if moment.occurred is None:
            return {}
        return await self._events(view, keys, moment, certain=False)

    async def _events(
        self, view: AnyView, keys: Collection[UUID], moment: Moment, *, certain: bool
    ) -> dict[UUID, list[Recorded]]:
        if not keys:
            return {}
        key_at = await self._queries.events(view, keys, moment, certain=certain)
        events: dict[UUID, list[Recorded]] = {}
        for row in await self._log.at([*key_at]):
            events.setdefault(key_at[row.position], []).append(self._codec.recorded(row))
        return events

    async def _found(
        self, view: View[D], rows: Iterable[asyncpg.Record], moment: Moment
    ) -> dict[UUID, Found[D]]:
        """The documents of these rows; what was unsettled at the moment is folded again."""
        instant = moment.occurred
        found: dict[UUID, Found[D]] = {}
        born: dict[UUID, int] = {}
        for row in rows:
            key = row["key"]
            if instant is not None and row["settled_by"] > instant:
                born[key] = row["born"]
            else:
                document = await self._decode(view, row["document"])
                found[key] = Found(
                    key=key, born=row["born"], position=row["position"], document=document
                )
        for key, events in (await self.histories(view, born, moment)).items():
            refolded = fold_one(view, events)
            if refolded is not None:
                position = events[-1].position
                found[key] = Found(key=key, born=born[key], position=position, document=refolded)
        return found

    async def _decode(self, view: View[D], document: bytes) -> D:
        shape: Shape[D] = self._shapes[view.name]
        try:
            return shape.decode(document)
        except msgspec.ValidationError as error:
            served = readable([view], await self._queries.heads([view.name]))
            if any(head.version == view.version for head in served):
                raise
            # An older version is served while this one is built, and its documents differ.
            raise NotBuilt(view.name) from error
