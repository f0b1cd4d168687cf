"""Queries of past states, on both axes of time."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from intersessional.domain.kernel.act import Role
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, new_year
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAP = """
    query Cap($year: Int!, $asOf: AsOfInput) { headPosition
        cycle(year: $year, asOf: $asOf) { position bpfCap { value } } }
"""


async def cap(client: Client, year: int, **as_of: Any) -> Any:
    """The cap of a year in a past state."""
    cycle = (await client.ask(CAP, year=year, asOf=as_of))["cycle"]
    return cycle and cycle["bpfCap"] and cycle["bpfCap"]["value"]


async def test_query_as_of_a_position_reads_the_state_at_that_position(
    scenario: ForumScenario,
) -> None:
    positions: dict[int, int] = {}
    for value in (3, 4):
        done = await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": value}})
        positions[value] = done["position"]
    first = positions[3]

    assert await cap(scenario.commenter, scenario.year, position=first) == 3
    assert await cap(scenario.commenter, scenario.year, position=positions[4]) == 4
    assert await cap(scenario.commenter, scenario.year) == 4
    # The decision is one append: its policy comes with it, and not before.
    assert await cap(scenario.commenter, scenario.year, position=0) is None


async def test_node_is_read_as_of_a_position_and_is_null_before_its_first_event(
    scenario: ForumScenario,
) -> None:
    head = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
    meeting = await scenario.meet()
    begun = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
    await scenario.secretariat.do(
        "publishSummary", meeting=meeting, summary="As agreed.", states=[]
    )

    data = await scenario.commenter.ask(
        """query ($id: ID!, $before: AsOfInput!, $then: AsOfInput!) {
             before: nodeAsOf(id: $id, asOf: $before) { id }
             then: nodeAsOf(id: $id, asOf: $then) { ... on Meeting { summary } }
             now: node(id: $id) { ... on Meeting { summary } } }""",
        id=meeting,
        before={"position": head},
        then={"position": begun},
    )

    assert data == {"before": None, "then": {"summary": None}, "now": {"summary": "As agreed."}}


async def test_head_position_does_not_depend_on_as_of(
    scenario: ForumScenario,
) -> None:
    before = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
    await scenario.meet()

    data = await scenario.commenter.ask(CAP, year=scenario.year, asOf={"position": before})

    assert data["headPosition"] > before
    assert data["cycle"]["position"] <= before


async def test_query_as_of_a_recording_time_reads_the_state_of_that_time(
    scenario: ForumScenario,
) -> None:
    before = datetime.now(UTC)
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    between = datetime.now(UTC)
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 4}})

    assert await cap(scenario.commenter, scenario.year, known=before.isoformat()) is None
    assert await cap(scenario.commenter, scenario.year, known=between.isoformat()) == 3
    assert await cap(scenario.commenter, scenario.year, known="9999-12-31T23:59:59Z") == 4
    assert await cap(scenario.commenter, scenario.year, known="0001-01-01T00:00:00Z") is None


async def test_both_axes_may_be_given_at_once(server: Server) -> None:
    year = new_year()
    async with await server.client(Role.OPERATOR) as operator:
        opened = await operator.do("openCycle", year=year, occurred="2018-01")
        await operator.do("setProposalDeadline", year=year, dueOn="2018-04-12", occurred="2018-04")
        query = """query ($year: Int!, $asOf: AsOfInput) {
            cycle(year: $year, asOf: $asOf) { proposalsDueOn } }"""

        async def due(**as_of: Any) -> Any:
            return (await operator.ask(query, year=year, asOf=as_of))["cycle"]

        assert await due() == {"proposalsDueOn": "2018-04-12"}
        assert await due(position=opened["position"]) == {"proposalsDueOn": None}
        assert await due(occurred="2018-03-01T00:00:00Z") == {"proposalsDueOn": None}
        assert await due(occurred="2018-01-01T00:00:00Z") is None
        assert await due(position=opened["position"], occurred="2019-01-01T00:00:00Z") == {
            "proposalsDueOn": None
        }


STATE = """
    query State($year: Int!, $at: DateTime!) { cycle(year: $year, asOf: {occurred: $at}) {
        annualMeeting { status place startsOn }
        history { nodes { name } } uncertain { name occurred { at precision begins ends } } } }
