"""A corrected fact: both answers, by when they were known, and the correction beside the event."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATISTIC = """query ($id: ID!, $asOf: AsOfInput) { statistic(id: $id, asOf: $asOf) {
    total reported { at } version history(first: 5) { nodes: edges { node { position } } } } }"""
EVENT = """query ($position: Position!, $asOf: AsOfInput) {
  event(position: $position, asOf: $asOf) {
    data occurred { at } correction { corrects { position } }
    corrections { event { position name role } corrects { position } reason
      changes { name before after } } } }"""
CORRECTED = "position ... on FactCorrected { node { id ... on Statistic { total } } }"


async def report(scenario: ForumScenario, **fields: Any) -> tuple[str, int]:
    """Report a total of 3; answers the statistic's id and the event's position."""
    done = await scenario.secretariat.do(
        "reportStatistic",
        "position ... on StatisticReported { statistic { id } }",
        about=await scenario.establish(),
        dimension="REGION",
        rows=[{"key": "WEOG", "rank": 1}],
        total=3,
        **fields,
    )
    return done["statistic"]["id"], done["position"]


async def test_both_axes_answer_and_the_first_event_stays(scenario: ForumScenario) -> None:
    statistic, position = await report(scenario)
    before = (await scenario.commenter.ask(EVENT, position=position))["event"]

    done = await scenario.secretariat.do(
        "correctFact",
        CORRECTED,
        stream=statistic,
        version=1,
        changes=[{"field": "total", "value": "2"}],
        happened="2018-04-03",
        reason="The source was misread.",
    )
    now = (await scenario.commenter.ask(STATISTIC, id=statistic))["statistic"]
    known = {"position": position}
    then = (await scenario.commenter.ask(STATISTIC, id=statistic, asOf=known))["statistic"]
    early = {"occurred": "2018-04-04T00:00:00Z"}
    in_2018 = (await scenario.commenter.ask(STATISTIC, id=statistic, asOf=early))["statistic"]
    event = (await scenario.commenter.ask(EVENT, position=position))["event"]
    correction = (await scenario.commenter.ask(EVENT, position=done["position"]))["event"]
    unknown = (await scenario.commenter.ask(EVENT, position=position, asOf=known))["event"]

    assert done["node"] == {"id": statistic, "total": 2}
    assert (now["total"], now["reported"], now["version"]) == (2, {"at": "2018-04-03"}, 2)
    assert then["total"] == 3
    assert in_2018["total"] == 2
    assert (event["data"], event["occurred"]) == (before["data"], before["occurred"])
    assert unknown["corrections"] == before["corrections"] == []
    [shown] = event["corrections"]
    assert shown == {
        "event": {
            "position": done["position"],
            "name": "FactCorrected",
            "role": "SECRETARIAT",
        },
        "corrects": {"position": position},
        "reason": "The source was misread.",
        "changes": [
            {"name": "occurred", "before": before["occurred"]["at"], "after": "2018-04-03"},
            {"name": "total", "before": "3", "after": "2"},
        ],
    }
    assert correction["correction"] == {"corrects": {"position": position}}


LATER = "restsOnCorrected { event { position } corrects { position } changes { name } }"


async def test_decision_says_that_its_assessment_was_corrected_later(
    scenario: ForumScenario,
) -> None:
    assessment = await scenario.assess(capacity=5)
    assessed = (await scenario.commenter.ask(f"{{ cycle(year: {scenario.year}) {{ version }} }}"))[
        "cycle"
    ]["version"]
    approve = {"approve": {"proposal": await scenario.propose(), "groupName": "One"}}
    decided = await scenario.decide(approve, assessment=assessment)
    correction = {
        "stream": (await scenario.commenter.ask(f"{{ cycle(year: {scenario.year}) {{ id }} }}"))[
            "cycle"
        ]["id"],
        "version": assessed,
        "reason": "The source was misread.",
    }
    query = f"query ($id: ID!) {{ decision(id: $id) {{ {LATER} }} }}"

    async def later(decision: str) -> Any:
        found = (await scenario.commenter.ask(query, id=decision))["decision"]
        return found["restsOnCorrected"]

    before = await later(decided["decision"]["id"])
    await scenario.secretariat.do(
        "correctFact", "position", **correction, changes=[{"field": "note", "value": "Few."}]
    )
    of_the_note = await later(decided["decision"]["id"])
    done = await scenario.secretariat.do(
        "correctFact", "position", **correction, changes=[{"field": "capacity", "value": "4"}]
    )
    again = {"approve": {"proposal": await scenario.propose("AI"), "groupName": "Two"}}
    afterwards = await scenario.decide(again, assessment=assessment)

    [after] = await later(decided["decision"]["id"])
    assert before == of_the_note == await later(afterwards["decision"]["id"]) == []
    assert after["event"] == {"position": done["position"]}
    assert after["changes"] == [{"name": "capacity"}]


async def test_deviation_says_that_the_deadline_was_corrected_later(
    scenario: ForumScenario,
) -> None:
    await scenario.secretariat.do(
        "setProposalDeadline", "position", year=scenario.year, dueOn="2018-04-12"
    )
    cycle = (await scenario.commenter.ask(f"{{ cycle(year: {scenario.year}) {{ id version }} }}"))[
        "cycle"
    ]
    await scenario.propose()
    query = f"""{{ cycle(year: {scenario.year}) {{
      deviations(rule: "PROPOSAL_IN_TIME") {{ nodes {{ {LATER} }} }} }} }}"""

    async def later() -> Any:
        [late] = (await scenario.commenter.ask(query))["cycle"]["deviations"]["nodes"]
        return late["restsOnCorrected"]

    before = await later()
    done = await scenario.secretariat.do(
        "correctFact",
        "position",
        stream=cycle["id"],
        version=cycle["version"],
        changes=[{"field": "due_on", "value": "2018-04-13"}],
        reason="The source was misread.",
    )

    [after] = await later()
    assert before == []
    assert (after["event"], after["changes"]) == (
        {"position": done["position"]},
        [{"name": "due_on"}],
    )


async def test_who_watches_the_corrected_thing_gets_the_correction(
    scenario: ForumScenario, server: Server
) -> None:
    decided = await scenario.decide_on_list()
    watch = """subscription ($year: Int!, $after: Position) {
      decisionEvents(year: $year, after: $after) {
        position event { name correction { corrects { position } } } node { statement } } }"""
    async with server.socket() as socket:
        await socket.subscribe("d", watch, year=scenario.year, after=decided["position"])
        done = await scenario.secretariat.do(
            "correctFact",
            "position",
            stream=decided["decision"]["id"],
            version=1,
            changes=[{"field": "statement", "value": "Agreed on."}],
            reason="The source was misread.",
        )
        seen = (await socket.next("d"))["decisionEvents"]

    assert seen == {
        "position": done["position"],
        "event": {
            "name": "FactCorrected",
            "correction": {"corrects": {"position": decided["position"]}},
        },
        "node": {"statement": "Agreed on."},
    }


async def test_correction_by_a_commenter_is_refused(scenario: ForumScenario) -> None:
    statistic, _ = await report(scenario)

    fields = {"stream": statistic, "version": 1, "happened": "2018-04-03", "reason": "No."}
    assert (await scenario.commenter.send("correctFact", fields))["code"] == "ROLE_REQUIRED"
