"""Views that have stopped or lag: nothing is lost, no request waits for ever, and the rest
of the API works.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from intersessional.graphql.request import context
from intersessional.plugins.core import CORE
from tests.graphql.failing_views import POISON, poisoned
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

PUBLISH = """
    mutation Publish($input: PublishDraftInput!) { publishDraft(input: $input) {
        ... on DraftPublished { position commandId draft { title } } } }
"""

VIEW_NAMES = tuple(view.name for view in CORE.views)


@asynccontextmanager
async def stopped(
    database: str, *names: str
) -> AsyncGenerator[tuple[Server, ForumScenario, str, Any]]:
    """A server where some views stop at a draft, with the group and the mutation's result."""
    async with (
        serving(database, composition=poisoned(*names)) as server,
        forum_scenario(server) as scenario,
    ):
        group = await scenario.establish()
        answer = await scenario.secretariat.answer(
            PUBLISH,
            input={
                "commandId": "7e0b2b0e-0d3c-4a0b-9a55-6a2f7c3b1e01",
                "group": group,
                "title": "Poison",
                "blocks": [{"text": "Poison.", "element": POISON}],
            },
        )
        yield server, scenario, group, answer


async def test_command_that_a_view_cannot_show_is_recorded(database: str) -> None:
    async with stopped(database, "drafts") as (server, _, __, answer):
        done = answer["data"]["publishDraft"]

        assert done["draft"] is None
        assert done["position"] == await server.backend.record.head()
        (error,) = answer["errors"]
        assert error["path"] == ["publishDraft", "draft"]
        assert error["extensions"]["code"] == "VIEW_STOPPED"


async def test_other_views_continue_when_one_stops(database: str) -> None:
    async with stopped(database, "drafts") as (_, scenario, group, __):
        await scenario.secretariat.do(
            "renameGroup", group=group, name="Goes on", decision=await scenario.mandate()
        )

        answer = await scenario.commenter.answer(
            "query ($id: ID!) { group(id: $id) { name drafts { totalCount } } }", id=group
        )

        assert answer["data"]["group"] == {"name": "Goes on", "drafts": None}
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "VIEW_STOPPED"


async def test_the_health_names_the_view_that_stopped(database: str) -> None:
    async with stopped(database, "drafts") as (server, scenario, _, __):
        health = await scenario.commenter.http.get(server.url.replace("/graphql", "/health"))

        assert health.status_code == 503
        assert health.json()["stoppedViews"] == ["drafts"]
        assert health.json()["headPosition"] == await server.backend.record.head()


async def test_subscription_to_a_stopped_view_ends_with_an_error_and_keeps_the_socket(
    database: str,
) -> None:
    async with stopped(database, "drafts") as (server, _, group, answer):
        position = answer["data"]["publishDraft"]["position"]
        async with server.socket() as socket:
            await socket.subscribe(
                "drafts",
                """subscription ($group: ID!, $after: Position) {
                     draftEvents(group: $group, after: $after) { position } }""",
                group=group,
                after=position - 1,
            )
            (error,) = await socket.error("drafts")
            await socket.subscribe(
                "groups",
                """subscription ($after: Position) { auditTrail(after: $after) { position } }""",
                after=position - 1,
            )

            assert error["extensions"]["code"] == "VIEW_STOPPED"
            assert await socket.next("groups") == {"auditTrail": {"position": position}}


async def test_mutation_does_not_wait_once_every_view_has_stopped(database: str) -> None:
    async with stopped(database, *VIEW_NAMES) as (server, scenario, _, answer):
        done = await scenario.secretariat.do("assessResources", year=scenario.year, capacity=9)
        data = await scenario.commenter.ask(
            "query ($year: Int!) { headPosition"
            " cycle(year: $year) { assessments { totalCount } } }",
            year=scenario.year,
        )

        assert answer["data"]["publishDraft"]["draft"] is None
        assert done["position"] == await server.backend.record.head()
        assert data["headPosition"] < answer["data"]["publishDraft"]["position"]
        assert data["cycle"] == {"assessments": {"totalCount": 0}}


async def test_lagging_views_are_waited_for_until_the_time_limit(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        serving(database) as server,
        forum_scenario(server) as scenario,
        held_views(database),
    ):
        monkeypatch.setattr(context, "VIEW_TIMEOUT_S", 0.2)
        answer = await scenario.secretariat.answer(
            """mutation ($input: AssessResourcesInput!) { assessResources(input: $input) {
                 ... on ResourcesAssessed { position cycle { assessments { totalCount } } } } }""",
            input={
                "commandId": "7e0b2b0e-0d3c-4a0b-9a55-6a2f7c3b1e02",
                "year": scenario.year,
                "capacity": 9,
            },
        )
        position = answer["data"]["assessResources"]["position"]
        ahead = await scenario.secretariat.codes(
            """query ($year: Int!, $at: Position!) {
                 cycle(year: $year, asOf: {position: $at}) { id } }""",
            year=scenario.year,
            at=position,
        )
        recorded_by = await scenario.secretariat.codes(
            """query ($year: Int!) {
                 cycle(year: $year, asOf: {known: "9999-01-01T00:00:00Z"}) { id } }""",
            year=scenario.year,
        )

        assert position == await server.backend.record.head()
        assert answer["data"]["assessResources"]["cycle"] is None
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["VIEWS_BEHIND"]
        assert ahead == recorded_by == ["VIEWS_BEHIND"]


@asynccontextmanager
async def held_views(dsn: str) -> AsyncGenerator[None]:
    """Blocks writes of views inside this context; reads are possible."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE intersessional.view_heads IN SHARE MODE")
            yield
    finally:
        await connection.close()
