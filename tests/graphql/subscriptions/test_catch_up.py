"""Past events are executed in pages, which are cached up to a bound."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from intersessional.graphql.subscriptions import catch_up_page
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.catch_up_page import PAYLOADS_MAX
from intersessional.graphql.subscriptions.payload import Payload
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.subscriptions.fake_execution import FakeExecution
from tests.graphql.subscriptions.record_events import record_events

HEAD = 3 * PAYLOADS_MAX


@pytest_asyncio.fixture
async def catch_up() -> AsyncGenerator[CatchUp]:
    async with CatchUp(bytes_max=300_000) as catch_up:
        yield catch_up


async def read(
    catch_up: CatchUp, execution: FakeExecution, after: int, until: int = HEAD
) -> list[int]:
    """The positions of all payloads in a range, page by page."""
    payloads: list[Payload] = []
    while after < until:
        more, after = await catch_up.read(
            "it", execution.as_execution, after, until, execution.as_feed
        )
        payloads += more
    return [payload.position for payload in payloads]


async def test_page_ends_at_the_requested_position(catch_up: CatchUp) -> None:
    execution = FakeExecution(head=HEAD)

    assert await read(catch_up, execution, 7, 9) == [8, 9]
    assert await read(catch_up, execution, 7, 9) == [8, 9]
    assert await read(catch_up, execution, 0, HEAD) == list(range(1, HEAD + 1))

    # Around the page that was there already.
    assert execution.executed == HEAD


async def test_least_recently_used_pages_are_evicted(catch_up: CatchUp) -> None:
    execution = FakeExecution(head=HEAD, size=400)
    await read(catch_up, execution, 0)
    assert execution.executed == HEAD

    await read(catch_up, execution, 2 * PAYLOADS_MAX)
    assert execution.executed == HEAD
    await read(catch_up, execution, 0)

    # Some of it was there no more, and all of it is right.
    assert HEAD < execution.executed <= 2 * HEAD
    assert await read(catch_up, execution, 0) == list(range(1, HEAD + 1))


async def test_page_of_large_payloads_ends_early(catch_up: CatchUp) -> None:
    execution = FakeExecution(head=PAYLOADS_MAX, size=catch_up_page.BYTES_MAX // 10)

    payloads, end = await catch_up.read(
        "it", execution.as_execution, 0, PAYLOADS_MAX, execution.as_feed
    )

    assert end == payloads[-1].position == len(payloads) == 10
    assert await read(catch_up, execution, 3, 30) == list(range(4, 31))


async def test_forgotten_subscription_is_executed_anew(catch_up: CatchUp) -> None:
    execution = FakeExecution(head=HEAD)
    await read(catch_up, execution, 0)

    catch_up.forget("it")
    await read(catch_up, execution, 0)

    assert execution.executed == 2 * HEAD


async def test_range_without_matching_events_is_an_empty_page(catch_up: CatchUp) -> None:
    execution = FakeExecution(head=HEAD, step=HEAD + 1)

    assert await read(catch_up, execution, 0) == []


@pytest.mark.asyncio(loop_scope="session")
async def test_long_range_without_matching_events_is_skipped(
    scenario: ForumScenario, server: Server
) -> None:
    query = """subscription ($draft: ID!, $after: Position) {
        commentEvents(draft: $draft, after: $after) { node { body } } }"""
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft, "1")
    await record_events(server.dsn, 2 * PAYLOADS_MAX + 7)
    second = await scenario.comment(draft, "2")
    await record_events(server.dsn, PAYLOADS_MAX)
    silent = await server.caught_up()
    begins = {0: "12", first["position"]: "2", second["position"] - 1: "2", silent: ""}
    async with server.socket() as socket:
        for after in begins:
            await socket.subscribe(str(after), query, draft=draft, after=after)
        await scenario.comment(draft, "3")

        received = dict.fromkeys(map(str, begins), "")
        while not all(bodies.endswith("3") for bodies in received.values()):
            message = await socket.receive()
            received[message["id"]] += message["payload"]["data"]["commentEvents"]["node"]["body"]

    assert received == {str(after): f"{bodies}3" for after, bodies in begins.items()}
