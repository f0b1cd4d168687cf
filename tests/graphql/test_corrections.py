"""A corrected fact: both answers, by when they were known, and the correction beside the event."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

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


async def test_correction_by_a_commenter_is_refused(scenario: ForumScenario) -> None:
    statistic, _ = await report(scenario)

    fields = {"stream": statistic, "version": 1, "happened": "2018-04-03", "reason": "No."}
    assert (await scenario.commenter.send("correctFact", fields))["code"] == "ROLE_REQUIRED"
