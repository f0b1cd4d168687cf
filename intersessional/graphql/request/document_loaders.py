"""Loaders of documents and lists for one state of the record."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from intersessional.graphql.request.batch_loader import BatchLoader
from intersessional.graphql.request.dependencies import Dependencies
from intersessional.graphql.request.text_loader import TextLoader
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    Cursor,
    DocumentPage,
    DocumentReader,
    DocumentSnapshot,
    ListUnion,
)
from intersessional.projections.kernel.view import AnyView, ListKey, View

_SHORT = 100
"""Documents of a list that is kept when it was walked to its end."""

D = TypeVar("D")
K = TypeVar("K", bound=Hashable)
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


class _Walked(_BatchOf[ListKey, DocumentPage[Any]]):
    """Loads pages of lists that are walked to their end: of a long list none is kept."""

    def keeps(self, value: DocumentPage[Any]) -> bool:
        """Whether it is all of a short list."""
        return value.total <= _SHORT


class DocumentLoaders:
    """Loads documents and lists as of one state, in batches.

    The functions that load hold nothing of the loaders, which hold them: what was read is freed
    with the last reference to it, and waits for no collection of garbage.
    """

    def __init__(
        self, reader: DocumentReader, as_of: AsOf, dependencies: Dependencies, texts: TextLoader
    ) -> None:
        self.as_of = as_of
        self._reader = reader
        self._dependencies = dependencies
        self._texts = texts
        self._loaders: dict[Hashable, _BatchOf[Any, Any]] = {}

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
        walked: bool = False,
    ) -> DocumentPage[D]:
        """The first documents of a list between two cursors, or the last where ``backward``.

        Nothing for a kind that PostgreSQL cannot even compare. A list that is ``walked`` to its
        end is kept only if it is short.
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

        name = ("page", view.name, first, after, before, backward, walked)
        return await self._batched(name, load, list_key, view, _Walked if walked else _BatchOf)

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

    def _batched(
        self,
        name: Hashable,
        load: Callable[[Sequence[K]], Awaitable[Sequence[R]]],
        key: K,
        view: AnyView | None = None,
        kind: type[_BatchOf[Any, Any]] = _BatchOf,
    ) -> asyncio.Future[R]:
        if view is not None:
            self._dependencies.views.add(view.name)
        loader: _BatchOf[K, R] | None = self._loaders.get(name)
        if loader is None:
            loader = self._loaders[name] = kind(self._texts, load)
        return loader.load(key)
