"""Subscriptions resume after a position, however often the connection is cut."""

import asyncio
import random
from typing import Any

import pytest

from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import open_socket
from tests.graphql.subscription_documents import COMMENTS, TRAIL

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_missed_events_come_first_and_then_new_ones(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft, "1")
    await scenario.comment(draft, "2")
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=first["position"])
        await scenario.comment(draft, "3")

        bodies = [(await socket.next("c"))["commentEvents"]["node"]["body"] for _ in range(2)]

    assert bodies == ["2", "3"]


async def test_subscription_from_the_head_of_a_query_has_no_gap(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    query = """query ($id: ID!) { headPosition
        draft(id: $id) { comments(first: 100) { nodes { body } } } }"""
    bodies = [str(number) for number in range(60)]

    async def post() -> None:
        for body in bodies:
            await scenario.comment(draft, body)

    async def watch() -> list[str]:
        await asyncio.sleep(random.random() / 10)
        async with await server.client() as anonymous, server.socket() as socket:
            data = await anonymous.ask(query, id=draft)
            seen = [comment["body"] for comment in data["draft"]["comments"]["nodes"]]
            await socket.subscribe("c", COMMENTS, draft=draft, after=data["headPosition"])
            while len(seen) < len(bodies):
                seen.append((await socket.next("c"))["commentEvents"]["node"]["body"])
            return seen

    *watched, _ = await asyncio.gather(*(watch() for _ in range(5)), post())

    for seen in watched:
        assert seen == bodies


async def test_subscription_cut_off_many_times_skips_and_doubles_nothing(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    bodies = [str(number) for number in range(120)]
    cuts = 0

    async def watch(seed: int) -> list[str]:
        nonlocal cuts
        chance = random.Random(seed)
        seen: list[str] = []
        after = 0
        while len(seen) < len(bodies):
            async with open_socket(server.url) as socket:
                await socket.introduce()
                await socket.subscribe("c", COMMENTS, draft=draft, after=after)
                for _ in range(chance.randint(0, 12)):
                    if len(seen) == len(bodies):
                        break
                    change = (await socket.next("c"))["commentEvents"]
                    after = change["position"]
                    seen.append(change["node"]["body"])
                socket.cut()
                cuts += 1
        return seen

    async def post() -> None:
        for body in bodies:
            await scenario.comment(draft, body)

    async with asyncio.timeout(2 * WAIT_MAX_S):
        *watched, _ = await asyncio.gather(*(watch(seed) for seed in range(6)), post())

    for seen in watched:
        assert seen == bodies
    assert cuts > len(watched) * 5


async def test_subscription_ahead_of_the_record_is_refused_with_the_head(
    server: Server,
) -> None:
    async with server.socket() as socket:
        await socket.subscribe("t", TRAIL, after=2**53 - 1)
        (error,) = await socket.error("t")
        assert error["extensions"]["code"] == "POSITION_AHEAD"

        # The socket goes on, and so does the id.
        await socket.subscribe("t", TRAIL, after=error["extensions"]["headPosition"] - 1)
        assert (await socket.next("t"))["auditTrail"]["position"] > 0


async def test_subscription_resumes_after_a_restart_and_on_another_node(
    postgres: str, template: str
) -> None:
    async with fresh_database(postgres, template) as dsn:
        async with serving(dsn) as server, forum_scenario(server) as scenario:
            draft = await scenario.publish(await scenario.establish())
            await scenario.comment(draft, "1")
            async with server.socket() as socket:
                await socket.subscribe("c", COMMENTS, draft=draft, after=0)
                change: Any = (await socket.next("c"))["commentEvents"]
            await scenario.comment(draft, "2")
        async with (
            serving(dsn) as server,
            serving(dsn) as other,
            other.socket() as socket,
            Client(server.url, token=scenario.commenter.token) as commenter,
        ):
            await socket.subscribe("c", COMMENTS, draft=draft, after=change["position"])
            assert (await socket.next("c"))["commentEvents"]["node"]["body"] == "2"
            await commenter.do("postComment", draft=draft, body="3")
            assert (await socket.next("c"))["commentEvents"]["node"]["body"] == "3"
