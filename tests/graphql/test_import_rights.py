"""Who may import: the Secretariat, which takes nothing from a member."""

from datetime import UTC, datetime

import pytest

from intersessional.domain.kernel.act import Role
from intersessional.graphql.relay.ids import uuid_of
from tests.graphql.history_files import BOMB, CHECK, check, file, record
from tests.graphql.scenario import ForumScenario, new_id, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_import_withdraws_nothing_that_a_member_put_forward_here(
    scenario: ForumScenario, server: Server
) -> None:
    proposal = uuid_of(await scenario.propose())
    text = f"""\
history: withdrawn-{proposal}
entries:
  - key: source
    command: ListSource
    occurred: 2017
    sources: [minutes-{scenario.year}]
    fields: {{key: minutes-{scenario.year}, title: Minutes}}
  - key: withdrawal
    command: WithdrawProposal
    occurred: {datetime.now(UTC).isoformat()}
    sources: [minutes-{scenario.year}]
    fields: {{proposal: {proposal}}}
"""
    before = await server.caught_up()

    shown = await check(scenario, text)
    refused = await record(scenario, text, "0" * 64)

    [problem] = shown["problems"]
    assert (problem["line"], problem["code"]) == (8, "NOT_A_PROPOSER")
    assert (refused["line"], refused["reason"]) == (8, "NOT_A_PROPOSER")
    assert shown["outcome"] is None
    assert await server.caught_up() == before


async def test_import_needs_the_secretariat(scenario: ForumScenario) -> None:
    text = file(new_year())

    answer = await scenario.chair.ask(CHECK, input={"text": text})
    fields = {"commandId": new_id(), "text": text, "outcome": "0" * 64}
    refused = await scenario.chair.send("importHistory", fields)

    assert answer["importCheck"] == {"refusal": {"code": "ROLE_REQUIRED"}, "check": None}
    assert refused["code"] == "ROLE_REQUIRED"


async def test_file_of_who_may_not_import_is_not_read(scenario: ForumScenario) -> None:
    fields = {"commandId": new_id(), "text": BOMB, "outcome": "0" * 64}

    refused = await scenario.chair.send("importHistory", fields)

    assert refused["code"] == "ROLE_REQUIRED"


async def test_file_repeated_after_the_role_has_ended_is_answered(
    scenario: ForumScenario, server: Server
) -> None:
    text = file(new_year())
    shown = await check(scenario, text)
    other = await server.client(Role.SECRETARIAT, "Once the Secretariat")
    sent = {"commandId": new_id(), "text": text, "outcome": shown["outcome"]}
    done = await other.send("importHistory", sent, "position repeated")
    await scenario.secretariat.do(
        "endRole",
        "position",
        participant=str(other.person),
        role="SECRETARIAT",
        until=datetime.now(UTC).isoformat(),
    )

    again = await other.send("importHistory", sent, "position repeated")
    more = await other.send("importHistory", {**sent, "commandId": new_id()})

    assert (again["position"], again["repeated"]) == (done["position"], True)
    assert more["code"] == "ROLE_REQUIRED"
    await other.http.aclose()


async def test_nobody_is_registered_under_the_id_of_a_person(scenario: ForumScenario) -> None:
    # Who has signed in and not registered yet could be spoken for ever after.
    year, person = new_year(), new_id()
    text = file(
        year,
        f"""\
  - key: registered
    command: RegisterParticipant
    occurred: 2017
    by: {person}
    sources: [summary-{year}]
    fields: {{display_name: Somebody}}
""",
    )

    shown = await check(scenario, text)

    assert [(one["code"], one["entry"]) for one in shown["problems"]] == [
        ("NOT_FOR_SECRETARIAT", "registered")
    ]