"""


async def test_event_that_may_have_happened_later_is_listed_and_left_out(
    server: Server,
) -> None:
    year = new_year()
    async with await server.client(Role.OPERATOR) as operator:
        await operator.do("openCycle", year=year, occurred="2018-01-15")
        await operator.do(
            "setTentativeDates", year=year, within=f"{year}-12", place="Asia", occurred="2018-04-04"
        )
        await operator.do(
            "confirmAnnualMeeting",
            year=year,
            startsOn=f"{year}-11-12",
            endsOn=f"{year}-11-14",
            place="Paris",
            timeZone="Europe/Paris",
            occurred="2018-05-01/2018-06-30",
        )

        before = (await operator.ask(STATE, year=year, at="2018-04-30T00:00:00Z"))["cycle"]
        during = (await operator.ask(STATE, year=year, at="2018-05-20T00:00:00Z"))["cycle"]
        after = (await operator.ask(STATE, year=year, at="2018-07-01T00:00:00Z"))["cycle"]

    tentative = {"status": "TENTATIVE", "place": "Asia", "startsOn": None}
    assert before["annualMeeting"] == during["annualMeeting"] == tentative
    assert before["uncertain"] == after["uncertain"] == []
    assert during["uncertain"] == [
        {
            "name": "AnnualMeeting.Confirmed",
            "occurred": {
                "at": "2018-05-01/2018-06-30",
                "precision": "PERIOD",
                "begins": "2018-05-01T00:00:00.000000Z",
                "ends": "2018-07-01T00:00:00.000000Z",
            },
        }
    ]
    assert after["annualMeeting"] == {
        "status": "CONFIRMED",
        "place": "Paris",
        "startsOn": f"{year}-11-12",
    }
    assert before["history"] == during["history"]


async def test_position_ahead_of_the_record_is_refused_with_the_head(
    scenario: ForumScenario,
) -> None:
    answer = await scenario.commenter.answer(CAP, year=scenario.year, asOf={"position": 2**53 - 1})

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "POSITION_AHEAD"
    assert 0 < error["extensions"]["headPosition"] < 2**53 - 1


async def test_as_of_with_position_and_known_is_refused(scenario: ForumScenario) -> None:
    both = {"position": 1, "known": "2018-04-05T00:00:00Z"}

    assert await scenario.commenter.codes(CAP, year=scenario.year, asOf=both) == ["BAD_AS_OF"]


@pytest.mark.parametrize(
    "as_of",
    [
        {"position": -1},
        {"position": 1.5},
        {"position": 2**53},
        {"position": True},
        {"position": "1"},
        {"known": "2018"},
        {"known": "2018-04-05"},
        {"known": "2018-04-05T00:00:00"},
        {"known": "20180405T000000Z"},
        {"known": "2018-02-30T00:00:00Z"},
        {"known": "9999-12-31T23:59:59-23:59"},
        {"known": "0001-01-01T00:00:00+23:59"},
        {"known": 1522886400},
        {"known": "x" * 50_000},
        {"occurred": ""},
        {"since": "2018"},
    ],
    ids=lambda as_of: str(as_of)[:40],
)
async def test_invalid_position_or_instant_is_refused(
    scenario: ForumScenario, as_of: dict[str, Any]
) -> None:
    answer = await scenario.commenter.answer(CAP, year=scenario.year, asOf=as_of)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_VARIABLE"]
    assert len(answer["errors"][0]["message"]) < 400
    assert "data" not in answer or answer["data"] is None


async def test_the_audit_trail_is_in_the_order_of_recording_only(scenario: ForumScenario) -> None:
    query = "query ($asOf: AsOfInput) { auditTrail(first: 1, asOf: $asOf) { totalCount } }"

    assert await scenario.commenter.codes(query, asOf={"occurred": "2018-04-05T00:00:00Z"}) == [
        "BAD_AS_OF"
    ]
    assert await scenario.commenter.ask(query, asOf={"position": 1}) == {
        "auditTrail": {"totalCount": 1}
    }


async def test_position_recorded_by_another_node_is_waited_for(
    postgres: str, template: str
) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as one,
        serving(dsn) as other,
        await one.client(Role.OPERATOR) as here,
        await other.client(Role.OPERATOR) as there,
    ):
        for _ in range(20):
            year = new_year()
            done = await here.do("openCycle", year=year)

            data = await there.ask(CAP, year=year, asOf={"position": done["position"]})

            assert data["cycle"]["position"] == done["position"]
        await asyncio.gather(one.caught_up(), other.caught_up())
