"""A file of history does not speak for people who are here (ADR 0066)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from intersessional.graphql.relay.ids import uuid_of
from intersessional.infra.importer import HistoryImportError, import_history
from intersessional.infra.importer.history import parse_history
from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHECK = """query ($input: ImportCheckInput!) { importCheck(input: $input) {
  check { outcome problems { code entry } } } }"""

Begin = Callable[[ForumScenario], Awaitable[str]]


def history(command: str, fields: str, by: str = "") -> str:
    """A file with a source, and an act of now on what was begun here."""
    key = f"minutes-{uuid4().hex[:8]}"
    return f"""\
history: {key}
entries:
  - key: source
    command: ListSource
    occurred: 2018
    sources: [{key}]
    fields: {{key: {key}, title: Minutes}}
  - key: act
    command: {command}
    occurred: {datetime.now(UTC).isoformat()}
    {by}
    sources: [{key}]
    fields: {{{fields}}}
"""


async def question(scenario: ForumScenario) -> str:
    return f"question: {uuid_of(await scenario.raise_question())}"


async def conclusion(scenario: ForumScenario) -> str:
    return f"group: {uuid_of(await scenario.establish())}, reason: It is over."


async def draft(scenario: ForumScenario) -> str:
    group = uuid_of(await scenario.establish())
    return f"group: {group}, title: Ours, blocks: [{{text: Not ours.}}]"


async def membership(scenario: ForumScenario) -> str:
    return f"membership: {uuid_of(await scenario.join(await scenario.establish()))}"


async def offer(scenario: ForumScenario) -> str:
    return f"offer: {uuid_of(await scenario.volunteer(await scenario.establish()))}"


async def decline(scenario: ForumScenario) -> str:
    proposal = uuid_of(await scenario.propose())
    declined = f"[{{decline: {{proposal: {proposal}}}}}]"
    return f"year: {scenario.year}, statement: Declined., outcomes: {declined}"


async def interest(scenario: ForumScenario) -> str:
    return f"proposal: {uuid_of(await scenario.propose())}, name: A company"


async def name(scenario: ForumScenario) -> str:
    return f"participant: {scenario.commenter.person}, display_name: A fool"


ACTS: dict[str, Begin] = {
    "ConcludeGroup": conclusion,
    "LeaveGroup": membership,
    "PublishDraft": draft,
    "RecordDecision": decline,
    "SignalInterest": interest,
    "UpdateParticipant": name,
    "WithdrawQuestion": question,
    "WithdrawVolunteerOffer": offer,
}


@pytest.mark.parametrize("command", ACTS)
async def test_file_does_not_act_on_what_people_began_here(
    scenario: ForumScenario, server: Server, command: str
) -> None:
    text = history(command, await ACTS[command](scenario))
    before = await server.caught_up()

    with pytest.raises(HistoryImportError) as operators:
        await record(server, text)
    shown = await checked(scenario, text)
    sent = {"commandId": new_id(), "text": text, "outcome": "0" * 64}
    refused = await scenario.secretariat.send(
        "importHistory", sent, "position", "... on HistoryRefused { line reason }"
    )

    [problem] = shown["problems"]
    expected = "NOT_FOR_SECRETARIAT" if command == "UpdateParticipant" else "BEGUN_HERE"
    assert (operators.value.code, operators.value.line) == ("BEGUN_HERE", 8)
    assert (problem["code"], problem["entry"], shown["outcome"]) == (expected, "act", None)
    assert refused["reason"] == expected
    assert await server.caught_up() == before


async def test_operator_names_who_did_it_and_the_secretariat_does_not(
    scenario: ForumScenario, server: Server
) -> None:
    text = history("WithdrawQuestion", await question(scenario), f"by: {scenario.member.person}")

    shown = await checked(scenario, text)
    await record(server, text)

    assert [one["code"] for one in shown["problems"]] == ["NOT_FOR_SECRETARIAT"]


async def record(server: Server, text: str) -> None:
    """Import a file as the operator does."""
    backend = server.backend
    handlers = backend.composition.command_handlers
    await import_history(backend.command_bus, [parse_history("a.yaml", text)], handlers)


async def checked(scenario: ForumScenario, text: str) -> Any:
    """What the Secretariat is shown of a file."""
    answer = await scenario.secretariat.ask(CHECK, input={"text": text})
    return answer["importCheck"]["check"]
