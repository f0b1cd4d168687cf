"""Every operation that the schema allows is answered without an internal error."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLError, GraphQLSchema, get_operation_ast, parse, print_ast, validate
from graphql.execution import VariableValues
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from intersessional.graphql.subscriptions.normal_form import NoNormalForm, normal_form
from tests.graphql.client import plain_http
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.infra.http.random_operations import RandomOperations

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class World:
    """A scenario with something of everything, and random operations about it."""

    def __init__(
        self, scenario: ForumScenario, questions: RandomOperations, schema: GraphQLSchema
    ) -> None:
        self.scenario = scenario
        self.questions = questions
        self.schema = schema


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(server: Server) -> AsyncGenerator[World]:
    """The world that the tests of this module share."""
    async with forum_scenario(server) as scenario:
        group = await scenario.establish()
        draft = await scenario.publish(group)
        comment = (await scenario.comment(draft))["comment"]["id"]
        await scenario.comment(draft, "And so say I.", inReplyTo=comment, blocks=["b1"])
        proposal, meeting = await scenario.propose(), await scenario.meet_once()
        ids = [group, draft, comment, proposal, meeting, str(scenario.chair.person)]
        schema = server.composed.schema.core
        yield World(scenario, RandomOperations(schema, ids), schema)


def check(answer: Json) -> None:
    """Every error has a code, and none is INTERNAL."""
    for error in answer.get("errors", ()):
        assert error["extensions"]["code"] != "INTERNAL", (error, answer)
        assert error["extensions"]["code"]


def outcomes(answer: Json) -> list[Json]:
    """The payloads of the mutations of an answer, without the failed ones."""
    data: dict[str, Json] = answer.get("data") or {}
    return [outcome for outcome in data.values() if outcome is not None]


@PATIENT
@given(data=st.data())
async def test_any_question_is_answered(world: World, data: st.DataObject) -> None:
    query = data.draw(st.composite(lambda draw: world.questions.query(draw))())

    check(await world.scenario.commenter.answer(query))


@settings(PATIENT, max_examples=7)
@given(data=st.data())
async def test_normal_form_of_a_question_has_the_same_answer(
    world: World, data: st.DataObject
) -> None:
    query = data.draw(st.composite(lambda draw: world.questions.query(draw))())
    document = parse(query)
    operation = get_operation_ast(document)
    assert operation is not None
    assume(not validate(world.schema, document))
    try:
        normal = normal_form(world.schema, document, operation, VariableValues({}, {}), without="")
    except (NoNormalForm, GraphQLError):
        reject()

    asked, normally_asked = [
        await world.scenario.commenter.answer(text) for text in (query, print_ast(normal))
    ]

    assert list(asked.get("data") or ()) == list(normally_asked.get("data") or ())
    assert asked.get("data") == normally_asked.get("data")
    assert len(asked.get("errors", ())) == len(normally_asked.get("errors", ()))


@PATIENT
@given(data=st.data())
async def test_any_command_is_answered(world: World, data: st.DataObject) -> None:
    query, given_input = data.draw(st.composite(lambda draw: world.questions.command(draw))())
    scenario = world.scenario

    for sender in (scenario.secretariat, scenario.member, scenario.commenter):
        answer = await sender.answer(query, input=given_input)
        check(answer)
        for outcome in outcomes(answer):
            assert "position" in outcome or outcome["code"]


@PATIENT
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
async def test_any_bytes_are_answered(server: Server, body: bytes) -> None:
    async with plain_http() as http:
        response = await http.post(
            server.url, content=body, headers={"Content-Type": "application/json"}
        )

    assert 400 <= response.status_code < 500 or response.status_code == 200
    check(response.json())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["query", "variables", "operationName", "extensions", "__proto__", "a"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@PATIENT
@given(value=VALUES)
async def test_any_json_is_answered(server: Server, value: Json) -> None:
    async with plain_http() as http:
        response = await http.post(server.url, json=value)

    assert 400 <= response.status_code < 500 or response.status_code == 200
    check(response.json())


@PATIENT
@given(data=st.data())
async def test_any_document_with_a_mistake_is_answered(world: World, data: st.DataObject) -> None:
    query = data.draw(st.composite(lambda draw: world.questions.query(draw))())
    place = data.draw(st.integers(0, len(query)))
    invalid = query[:place] + data.draw(st.text(max_size=3)) + query[place + 1 :]

    check(await world.scenario.commenter.answer(invalid))


@settings(PATIENT, max_examples=30)
@given(data=st.data())
async def test_anything_can_be_watched(server: Server, world: World, data: st.DataObject) -> None:
    query = data.draw(st.composite(lambda draw: world.questions.subscription(draw))())
    async with server.socket() as socket:
        await socket.subscribe("s", query)
        await socket.subscribe("q", "{ __typename }")
        while (message := await socket.receive())["id"] != "q":
            received = message["payload"]
            check({"errors": received} if message["type"] == "error" else received)
