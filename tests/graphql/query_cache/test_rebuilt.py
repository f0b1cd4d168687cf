"""A view that is built anew shows something else without any event: nothing is kept beyond that."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from intersessional.domain.group.group_kind import GroupKind
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.proposals import ProposalDocument
from tests.graphql.client import Client
from tests.graphql.fixtures import database
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.story import a_story

__all__ = ["database"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

KINDS = """query ($year: Int!) {
    cycle(year: $year) { proposals(first: 1) { nodes { groupKind } } } }"""


def _former(view: AnyView) -> AnyView:
    def evolve(before: ProposalDocument | None, recorded: RecordedEvent) -> ProposalDocument | None:
        after: ProposalDocument | None = view.evolve(before, recorded)
        return after and replace(after, group_kind=GroupKind.DYNAMIC_COALITION)

    return replace(view, version=view.version - 1, evolve=evolve)


FORMER = Composition(
    (
        replace(
            CORE,
            views=tuple(_former(view) if view.name == "proposals" else view for view in CORE.views),
        ),
    )
)
"""The core, whose last release took every proposal for one of another kind."""


async def test_what_the_old_version_of_a_view_answered_ends_with_it(database: str) -> None:
    async with serving(database, composition=FORMER) as server, a_story(server) as story:
        await story.propose()
        await server.caught_up()
        year = story.year

    async with serving(database) as server, Client(server.url) as client:
        async with held_documents(database):
            old = await kind(client, year)
        await renewed(server)

        assert old == "DYNAMIC_COALITION"
        assert await kind(client, year) == "BPF"


async def kind(client: Client, year: int) -> Any:
    """The kind of the only proposal."""
    answer = await client.ask(KINDS, year=year)
    return answer["cycle"]["proposals"]["nodes"][0]["groupKind"]


async def renewed(server: Server) -> None:
    """Wait until every view is served as this node would have it."""
    wanted = {(view.name, view.version) for view in server.backend.composition.views}
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            heads = await server.backend.reader.checkpoints()
            if wanted <= {(head.view, head.version) for head in heads if head.served}:
                return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def held_documents(dsn: str) -> AsyncGenerator[None]:
    """Nothing that was folded can be recorded meanwhile; everything can be read."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE intersessional.documents IN SHARE MODE")
            yield
    finally:
        await connection.close()
