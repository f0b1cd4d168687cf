"""A command id belongs to its sender: nobody meets another's, or the server's own."""

from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.importer import import_history
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.history import parse_history
from tests.graphql.client import Client, Json
from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

POSTED = "position commandId repeated ... on CommentPosted { comment { id } }"
TRAIL = "query($stream: ID!) { auditTrail(stream: $stream) { nodes { command } } }"
HISTORY = """\
history: predictable
entries:
  - key: source
    command: ListSource
    occurred: 2018
    sources: [predictable]
    fields: {key: predictable, title: A source}
  - key: chair
    command: RegisterParticipant
    occurred: 2018
    sources: [predictable]
    fields: {display_name: The chair}
"""


@pytest_asyncio.fixture(loop_scope="session")
async def draft(scenario: ForumScenario) -> str:
    return await scenario.publish(await scenario.establish())


async def post(client: Client, draft: str, command_id: str, body: str = "Mine.") -> Json:
    return await client.send(
        "postComment", {"commandId": command_id, "draft": draft, "body": body}, POSTED
    )


async def test_two_senders_with_the_same_id_do_not_meet(
    server: Server, scenario: ForumScenario, draft: str
) -> None:
    command_id = new_id()
    other = await server.client(Role.COMMENTER, "Bo")

    first = await post(scenario.commenter, draft, command_id)
    second = await post(other, draft, command_id)
    again = [await post(client, draft, command_id) for client in (scenario.commenter, other)]
    changed = await post(other, draft, command_id, "Another text.")

    assert first["comment"]["id"] != second["comment"]["id"]
    assert first["position"] < second["position"]
    assert again == [{**one, "repeated": True} for one in (first, second)]
    assert changed["code"] == "COMMAND_REUSED"
    assert command_id in changed["message"]
    await other.http.aclose()


async def test_answers_and_the_audit_trail_have_the_id_as_it_was_sent(
    scenario: ForumScenario, draft: str
) -> None:
    command_id = new_id()
    posted = await post(scenario.commenter, draft, command_id)

    trail = await scenario.commenter.ask(TRAIL, stream=posted["comment"]["id"])
    assert posted["commandId"] == command_id
    assert [one["command"] for one in trail["auditTrail"]["nodes"]] == [command_id]


async def test_import_cannot_be_blocked_by_commands_under_its_ids(
    server: Server, scenario: ForumScenario, draft: str
) -> None:
    history = parse_history("predictable.yaml", HISTORY)
    handlers = server.backend.composition.command_handlers
    ids = [one.envelope.command.command_id for one in CommandBuilder(handlers).build(history)]

    for id in ids:
        await scenario.commenter.send(
            "postComment", {"commandId": str(id), "draft": draft, "body": "First."}
        )
    summary = await import_history(server.backend.command_bus, [history], handlers)

    assert summary.recorded == len(ids)


async def test_command_that_an_earlier_version_recorded_is_a_repeat_for_its_sender_alone(
    server: Server, scenario: ForumScenario, draft: str
) -> None:
    # Earlier versions recorded the id as it was sent, as what the server itself sends still is.
    sender = scenario.commenter.person
    assert sender is not None
    command = PostComment(command_id=uuid4(), draft=UUID(draft), body="Mine.")
    first = await server.backend.command_bus.submit(command, Caller(person=sender))
    await server.caught_up()
    other = await server.client(Role.COMMENTER, "Bo")

    again = await post(scenario.commenter, draft, str(command.command_id))
    others = await post(other, draft, str(command.command_id))

    assert (again["repeated"], again["comment"]["id"]) == (True, str(first.subject))
    assert (others["repeated"], others["commandId"]) == (False, str(command.command_id))
    assert others["comment"]["id"] != str(first.subject)
    await other.http.aclose()
