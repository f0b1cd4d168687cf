"""Makes documents from their rows, or folds them again from their events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from intersessional.concurrency.steps import steps
from intersessional.infra.read_models.history_reader import HistoryReader
from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.fold import fold_one
from intersessional.projections.kernel.reader import Compute, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey, View
from intersessional.projections.kernel.view_errors import ViewNotBuilt

D = TypeVar("D")

_SMALL_BYTES = 8_192
"""A larger document takes half a millisecond and more to decode."""
_SLICE = 100
"""Documents that are decoded or folded without a turn for others: some milliseconds."""
_REFOLDED = 1_000
"""Documents whose events are read together; between two such reads an answer can end."""


class SnapshotReader:
    """Decodes documents; one with an event that had not happened is folded again.

    More documents than a page has are made in slices.
    """

    def __init__(
        self,
        queries: ViewQueries,
        histories: HistoryReader,
        codecs: Mapping[str, DocumentCodec[Any]],
        compute: Compute,
    ) -> None:
        """``codecs`` are by the names of the views."""
        self._queries = queries
        self._histories = histories
        self._codecs = codecs
        self._compute = compute

    async def snapshots(
        self, view: View[D], rows: Iterable[asyncpg.Record], as_of: AsOf
    ) -> dict[UUID, DocumentSnapshot[D]]:
        """The documents of these rows, by their keys. Raises ViewNotBuilt or ViewBehind."""
        instant = as_of.occurred
        settled: dict[UUID, asyncpg.Record] = {}
        unsettled: dict[UUID, int] = {}
        for row in rows:
            if instant is not None and row["settled_by"] > instant:
                unsettled[row["key"]] = row["born"]
            elif row["document"] is not None:
                settled.setdefault(row["key"], row)
        documents = await self.documents(view, [one["document"] for one in settled.values()])
        snapshots = {
            key: DocumentSnapshot(
                key=key,
                created_at_position=row["born"],
                position=row["position"],
                document=document,
            )
            for (key, row), document in zip(settled.items(), documents, strict=True)
        }
        for keys in steps([*unsettled], _REFOLDED):
            snapshots |= await self._refolded(view, {key: unsettled[key] for key in keys}, as_of)
        return snapshots

    async def documents(self, view: View[D], encoded: Sequence[bytes]) -> Sequence[D]:
        """Decode documents. Raises ViewNotBuilt."""
        codec: DocumentCodec[D] = self._codecs[view.name]
        try:
            if len(encoded) <= _SLICE:
                return [
                    codec.decode(one)
                    if len(one) <= _SMALL_BYTES
                    else await self._compute(codec.decode, one)
                    for one in encoded
                ]
            decoded: list[D] = []
            for some in steps(encoded, _SLICE):
                decoded += await self._compute(_decoded, codec, some)
        except msgspec.ValidationError as error:
            checkpoints = await self._queries.checkpoints([view.name])
            if any(one.served and one.version == view.version for one in checkpoints):
                raise
            # An older version is served while this one is built, and its documents differ.
            raise ViewNotBuilt(view.name) from error
        return decoded

    async def lists(
        self, view: AnyView, snapshots: Mapping[UUID, DocumentSnapshot[Any]]
    ) -> Mapping[UUID, Collection[ListKey]]:
        """The lists that hold each of these documents."""
        found: dict[UUID, Collection[ListKey]] = {}
        for some in steps([*snapshots.values()], _SLICE):
            found |= await self._compute(_lists, view, some)
        return found

    async def _refolded(
        self, view: View[D], born: Mapping[UUID, int], as_of: AsOf
    ) -> dict[UUID, DocumentSnapshot[D]]:
        histories = await self._histories.histories(view, born, as_of)
        refolded: dict[UUID, DocumentSnapshot[D]] = {}
        for some in steps([*histories.items()], _SLICE):
            refolded |= await self._compute(_folded, view, some, born)
        return refolded


def _decoded(codec: DocumentCodec[D], encoded: Sequence[bytes]) -> list[D]:
    return [codec.decode(one) for one in encoded]


def _lists(
    view: AnyView, snapshots: Sequence[DocumentSnapshot[Any]]
) -> dict[UUID, Collection[ListKey]]:
    return {one.key: view.lists(one.document) for one in snapshots}


def _folded(
    view: View[D],
    histories: Sequence[tuple[UUID, Sequence[RecordedEvent]]],
    born: Mapping[UUID, int],
) -> dict[UUID, DocumentSnapshot[D]]:
    return {
        key: DocumentSnapshot(
            key=key,
            created_at_position=born[key],
            position=events[-1].position,
            document=document,
        )
        for key, events in histories
        if (document := fold_one(view, events)) is not None
    }
