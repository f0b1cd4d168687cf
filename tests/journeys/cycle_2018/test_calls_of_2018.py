"""The calls of 2018 and their statistics, as they are and as of 5 April 2018 (DOMAIN B1)."""

from typing import Any

import pytest

from intersessional.infra.backend import Backend
from tests.infra.importer.core_backend import query_data
from tests.journeys.cycle_2018.history import END_OF_THE_FOURTH

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALLS = """query ($at: AsOfInput, $now: DateTime) { cycle(year: 2018, asOf: $at) {
  calls(state: OPEN, at: $now) { totalCount nodes { of launched { at } closes { at } state
    region: statistic(dimension: REGION) { rows { key rank value } total isOrdinal }
    stakeholder: statistic(dimension: STAKEHOLDER_GROUP) { rows { key rank value } total } } } } }
"""

NOW = """query ($dimension: StatisticDimension!) { cycle(year: 2018) { calls(of: "issues") { nodes {
  statistic(dimension: $dimension) {
    asOf { at } rows { key rank value } total sum totalDiffers isOrdinal leaders
    computed { total }
    change { leaderChanged totalChange earlier { leaders asOf { at } }
      rows { key fromValue toValue valueChange fromRank toRank rankChange } } }
  statistics(dimension: $dimension) { totalCount nodes { id
    firstEvent { provenance { sources { key } } } } } } } } }
"""

DIFFERENCE = """query ($from: ID!, $to: ID!) { statisticDifference(from: $from, to: $to) {
  leaderChanged rows { key valueChange rankChange } } }
"""


def row(key: str, rank: int | None = None, value: int | None = None) -> dict[str, Any]:
    return {"key": key, "rank": rank, "value": value}


async def statistic_now(backend: Backend, dimension: str) -> Any:
    cycle = (await query_data(backend, NOW, dimension=dimension))["cycle"]
    [call] = cycle["calls"]["nodes"]
    return call


async def test_call_for_issues_was_open_on_5_april_and_its_statistics_were_ordinal(
    backend: Backend,
) -> None:
    answer = await query_data(backend, CALLS, at={"occurred": END_OF_THE_FOURTH})

    assert answer["cycle"]["calls"] == {
        "totalCount": 1,
        "nodes": [
            {
                "of": "issues",
                "launched": {"at": "2018-03-26"},
                "closes": {"at": "2018-04-13"},
                "state": "OPEN",
                "region": {
                    "rows": [
                        row("AFRICAN", 1, 35),
                        row("ASIA_PACIFIC", 2),
                        row("WEOG", 3),
                        row("GRULAC", 4),
                    ],
                    "total": None,
                    "isOrdinal": True,
                },
                "stakeholder": {
                    "rows": [
                        row("CIVIL_SOCIETY", 1),
                        row("PRIVATE_SECTOR", 2),
                        row("TECHNICAL_COMMUNITY", 3),
                        row("INTERGOVERNMENTAL_ORGANIZATION", 4),
                        row("GOVERNMENT", 5),
                    ],
                    "total": None,
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("instant", "calls"),
    [
        ("2018-03-25T23:59:59Z", 0),
        ("2018-03-26T00:00:00Z", 1),
        ("2018-04-13T23:59:59Z", 1),
        ("2018-04-14T00:00:00Z", 0),
    ],
)
async def test_call_was_open_from_its_first_to_the_end_of_its_last_day(
    backend: Backend, instant: str, calls: int
) -> None:
    answer = await query_data(backend, CALLS, now=instant)

    assert answer["cycle"]["calls"]["totalCount"] == calls


async def test_regions_of_the_issues_add_up_and_another_one_leads(backend: Backend) -> None:
    call = await statistic_now(backend, "REGION")
    change = call["statistic"].pop("change")

    assert call["statistic"] == {
        "asOf": {"at": "2018-04-13"},
        "rows": [
            row("WEOG", value=152),
            row("AFRICAN", value=73),
            row("ASIA_PACIFIC", value=54),
            row("GRULAC", value=36),
            row("EASTERN_EUROPEAN", value=15),
            row("OTHER", value=11),
            row("INTERGOVERNMENTAL_ORGANIZATION", value=4),
        ],
        "total": 345,
        "sum": 345,
        "totalDiffers": False,
        "isOrdinal": False,
        "leaders": ["WEOG"],
        "computed": None,
    }
    assert change["earlier"] == {"leaders": ["AFRICAN"], "asOf": {"at": "2018-04-04"}}
    assert (change["leaderChanged"], change["totalChange"]) == (True, None)
    weog, african = change["rows"][:2]
    assert weog == {
        "key": "WEOG",
        "fromValue": None,
        "toValue": 152,
        "valueChange": None,
        "fromRank": 3,
        "toRank": 1,
        "rankChange": -2,
    }
    assert african == {
        "key": "AFRICAN",
        "fromValue": 35,
        "toValue": 73,
        "valueChange": 38,
        "fromRank": 1,
        "toRank": 2,
        "rankChange": 1,
    }


async def test_stakeholder_groups_of_the_issues_add_up(backend: Backend) -> None:
    call = await statistic_now(backend, "STAKEHOLDER_GROUP")

    assert call["statistic"]["rows"] == [
        row("CIVIL_SOCIETY", value=140),
        row("PRIVATE_SECTOR", value=104),
        row("TECHNICAL_COMMUNITY", value=50),
        row("GOVERNMENT", value=30),
        row("INTERGOVERNMENTAL_ORGANIZATION", value=21),
    ]
    assert (call["statistic"]["total"], call["statistic"]["sum"]) == (345, 345)
    assert call["statistic"]["change"]["leaderChanged"] is False
    assert [one["firstEvent"]["provenance"]["sources"] for one in call["statistics"]["nodes"]] == [
        [{"key": "mag-summary-2018-04-04"}],
        [{"key": "igf-2018-proposed-issues"}],
    ]


async def test_difference_of_two_statistics_says_that_the_leader_changed(
    backend: Backend,
) -> None:
    call = await statistic_now(backend, "REGION")
    april, final = [one["id"] for one in call["statistics"]["nodes"]]

    answer = await query_data(backend, DIFFERENCE, **{"from": april, "to": final})

    assert answer["statisticDifference"]["leaderChanged"] is True
    assert answer["statisticDifference"]["rows"][1] == {
        "key": "AFRICAN",
        "valueChange": 38,
        "rankChange": 1,
    }
