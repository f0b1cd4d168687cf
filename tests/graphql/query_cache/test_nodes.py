"""However many nodes keep results, whoever was told of an event finds it on each of them."""

import asyncio

import pytest

from tests.graphql.client import Client
from tests.graphql.server import Server, serving
from tests.graphql.story import a_story

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNT = "query ($year: Int!) { cycle(year: $year) { proposals(first: 1) { totalCount } } }"


async def test_what_was_answered_here_is_found_there_at_once(node: Server) -> None:
    dsn = str(node.backend.settings.database_url)
    async with (
        serving(dsn) as other,
        a_story(node) as story,
        Client(node.url) as here,
        Client(other.url) as there,
    ):
        for count in range(10):
            answers = await asyncio.gather(
                *(client.ask(COUNT, year=story.year) for client in (here, there, here, there))
            )

            counts = [answer["cycle"]["proposals"]["totalCount"] for answer in answers]
            assert counts == [count] * 4
            await story.propose(f"Proposal {count}")
