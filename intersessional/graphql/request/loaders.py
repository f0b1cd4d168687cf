"""Loaders for one state of the record."""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Coroutine,
    Hashable,
    Mapping,
    Sequence,
)
from datetime import datetime
from functools import cached_property
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from intersessional.concurrency.memo import Memo
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.batch_loader import BatchLoader
from intersessional.graphql.request.dependencies import CORRECTIONS, Dependencies
from intersessional.graphql.request.text_loader import TextLoader
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    Cursor,
    DocumentPage,
    DocumentReader,
    DocumentSnapshot,
    EventReader,
    ListUnion,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")
K = TypeVar("K", bound=Hashable)
P = ParamSpec("P")
R = TypeVar("R")


class _BatchOf(BatchLoader[K, R]):
    """Loads with a function, for which texts wait."""

    def __init__(
        self, texts: TextLoader, load: Callable[[Sequence[K]], Awaitable[Sequence[R]]]
    ) -> None:
        super().__init__()
        self._texts = texts
        self._load = load

    async def read(self, keys: Sequence[K]) -> Sequence[R]:
        """The values of keys, in their order."""
        with self._texts.reading():
            return await self._load(keys)


class Loaders:
    """Loads documents, events and texts as of one state, in batches.

    The functions that load hold nothing of the loaders, which hold them: what was read is freed
    with the last reference to it, and waits for no collection of garbage.
    """

    def __init__(
        self,
        reader: DocumentReader,
        record: EventReader,
        as_of: AsOf,
        dependencies: Dependencies,
        texts: TextLoader,
    ) -> None:
        """Loaders with nothing loaded; what is read is noted in ``dependencies``.

        Texts are the same in every state: those of other states come from the same loader.
        """
        self.as_of = as_of
        self.record = record
        self._reader = reader
        self._dependencies = dependencies
        self._texts = texts
        self._loaders: dict[Hashable, _BatchOf[Any, Any]] = {}
        self._memo = Memo()
        self._cached: dict[Hashable, Any] = {}
        self._at: dict[AsOf, Loaders] = {}

    @cached_property
    def regardless_of_time(self) -> "Loaders":
        """Loaders for the same position without the limit ``occurred``: to look up sources."""
        return self.at(self.as_of.position)

    def at(self, position: int, occurred: datetime | None = None) -> "Loaders":
        """Loaders for another state, the same each time for one state."""
        as_of = AsOf(position, occurred)
        if as_of not in self._at:
            self._at[as_of] = Loaders(
                self._reader, self.record, as_of, self._dependencies, self._texts
            )
        return self._at[as_of]

    async def get(self, view: View[D], key: UUID) -> DocumentSnapshot[D] | None:
        """The document with this key; None before its first event."""

        reader, as_of = self._reader, self.as_of

        async def load(keys: Sequence[UUID]) -> Sequence[DocumentSnapshot[D] | None]:
            found = await reader.get(view, keys, as_of)
            return [found.get(key) for key in keys]

        return await self._batched(("get", view.name), load, key, view)

    async def page(
        self,
        view: View[D],
        list_key: ListKey,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> DocumentPage[D]:
        """The first documents of a list between two cursors, or the last where ``backward``.

        Nothing for a kind that PostgreSQL cannot even compare.
        """
        if "\x00" in list_key.kind:
            return DocumentPage(items=(), total=0, has_next=False)

        reader, as_of = self._reader, self.as_of

        async def load(lists: Sequence[ListKey]) -> Sequence[DocumentPage[D]]:
            pages = await reader.pages(
                view,
                lists,
                as_of,
                first=first,
                after=after,
                before=before,
                backward=backward,
            )
            return [pages[one] for one in lists]

        name = ("page", view.name, first, after, before, backward)
        return await self._batched(name, load, list_key, view)

    async def union_page(
        self,
        view: View[D],
        union: ListUnion,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> DocumentPage[D]:
        """A page of the documents of a union of lists, as ``page`` of those of one."""
        if union.within is not None and "\x00" in union.within.kind:
            return DocumentPage(items=(), total=0, has_next=False)

        reader, as_of = self._reader, self.as_of

        async def load(unions: Sequence[ListUnion]) -> Sequence[DocumentPage[D]]:
            pages = await reader.union_pages(
                view,
                unions,
                as_of,
                first=first,
                after=after,
                before=before,
                backward=backward,
            )
            return [pages[one] for one in unions]

        name = ("union", view.name, union.within, first, after, before, backward)
        return await self._batched(name, load, union, view)

    async def commitments_of(self, person: UUID) -> Sequence[Sealed]:
        """The commitments to a person's id; none once it is erased."""
        record, position = self.record, self.as_of.position

        async def load(persons: Sequence[UUID]) -> Sequence[Sequence[Sealed]]:
            found = await record.commitments_of(persons, position)
            return [found[one] for one in persons]

        return await self._batched("commitments", load, person)

    async def total(self, view: AnyView, list_key: ListKey) -> int:
        """The number of documents in a list; those of many lists are read at once."""
        if "\x00" in list_key.kind:
            return 0

        reader, as_of = self._reader, self.as_of

        async def load(lists: Sequence[ListKey]) -> Sequence[int]:
            totals = await reader.totals(view, lists, as_of)
            return [totals[one] for one in lists]

        return await self._batched(("total", view.name), load, list_key, view)

    async def counts(self, view: AnyView, parent: UUID, dimension: str) -> Mapping[str, int]:
        """The number of documents under a parent by their values in a dimension."""

        reader, as_of = self._reader, self.as_of

        async def load(parents: Sequence[UUID]) -> Sequence[Mapping[str, int]]:
            counts = await reader.counts(view, parents, dimension, as_of)
            return [counts[one] for one in parents]

        return await self._batched(("counts", view.name, dimension), load, parent, view)

    async def history_positions(
        self, view: AnyView, key: UUID, *, certain: bool = True
    ) -> Sequence[int]:
        """The positions of the events that made a document, in order.

        Those that are not ``certain`` may have happened after ``occurred``.
        """

        reader, as_of = self._reader, self.as_of

        async def load(keys: Sequence[UUID]) -> Sequence[Sequence[int]]:
            positions = await reader.history_positions(view, keys, as_of, certain=certain)
            return [positions.get(key, ()) for key in keys]

        return await self._batched(("positions", view.name, certain), load, key, view)

    async def events(self, positions: Sequence[int]) -> Sequence[RecordedEvent]:
        """The events at these positions, in their order."""

        record = self.record

        async def load(keys: Sequence[int]) -> Sequence[RecordedEvent]:
            found = await record.by_position(keys)
            return [found[key] for key in keys]

        return await asyncio.gather(*(self._batched("events", load, one) for one in positions))

    async def event_data(self, recorded: RecordedEvent) -> Any:
        """The data of an event as JSON, with its texts; it is shared, and not to be changed."""
        texts = self._texts
        return await self.once(("data", recorded.position), lambda: texts.load_data(recorded.state))

    async def once(self, name: Hashable, make: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """What is made once for a name, however many ask for it."""
        return await self._memo.get(name, make)

    def cached(self, name: Hashable, make: Callable[[], R]) -> R:
        """What is made once for a name, and needs nothing that is loaded."""
        if name not in self._cached:
            self._cached[name] = make()
        value: R = self._cached[name]
        return value

    async def event(self, stream: UUID, version: int) -> RecordedEvent | None:
        """The event of this version of a stream; None when it was recorded later."""

        record, position, dependencies = self.record, self.as_of.position, self._dependencies

        async def load(keys: Sequence[tuple[UUID, int]]) -> Sequence[RecordedEvent | None]:
            found = await record.by_version(keys, position)
            if len(found) < len(keys):
                # A later event may be the one that is missing.
                dependencies.any_event = True
            return [found.get(one) for one in keys]

        return await self._batched("event", load, (stream, version))

    async def version(self, stream: UUID) -> int:
        """The version of a stream at the position; 0 before its first event."""
        until = self.as_of.position
        latest = await self.record.read(
            after=0, first=1, until=until, streams=[stream], backward=True
        )
        return latest[-1].version if latest else 0

    async def corrections(self, stream: UUID) -> Sequence[RecordedEvent]:
        """The corrections in a stream, in order of position."""
        record, position = self.record, self.as_of.position
        self._dependencies.views.add(CORRECTIONS)

        async def load(streams: Sequence[UUID]) -> Sequence[Sequence[RecordedEvent]]:
            found: dict[UUID, list[RecordedEvent]] = {stream: [] for stream in streams}
            for one in await record.corrections(streams, position):
                found[one.stream].append(one)
            return [found[stream] for stream in streams]

        return await self._batched("corrections", load, stream)

    async def text(self, sealed: Sealed | None) -> str | None:
        """The text behind a commitment; None when there is none, or none that can be read."""
        text = None if sealed is None else await self._texts.load(sealed)
        return text if isinstance(text, str) else None

    async def plain_text(self, sealed: Sealed) -> str | None:
        """The plain text of a block's text, made once; None when there is none that can be read."""
        return await self._texts.load_plain(sealed)

    async def compute(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """What a function returns that takes long: computed in turn with others, and charged."""
        return await self._texts.answer.compute(function, *arguments, **named)

    def spend_rows(self, rows: int) -> None:
        """Pay for rows that were gone through. Raises TooLongComputed."""
        self._texts.answer.spend_rows(rows)

    async def text_absence(self, sealed: Sealed) -> TextAbsence | None:
        """Why the text behind a commitment cannot be read; None when it can."""
        text = await self._texts.load(sealed)
        return text if isinstance(text, TextAbsence) else None

    def _batched(
        self,
        name: Hashable,
        load: Callable[[Sequence[K]], Awaitable[Sequence[R]]],
        key: K,
        view: AnyView | None = None,
    ) -> asyncio.Future[R]:
        if view is not None:
            self._dependencies.views.add(view.name)
        loader: _BatchOf[K, R] | None = self._loaders.get(name)
        if loader is None:
            loader = self._loaders[name] = _BatchOf(self._texts, load)
        return loader.load(key)
