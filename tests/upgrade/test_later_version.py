"""The demo of a later version serves the data directory of this one, and answers as before."""

from pathlib import Path
from typing import Any

import httpx
from graphql import OperationDefinitionNode, parse

from tests.infra.cli.program import run
from tests.journeys.live_server import Server, ready
from tests.upgrade.dump import QUERIES
from tests.upgrade.later_version import write_later_version


async def ask(server: Server, query: str) -> dict[str, Any]:
    """The data of a response."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        response = (await client.post(server.url, json={"query": query})).json()
    assert "errors" not in response, response
    data: dict[str, Any] = response["data"]
    return data


async def answers(server: Server) -> dict[str, Any]:
    """The answers to the golden queries."""
    text = QUERIES.read_text()
    operations = [
        text[node.loc.start : node.loc.end]
        for node in parse(text).definitions
        if isinstance(node, OperationDefinitionNode) and node.loc is not None
    ]
    return {query: await ask(server, query) for query in operations}


async def test_demo_with_further_fields_a_renamed_command_and_a_view_answers_as_before(
    tmp_path: Path,
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    write_later_version(later)
    data = {"INTERSESSIONAL_DATA": str(tmp_path / "data")}
    changed = data | {"PYTHONPATH": str(later)}

    async with ready("demo", PORT="0", **data) as server:
        before = await answers(server)
        assert await server.end() == 0
    async with ready("demo", PORT="0", **changed) as server:
        after = await answers(server)
        mutations = await ask(server, "{ __schema { mutationType { fields { name } } } }")
        assert await server.end() == 0
    replayed = await run("replay", **changed)

    assert "conveneMeeting" in str(mutations)
    assert after == before
    assert replayed.code == 0, replayed.out + replayed.err
    assert "stream_lengths" in replayed.out
