"""Internal errors are logged, and masked in responses."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROUP = "query ($id: ID!) { headPosition group(id: $id) { kind { key } name } }"


@asynccontextmanager
async def broken(database: str) -> AsyncGenerator[tuple[Server, ForumScenario, str]]:
    """A server whose texts cannot be opened any more, and a group that has one."""
    async with serving(database) as server, forum_scenario(server) as scenario:
        group = await scenario.establish()
        connection = await asyncpg.connect(database)
        try:
            # A table or function that is missing is an outage: a backup may be being restored.
            await connection.execute("ALTER TABLE intersessional.openings RENAME value TO hunter2")
        finally:
            await connection.close()
        yield server, scenario, group


async def test_internal_error_is_masked_in_the_response_and_complete_in_the_log(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with broken(database) as (_, scenario, group):
        with caplog.at_level(logging.ERROR, logger="intersessional"):
            response = await scenario.commenter.post(GROUP, id=group)

    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    assert error["path"] == ["group", "name"]
    assert "value" not in response.text
    assert "hunter2" not in response.text
    faults = [record for record in caplog.records if record.exc_info]
    assert any("column o.value does not exist" in str(record.exc_info) for record in faults)


async def test_fields_without_an_error_are_answered(database: str) -> None:
    async with broken(database) as (server, scenario, group):
        answer = await scenario.commenter.answer(GROUP, id=group)

        assert answer["data"]["group"] == {"kind": {"key": "WORKING_GROUP"}, "name": None}
        assert answer["data"]["headPosition"] == await server.backend.record.head()


async def test_internal_error_on_a_socket_is_masked(database: str) -> None:
    query = GROUP.replace("$id", "$group")
    async with broken(database) as (server, _, group), server.socket() as socket:
        await socket.subscribe("g", query, group=group)
        message = await socket.receive()

    (error,) = message["payload"]["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    assert "value" not in str(message)


async def test_client_error_is_not_masked(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with await server.client() as anonymous, server.socket() as socket:
            for query in ("{", "{ nothing }", '{ node(id: "x") { id } }', "{ themes(first: 0) {"):
                await anonymous.post(query)
            await socket.subscribe("s", "{ nothing }")
            await socket.error("s")

    assert [record for record in caplog.records if record.name.startswith("intersessional")] == []
    assert [record for record in caplog.records if record.exc_info] == []


MISTAKES = [
    "{ headPositon }",
    "{ cycle(yaer: 1) { year } }",
    "{ cycle(year: 1) { decisions(kind: SELECTIONS) { totalCount } } }",
    "{ ... on Cycl { year } }",
    "query ($a: AsOfInputt) { cycle(year: 1, asOf: $a) { year } }",
    "{ cycle(year: 1, asOf: {positon: 1}) { year } }",
]


async def test_unknown_field_gets_no_suggestion_in_production(
    database: str, server: Server
) -> None:
    async with serving(database, mode="production") as production:
        for query in MISTAKES:
            async with await production.client() as anonymous, await server.client() as developer:
                outside = await anonymous.answer(query)
                inside = await developer.answer(query)

            assert all("Did you mean" not in error["message"] for error in outside["errors"])
            assert any("Did you mean" in error["message"] for error in inside["errors"])


async def test_wrong_variable_gets_no_suggestion_in_production(database: str) -> None:
    async with (
        serving(database, mode="production") as production,
        await production.client() as anonymous,
    ):
        field = await anonymous.answer(
            "query ($a: AsOfInput) { cycle(year: 1, asOf: $a) { year } }", a={"positon": 1}
        )
        value = await anonymous.answer(
            "query ($k: DecisionKind!) { cycle(year: 1) { decisions(kind: $k) { totalCount } } }",
            k="SELECTIONS",
        )

    for error in (*field["errors"], *value["errors"]):
        assert "Did you mean" not in error["message"]


async def test_schema_is_public(database: str) -> None:
    query = '{ __schema { queryType { name } } __type(name: "Cycle") { kind } }'
    async with (
        serving(database, mode="production") as production,
        await production.client() as anonymous,
    ):
        data = await anonymous.ask(query)

    assert data == {"__schema": {"queryType": {"name": "Query"}}, "__type": {"kind": "OBJECT"}}
