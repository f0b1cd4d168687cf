"""Statistics: what is reported beside what the record counts, and what cannot be compared."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPORTED = "... on StatisticReported { statistic { id } }"

BESIDE = """query ($id: ID!) { group(id: $id) { statistic(dimension: REGION) {
    about { ... on Group { id } } computed { total totalDifference differs
      rows { key value reported difference } } } } }"""

DIFFERENCE = """query ($from: ID!, $to: ID!) {
    statisticDifference(from: $from, to: $to) { leaderChanged totalChange } }"""


async def report(scenario: ForumScenario, about: str, *rows: Any, **fields: Any) -> str:
    """Report a statistic as the Secretariat; answers its id."""
    done = await scenario.secretariat.do(
        "reportStatistic",
        REPORTED,
        **{"about": about, "dimension": "REGION", "rows": list(rows)} | fields,
    )
    return str(done["statistic"]["id"])


async def test_reported_numbers_stand_beside_those_of_the_record(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    draft = await scenario.publish(group)
    for body in ("One.", "Two."):
        await scenario.comment(draft, body)
    await report(scenario, group, {"key": "WEOG", "value": 3}, {"key": "OTHER", "rank": 2}, total=3)
    await scenario.comment(draft, "After what was reported.")

    answer = await scenario.secretariat.ask(BESIDE, id=group)

    statistic = answer["group"]["statistic"]
    assert statistic["about"] == {"id": group}
    computed = statistic["computed"]
    assert (computed["total"], computed["totalDifference"], computed["differs"]) == (2, 1, True)
    counted = {one["key"]: one["value"] for one in computed["rows"]}
    assert counted["WEOG"] + sum(counted.values()) <= 4
    assert computed["rows"][0]["reported"] is None
    assert {one["key"]: one["difference"] for one in computed["rows"]}["OTHER"] is None


async def test_statistics_of_two_subjects_or_dimensions_cannot_be_compared(
    scenario: ForumScenario,
) -> None:
    group = await scenario.establish()
    meeting = await scenario.meet_once()
    row = {"key": "OTHER", "rank": 1}
    one = await report(scenario, group, row)
    others = [
        await report(scenario, meeting, row),
        await report(scenario, group, row, dimension="STAKEHOLDER_GROUP"),
    ]

    for other in others:
        codes = await scenario.secretariat.codes(DIFFERENCE, **{"from": one, "to": other})
        assert codes == ["NOT_COMPARABLE"]
    again = await report(scenario, group, {"key": "WEOG", "rank": 1})
    answer = await scenario.secretariat.ask(DIFFERENCE, **{"from": one, "to": again})
    assert answer["statisticDifference"] == {"leaderChanged": True, "totalChange": None}


async def test_statistic_of_the_latest_time_is_the_one_in_force_whenever_it_was_recorded(
    scenario: ForumScenario,
) -> None:
    group = await scenario.establish()
    for as_of, value in (("2018-05-01", 2), ("2018-04-01", 1)):
        await report(scenario, group, {"key": "WEOG", "value": value}, asOf=as_of)

    query = """query ($id: ID!) { group(id: $id) { statistic(dimension: REGION) {
        asOf { at } change { rows { valueChange } } } } }"""
    answer = await scenario.secretariat.ask(query, id=group)

    assert answer["group"]["statistic"] == {
        "asOf": {"at": "2018-05-01"},
        "change": {"rows": [{"valueChange": 1}]},
    }
