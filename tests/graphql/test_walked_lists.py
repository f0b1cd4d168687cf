"""Of lists that are walked to their end little is held: not the list, and not all walks at once."""

import asyncio

import pytest

from intersessional.graphql.request import document_loaders
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.participants import PARTICIPANTS
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

WALKED_AT_ONCE = 4


async def walk(loaders: Loaders) -> int:
    """Walk through everybody; returns how many they are."""
    return len([one async for one in every_document(loaders, PARTICIPANTS, ListKey(None))])


async def pages_of_walks(server: Server, states: int, walks: int = 1) -> list[int]:
    """How many pages each statement reads, where so many states are walked through at once."""
    context = server.backend.context()
    head = (await context.latest_state()).position
    loaders = context.loaders(await context.latest_state())
    each = [loaders.at(head - number) for number in range(states)]
    async with counted_statements(server.backend) as statements:
        for _ in range(walks):
            await asyncio.gather(*map(walk, each))
    return [read for one in statements if (read := one.count("pages_between("))]


async def test_short_list_is_read_once_however_often_it_is_walked(
    server: Server, scenario: ForumScenario
) -> None:
    assert await pages_of_walks(server, states=1, walks=3) == [1]


async def test_long_list_is_not_kept(
    server: Server, scenario: ForumScenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_loaders, "_SHORT", 0)

    assert await pages_of_walks(server, states=1, walks=3) == [1, 1, 1]


async def test_few_pages_are_read_at_the_same_time_for_one_answer(
    server: Server, scenario: ForumScenario
) -> None:
    read = await pages_of_walks(server, states=9)

    assert sum(read) == 9
    assert max(read) <= WALKED_AT_ONCE
