"""A change that one node shows is shown by every node, despite their caches."""

import asyncio

import pytest

from tests.graphql.client import Client
from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNT = "query ($year: Int!) { cycle(year: $year) { proposals(first: 1) { totalCount } } }"


async def test_change_shown_by_one_node_is_shown_by_the_other_at_once(node: Server) -> None:
    dsn = node.dsn
    async with (
        serving(dsn) as other,
        forum_scenario(node) as forum,
        Client(node.url) as here,
        Client(other.url) as there,
    ):
        for count in range(10):
            answers = await asyncio.gather(
                *(client.ask(COUNT, year=forum.year) for client in (here, there, here, there))
            )

            counts = [answer["cycle"]["proposals"]["totalCount"] for answer in answers]
            assert counts == [count] * 4
            await forum.propose(f"Proposal {count}")
