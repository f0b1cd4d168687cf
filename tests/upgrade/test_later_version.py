"""A later version serves the record of this one, also while nodes of this one still serve."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.infra.cli.program import run
from tests.journeys.api_client import signed_in
from tests.journeys.live_server import Server, ready, serving
from tests.recorded import Recorded
from tests.upgrade.dump import golden_queries
from tests.upgrade.later_version import write_later_version
from tests.without_rate_limits import WITHOUT_RATE_LIMITS

COMMENT = "query ($id: ID!) { comment(id: $id) { id body } }"


async def ask(server: Server, query: str) -> dict[str, Any]:
    """The data of a response."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        response = (await client.post(server.url, json={"query": query})).json()
    assert "errors" not in response, response
    data: dict[str, Any] = response["data"]
    return data


async def answers(server: Server) -> dict[str, Any]:
    """The answers to the golden queries."""
    return {name: await ask(server, query) for name, query in golden_queries().items()}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the later version."""
    folder = tmp_path_factory.mktemp("later")
    write_later_version(folder)
    return {"PYTHONPATH": str(folder)}


async def test_demo_with_further_fields_a_renamed_command_and_a_view_answers_as_before(
    tmp_path: Path, later: dict[str, str]
) -> None:
    # One of the queries asks for every block of many drafts at once.
    allowed = {"INTERSESSIONAL_QUERY_COST_MAX": "200000"} | WITHOUT_RATE_LIMITS
    data = {"INTERSESSIONAL_DATA": str(tmp_path / "data")} | allowed
    changed = data | later

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


async def test_nodes_of_both_versions_serve_one_record(
    recorded: Recorded, later: dict[str, str]
) -> None:
    database = {"DATABASE_URL": recorded.url, "INTERSESSIONAL_MODE": "development"}

    async with serving(recorded) as old, signed_in(old.url, recorded) as old_api:
        await old_api.comment("Before the upgrade.")
        async with (
            ready("serve", PORT="0", **database, **later) as new,
            signed_in(new.url, recorded) as new_api,
        ):
            to_both = [await old_api.comment("From old."), await new_api.comment("From new.")]
            async with serving(recorded) as restarted, signed_in(restarted.url, recorded) as api:
                to_both.append(await api.comment("From an old node that was restarted."))
                for node in (old_api, new_api, api):
                    for posted in to_both:
                        seen = await node.ask(COMMENT, id=posted["comment"]["id"])
                        assert seen["comment"] == posted["comment"]
            assert await new.end() == 0
            assert "Traceback" not in new.running.stderr()
        assert await old.end() == 0
        assert "Traceback" not in old.running.stderr()
