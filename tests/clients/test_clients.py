"""Standard clients work unmodified, over every transport, and see what there is to see."""

from typing import Any

import pytest

from tests.clients.clients import needs_node, run
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = [needs_node, pytest.mark.asyncio(loop_scope="session")]

ROUNDS = [f"{number} {where}" for number in (1, 2, 3) for where in ("live", "away")]


@pytest.mark.parametrize("script", ["graphql_ws", "graphql_sse", "urql", "browser"])
async def test_a_client_asks_is_refused_and_watches_on_where_it_left_off(
    server: Server, scenario: ForumScenario, script: str
) -> None:
    await check(server, scenario, script)


# One query, and eight times one mutation. Where hashes are known it tells each text once; where
# they are not, it is told so once, and asks no more.
@pytest.mark.parametrize(
    ("mode", "sent"),
    [("automatic", {"hashes": 8, "texts": 2}), ("open", {"hashes": 1, "texts": 8})],
)
async def test_apollo_client_sends_hashes_where_they_are_known(
    database: str, mode: str, sent: dict[str, int]
) -> None:
    async with (
        serving(database, INTERSESSIONAL_DOCUMENTS_MODE=mode) as server,
        forum_scenario(server) as scenario,
    ):
        told = await check(server, scenario, "apollo")

    assert told["sent"] == sent


async def check(server: Server, scenario: ForumScenario, script: str) -> Any:
    draft = await scenario.publish(await scenario.establish())
    token = scenario.commenter.http.headers["Authorization"].removeprefix("Bearer ")

    told = await run(f"{script}.mjs", url=server.url, token=token, draft=draft)

    assert told["query"]["title"] == "A draft"
    refused = told["refused"]
    assert (refused["__typename"], refused["code"]) == ("BadValue", "BAD_VALUE")
    assert told["seen"] == ROUNDS
    return told


async def test_the_specification_of_graphql_over_http_is_kept(server: Server) -> None:
    audits = await run("audits.mjs", url=server.url)

    assert len(audits) >= 60
    assert [audit for audit in audits if audit["status"] != "ok"] == []
