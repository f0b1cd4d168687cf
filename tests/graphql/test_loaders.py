"""Who asks a loader for the same as others and is cancelled takes it from none of them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.cycles import CYCLES
from intersessional.projections.kernel.view import ListKey
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Load = Callable[[Loaders], Awaitable[Any]]


async def _document(loaders: Loaders) -> object:
    [cycle] = (await loaders.page(CYCLES, ListKey(None), first=1)).items
    return cycle


LOADS: dict[str, Load] = {
    "an event": lambda loaders: loaders.events([1]),
    "a list": _document,
    "a text": lambda loaders: loaders.text_absence(Sealed(sealed="0" * 64)),
}


@pytest_asyncio.fixture(loop_scope="session")
async def loaders(server: Server, scenario: ForumScenario) -> AsyncGenerator[Loaders]:
    """Loaders of one operation, with nothing loaded."""
    context = server.backend.context()
    yield context.loaders(await context.latest_state())


@pytest.mark.parametrize("load", LOADS.values(), ids=LOADS)
@pytest.mark.parametrize("cancelled", [0, 1])
async def test_task_that_is_cancelled_takes_nothing_from_others(
    loaders: Loaders, load: Load, cancelled: int
) -> None:
    tasks = [asyncio.ensure_future(load(loaders)) for _ in range(2)]
    await asyncio.sleep(0)
    tasks[cancelled].cancel()

    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(outcomes[cancelled], asyncio.CancelledError)
    assert not isinstance(outcomes[1 - cancelled], BaseException)


@pytest.mark.parametrize("load", LOADS.values(), ids=LOADS)
async def test_what_all_have_left_is_loaded_anew_for_the_next(loaders: Loaders, load: Load) -> None:
    tasks = [asyncio.ensure_future(load(loaders)) for _ in range(2)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)

    assert all(task.cancelled() for task in tasks)
    assert await load(loaders) is not None
