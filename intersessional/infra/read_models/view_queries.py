"""The statements that read views: each answers for all keys or parents at once."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.read_models.projector.document_cache import Place
from intersessional.infra.read_models.view_checkpoint import CHECKPOINTS, ViewCheckpoint, stopped
from intersessional.infra.read_models.view_fold import ANY_KIND
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt

Rows = Sequence[asyncpg.Record]

_DOCUMENTS_BY = "SELECT * FROM documents_by($1, $2, $3)"
_DOCUMENTS = "SELECT * FROM documents_at($1, $2, $3, $4)"
_PAGES = "SELECT * FROM pages_at($1, $2, $3, $4, $5, $6, $7)"
_PAGES_BEGUN_BY = "SELECT * FROM pages_begun_by($1, $2, $3, $4, $5, $6, $7, $8)"
_EVENTS = "SELECT * FROM events_at($1, $2, $3, $4, $5)"


async def documents_by(
    connection: Connection, places: Collection[Place], until: int
) -> dict[Place, asyncpg.Record]:
    """The last rows up to a position of documents of several heads; no row, no document."""
    if not places:
        return {}
    heads, keys = [head for head, _ in places], [key for _, key in places]
    rows = await connection.fetch(_DOCUMENTS_BY, heads, keys, until)
    return {(row["head"], row["key"]): row for row in rows}


class ViewQueries:
    """Reads the tables of the views. Each raises ViewNotBuilt, or ViewBehind when a view has not
    come to the moment's position: an answer from there would look as if nothing had happened since.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def heads(self, names: Sequence[str]) -> list[ViewCheckpoint]:
        """Where every version of these views stands."""
        return [ViewCheckpoint(**row) for row in await self._pool.fetch(CHECKPOINTS, names)]

    async def documents(self, view: AnyView, keys: Collection[UUID], moment: AsOf) -> Rows:
        """The documents with these keys that existed by then."""
        rows = await self._fetch(view, moment, _DOCUMENTS, [*keys], moment.position)
        instant = moment.occurred
        return [
            row
            for row in rows
            if row["born"] is not None and (instant is None or row["begun_by"] <= instant)
        ]

    async def pages(
        self,
        view: AnyView,
        parents: Collection[UUID],
        moment: AsOf,
        *,
        kind: str | None,
        after: int,
        size: int,
    ) -> Rows:
        """For each parent the total and the next documents; one row without a key for none."""
        place = ([*parents], kind or ANY_KIND, moment.position, after, size)
        if moment.occurred is None:
            return await self._fetch(view, moment, _PAGES, *place)
        return await self._fetch(view, moment, _PAGES_BEGUN_BY, *place, moment.occurred)

    async def events(
        self, view: AnyView, keys: Collection[UUID], moment: AsOf, *, certain: bool
    ) -> dict[int, UUID]:
        """The positions of the documents' events that had happened by then, or may have."""
        rows = await self._fetch(view, moment, _EVENTS, [*keys], moment.position, moment.occurred)
        return {row["position"]: row["key"] for row in rows if row["certain"] is certain}

    async def _fetch(self, view: AnyView, moment: AsOf, statement: str, *where: Any) -> Rows:
        rows = await self._pool.fetch(statement, view.name, view.version, *where)
        if not rows:
            raise ViewNotBuilt(view.name)
        reached = rows[0]["reached"]
        if reached < moment.position:
            halted = stopped(view, await self.heads([view.name]))
            reason = None if halted is None else halted.reason
            raise ViewBehind(view.name, moment.position, reached, reason)
        return rows
