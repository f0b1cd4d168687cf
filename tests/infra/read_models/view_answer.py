"""The answers to all reads of a view at one moment."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.concurrency.steps import steps
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentPage, DocumentSnapshot, ListUnion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey
from tests.infra.read_models.read_scope import ReadScope

READ_AT_ONCE = 32
"""More would hold the loop so long that a statement is over its time on a busy machine."""


@dataclass(frozen=True)
class ViewAnswer:
    """The answers of all reads of a view at one moment."""

    found: Mapping[UUID, DocumentSnapshot[Any]]
    pages: Mapping[ListKey, DocumentPage[Any]]
    totals: Mapping[ListKey, int]
    union_pages: Mapping[ListUnion, DocumentPage[Any]]
    counts: Mapping[tuple[UUID, str], Mapping[str, int]]
    histories: Mapping[UUID, Sequence[RecordedEvent]]
    uncertain: Mapping[UUID, Sequence[RecordedEvent]]


async def read_answers(
    reader: PostgresDocumentReader, reads: Sequence[tuple[AnyView, ReadScope, AsOf]]
) -> Sequence[ViewAnswer]:
    """The answers of many reads, some made at once as those of one request are."""
    batched = reader.batched()
    answers: list[ViewAnswer] = []
    for some in steps(reads, READ_AT_ONCE):
        answers += await asyncio.gather(
            *(read_answer(batched, view, as_of, scope) for view, scope, as_of in some)
        )
    return answers


async def read_answer(
    reader: PostgresDocumentReader, view: AnyView, as_of: AsOf, scope: ReadScope
) -> ViewAnswer:
    """The answers of the reader, which are read at once: that takes less CPU."""
    of_documents = asyncio.gather(
        reader.get(view, scope.keys, as_of),
        reader.histories(view, scope.keys, as_of),
        reader.uncertain(view, scope.keys, as_of),
    )
    counts, pages, totals, union_pages = await asyncio.gather(
        _counts(reader, view, as_of, scope),
        reader.pages(
            view,
            scope.lists,
            as_of,
            first=scope.first,
            after=scope.after,
            before=scope.before,
            backward=scope.backward,
        ),
        reader.totals(view, scope.totalled, as_of),
        reader.union_pages(view, scope.unions, as_of, first=scope.first, after=scope.after),
    )
    found, histories, uncertain = await of_documents
    return ViewAnswer(
        found=found,
        pages=pages,
        totals=totals,
        union_pages=union_pages,
        counts=counts,
        histories=histories,
        uncertain=uncertain,
    )


async def _counts(
    reader: PostgresDocumentReader, view: AnyView, as_of: AsOf, scope: ReadScope
) -> Mapping[tuple[UUID, str], Mapping[str, int]]:
    counts = {
        dimension: await reader.counts(view, scope.parents, dimension, as_of)
        for dimension in scope.dimensions
    }
    return {
        (parent, dimension): of_parent[parent]
        for dimension, of_parent in counts.items()
        for parent in scope.parents
    }
