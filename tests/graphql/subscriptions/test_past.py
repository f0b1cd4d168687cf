"""What was before is executed in pages, kept as long as there is room, and found across silence."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from intersessional.graphql.subscriptions import catch_up_page
from intersessional.graphql.subscriptions.catch_up import POSITIONS_MAX, CatchUp
from intersessional.graphql.subscriptions.payload import Payload
from tests.graphql.server import Server
from tests.graphql.story import Story
from tests.graphql.subscriptions.notes import note
from tests.graphql.subscriptions.script import Script

HEAD = 3 * POSITIONS_MAX


@pytest_asyncio.fixture
async def past() -> AsyncGenerator[CatchUp]:
    async with CatchUp(bytes_max=300_000) as past:
        yield past


async def read(past: CatchUp, script: Script, after: int, until: int = HEAD) -> list[int]:
    """The positions of everything after one and up to another, page by page."""
    payloads: list[Payload] = []
    while after < until:
        more, after = await past.read("it", script.watched, after, until)
        payloads += more
    return [payload.position for payload in payloads]


async def test_a_page_ends_where_it_was_asked_to(past: CatchUp) -> None:
    script = Script(head=HEAD)

    assert await read(past, script, 7, 9) == [8, 9]
    assert await read(past, script, 7, 9) == [8, 9]
    assert await read(past, script, 0, HEAD) == list(range(1, HEAD + 1))

    # Around the page that was there already.
    assert script.executed == HEAD


async def test_what_was_kept_makes_room_for_what_is_asked_for_now(past: CatchUp) -> None:
    script = Script(head=HEAD, size=400)
    await read(past, script, 0)
    assert script.executed == HEAD

    await read(past, script, 2 * POSITIONS_MAX)
    assert script.executed == HEAD
    await read(past, script, 0)

    # Some of it was there no more, and all of it is right.
    assert HEAD < script.executed <= 2 * HEAD
    assert await read(past, script, 0) == list(range(1, HEAD + 1))


async def test_a_page_of_large_payloads_is_short(past: CatchUp) -> None:
    script = Script(head=POSITIONS_MAX, size=catch_up_page.BYTES_MAX // 10)

    payloads, end = await past.read("it", script.watched, 0, POSITIONS_MAX)

    assert end == payloads[-1].position == len(payloads) == 10
    assert await read(past, script, 3, 30) == list(range(4, 31))


async def test_what_nobody_watches_is_forgotten(past: CatchUp) -> None:
    script = Script(head=HEAD)
    await read(past, script, 0)

    past.forget("it")
    await read(past, script, 0)

    assert script.executed == 2 * HEAD


async def test_what_never_concerns_anyone_is_a_page_with_nothing_in_it(past: CatchUp) -> None:
    script = Script(head=HEAD, step=HEAD + 1)

    assert await read(past, script, 0) == []


@pytest.mark.asyncio(loop_scope="session")
async def test_a_long_silence_is_passed_over_from_wherever_one_begins(
    story: Story, server: Server
) -> None:
    query = """subscription ($draft: ID!, $after: Position) {
        commentEvents(draft: $draft, after: $after) { node { body } } }"""
    draft = await story.publish(await story.establish())
    first = await story.comment(draft, "1")
    await note(server.backend.settings.database_url or "", 2 * POSITIONS_MAX + 7)
    second = await story.comment(draft, "2")
    await note(server.backend.settings.database_url or "", POSITIONS_MAX)
    silent = await server.caught_up()
    begins = {0: "12", first["position"]: "2", second["position"] - 1: "2", silent: ""}
    async with server.socket() as socket:
        for after in begins:
            await socket.subscribe(str(after), query, draft=draft, after=after)
        await story.comment(draft, "3")

        told = dict.fromkeys(map(str, begins), "")
        while not all(bodies.endswith("3") for bodies in told.values()):
            message = await socket.receive()
            told[message["id"]] += message["payload"]["data"]["commentEvents"]["node"]["body"]

    assert told == {str(after): f"{bodies}3" for after, bodies in begins.items()}
