"""A rebuilt view changes results without an event: cached results end with the old version."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.proposals import ProposalDocument
from tests.graphql.client import Client
from tests.graphql.fixtures import database
from tests.graphql.scenario import forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server, serving

__all__ = ["database"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

KINDS = """query ($year: Int!) {
    cycle(year: $year) { proposals(first: 1) { nodes { groupKind { key } } } } }"""


def _former(view: AnyView) -> AnyView:
    def evolve(before: ProposalDocument | None, recorded: RecordedEvent) -> ProposalDocument | None:
        after: ProposalDocument | None = view.evolve(before, recorded)
        return after and replace(after, group_kind="DYNAMIC_COALITION")

    return replace(view, version=view.version - 1, evolve=evolve)


FORMER = Composition(
    (
        replace(
            CORE,
            views=tuple(_former(view) if view.name == "proposals" else view for view in CORE.views),
        ),
    )
)
"""The core with an older version of the proposals view, which shows another kind."""


async def test_results_of_an_old_view_version_end_with_it(database: str) -> None:
    async with serving(database, composition=FORMER) as server, forum_scenario(server) as forum:
        await forum.propose()
        await server.caught_up()
        year = forum.year

    async with AsyncExitStack() as lock:
        # Locked before the server starts: it begins to rebuild the view at once.
        await lock.enter_async_context(locked_documents(database))
        async with serving(database) as server, Client(server.url) as client:
            before = await kind(client, year)
            await lock.aclose()
            await until_rebuilt(server)

            assert before == "DYNAMIC_COALITION"
            assert await kind(client, year) == "BPF"


async def kind(client: Client, year: int) -> Any:
    """The kind of the only proposal."""
    answer = await client.ask(KINDS, year=year)
    return answer["cycle"]["proposals"]["nodes"][0]["groupKind"]["key"]


async def until_rebuilt(server: Server) -> None:
    """Wait until every view is served in the version of this node."""
    wanted = {(view.name, view.version) for view in server.backend.composition.views}
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            checkpoints = await server.backend.reader.checkpoints()
            if wanted <= {
                (checkpoint.view, checkpoint.version)
                for checkpoint in checkpoints
                if checkpoint.served
            }:
                return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def locked_documents(dsn: str) -> AsyncGenerator[None]:
    """Block writes to the documents, not reads."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE intersessional.documents IN SHARE MODE")
            yield
    finally:
        await connection.close()
