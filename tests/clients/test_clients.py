"""Standard clients work unmodified, over every transport, and receive every result."""

from typing import Any

import pytest

from tests.clients.clients import needs_node, run
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = [needs_node, pytest.mark.asyncio(loop_scope="session")]

ROUNDS = [f"{number} {where}" for number in (1, 2, 3) for where in ("live", "away")]


@pytest.mark.parametrize("script", ["graphql_ws", "graphql_sse", "urql", "browser"])
async def test_client_queries_is_refused_and_continues_its_subscription(
    server: Server, scenario: ForumScenario, script: str
) -> None:
    await check(server, scenario, script)


# One query, and eight times one mutation. In automatic mode it sends each text once; in open mode
# it is refused once, and sends no more hashes.
@pytest.mark.parametrize(
    ("mode", "sent"),
    [("automatic", {"hashes": 8, "texts": 2}), ("open", {"hashes": 1, "texts": 8})],
)
async def test_apollo_client_sends_hashes_in_automatic_mode_only(
    database: str, mode: str, sent: dict[str, int]
) -> None:
    async with (
        serving(database, INTERSESSIONAL_DOCUMENTS_MODE=mode) as server,
        forum_scenario(server) as scenario,
    ):
        result = await check(server, scenario, "apollo")

    assert result["sent"] == sent


async def check(server: Server, scenario: ForumScenario, script: str) -> Any:
    draft = await scenario.publish(await scenario.establish())
    token = scenario.commenter.http.headers["Authorization"].removeprefix("Bearer ")

    result = await run(f"{script}.mjs", url=server.url, token=token, draft=draft)

    assert result["query"]["title"] == "A draft"
    refused = result["refused"]
    assert (refused["__typename"], refused["code"]) == ("BadValue", "BAD_VALUE")
    assert result["seen"] == ROUNDS
    return result


async def test_graphql_over_http_audits_pass(server: Server) -> None:
    audits = await run("audits.mjs", url=server.url)

    assert len(audits) >= 60
    assert [audit for audit in audits if audit["status"] != "ok"] == []
