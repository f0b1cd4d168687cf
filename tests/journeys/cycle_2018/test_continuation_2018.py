"""Which Best Practice Forums of 2017 owed a report in 2018, and where the forums come from."""

from typing import Any

import pytest

from tests.graphql.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPORTS = """
query ($at: AsOfInput) { cycle(year: 2018, asOf: $at) { continuationReports(first: 10) {
  totalCount nodes { state report { wish areas report reason } carryForward { wish }
    group { name cycle { year } themes(first: 2) { nodes { key } } } } }
  deviations(rule: "REPORTS_CONSIDERED", first: 5) { totalCount } } }
"""

LINEAGE = """
{ theme(key: "local-content") { years { year title group { name cycle { year } } }
  lineage { kind isRecorded group { cycle { year } } earlier { cycle { year } } }
  proposals(first: 5) { nodes { title yearOfTheme { reported computed differ } } } }
  cycle(year: 2018) { groups(kind: "BPF", first: 9) { nodes { name lineage { kind
    earlier { name } proposal { title } } } } } }
"""
FIRST_STEP = '{ theme(key: "local-content") { lineage(first: 1) { group { cycle { year } } } } }'


@pytest.mark.parametrize("at", [None, {"occurred": "2018-04-05T00:00:00Z"}])
async def test_the_reports_of_the_three_forums_of_2017_are_in_no_source(
    anyone: Client, at: object
) -> None:
    cycle = (await anyone.ask(REPORTS, at=at))["cycle"]

    reports = cycle["continuationReports"]
    assert reports["totalCount"] == 3
    themes = [one["group"]["themes"]["nodes"][0]["key"] for one in reports["nodes"]]
    assert sorted(themes) == ["cybersecurity", "gender", "local-content"]
    assert {one["state"] for one in reports["nodes"]} == {"NOT_IN_SOURCES"}
    assert {one["group"]["cycle"]["year"] for one in reports["nodes"]} == {2017}
    nothing: dict[str, Any] = {"wish": None, "areas": [], "report": None, "reason": None}
    assert [one["report"] for one in reports["nodes"]] == [nothing] * 3
    assert {one["carryForward"] for one in reports["nodes"]} == {None}
    assert cycle["deviations"]["totalCount"] == 0


async def test_a_theme_has_its_years_and_how_its_groups_follow_each_other(anyone: Client) -> None:
    answer = await anyone.ask(LINEAGE)

    theme = answer["theme"]
    assert [
        (one["year"], one["title"], one["group"] and one["group"]["name"]) for one in theme["years"]
    ] == [
        (2014, "Local content", "BPF on Local Content"),
        (2017, "Local Content", "BPF on Local Content"),
        (2018, "BPF on Local Content", "BPF on Local Content"),
    ]
    assert theme["lineage"] == [
        {
            "kind": "CONTINUES",
            "isRecorded": False,
            "group": {"cycle": {"year": year}},
            "earlier": {"cycle": {"year": earlier}},
        }
        for year, earlier in ((2017, 2014), (2018, 2017))
    ]
    assert theme["proposals"]["nodes"] == [
        {
            "title": "Local Content",
            "yearOfTheme": {"reported": 2, "computed": 3, "differ": True},
        }
    ]


async def test_the_new_forum_of_2018_comes_from_two_proposals_and_no_earlier_group(
    anyone: Client,
) -> None:
    groups = (await anyone.ask(LINEAGE))["cycle"]["groups"]["nodes"]

    [first] = (await anyone.ask(FIRST_STEP))["theme"]["lineage"]

    assert first["group"] == {"cycle": {"year": 2017}}
    [ai] = [one["lineage"] for one in groups if "Big Data" in one["name"]]
    assert [(one["kind"], one["earlier"], one["proposal"]["title"]) for one in ai] == [
        ("MERGED_FROM", None, "Artificial Intelligence"),
        ("MERGED_FROM", None, "Big Data Analysis in the Cloud Environment"),
    ]
