"""Connections: pages of lists as Relay defines them, with opaque cursors."""

from typing import Any

import pytest

from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario

HEX = "0" * 31 + "a"

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEETINGS = """
    query Meetings($year: Int!, $first: Int! = 20, $after: String, $asOf: AsOfInput) {
        cycle(year: $year, asOf: $asOf) { meetings(first: $first, after: $after) {
            totalCount edges { cursor node { ordinal } } nodes { ordinal }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }
"""


async def meetings(client: Client, **variables: Any) -> Any:
    """A page of a year's meetings."""
    return (await client.ask(MEETINGS, **variables))["cycle"]["meetings"]


async def test_pages_have_each_item_once_and_in_order(scenario: ForumScenario) -> None:
    for ordinal in range(1, 8):
        await scenario.meet(ordinal)
    seen: list[int] = []
    after: str | None = None
    sizes: list[int] = []

    while True:
        page = await meetings(scenario.commenter, year=scenario.year, first=3, after=after)
        info = page["pageInfo"]
        seen += [edge["node"]["ordinal"] for edge in page["edges"]]
        sizes.append(len(page["nodes"]))
        assert page["totalCount"] == 7
        assert info["hasPreviousPage"] is (after is not None)
        assert [info["startCursor"], info["endCursor"]] == [
            page["edges"][0]["cursor"],
            page["edges"][-1]["cursor"],
        ]
        after = info["endCursor"]
        if not info["hasNextPage"]:
            break

    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert sizes == [3, 3, 1]


async def test_page_does_not_shift_when_items_are_added(scenario: ForumScenario) -> None:
    await scenario.meet(1)
    await scenario.meet(2)
    first = await meetings(scenario.commenter, year=scenario.year, first=1)
    await scenario.meet(3)

    rest = await meetings(
        scenario.commenter, year=scenario.year, after=first["pageInfo"]["endCursor"]
    )

    assert [edge["node"]["ordinal"] for edge in rest["edges"]] == [2, 3]


async def test_page_is_read_as_of_a_position(scenario: ForumScenario) -> None:
    await scenario.meet(1)
    position = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
    await scenario.meet(2)

    page = await meetings(scenario.commenter, year=scenario.year, asOf={"position": position})

    assert page["totalCount"] == 1
    assert page["pageInfo"]["hasNextPage"] is False


async def test_page_past_the_end_is_empty(scenario: ForumScenario) -> None:
    await scenario.meet(1)
    last = (await meetings(scenario.commenter, year=scenario.year))["pageInfo"]["endCursor"]

    page = await meetings(scenario.commenter, year=scenario.year, after=last)

    assert page == {
        "totalCount": 1,
        "edges": [],
        "nodes": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": True,
            "startCursor": None,
            "endCursor": None,
        },
    }


async def test_a_list_shows_one_kind_only(scenario: ForumScenario) -> None:
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    await scenario.establish()
    query = """query ($year: Int!, $kind: DecisionKind) { cycle(year: $year) {
        decisions(kind: $kind) { totalCount nodes { kinds } } } }"""

    policies = await scenario.commenter.ask(query, year=scenario.year, kind="POLICY")
    all_of_them = await scenario.commenter.ask(query, year=scenario.year)

    assert policies["cycle"]["decisions"] == {"totalCount": 1, "nodes": [{"kinds": ["POLICY"]}]}
    assert all_of_them["cycle"]["decisions"]["totalCount"] == 2


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_a_page_has_at_least_one_and_at_most_a_hundred_items(
    scenario: ForumScenario, first: int
) -> None:
    assert await scenario.commenter.codes(MEETINGS, year=scenario.year, first=first) == ["BAD_PAGE"]


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "-1",
        "1",
        "٣",
        "1-2",
        f"-{HEX}",
        f"1-{HEX}0",
        f"1-{HEX.upper()}",
        f"{9**17}-{HEX}",
        "x" * 50_000,
        "\x00",
        "🦄",
    ],
    ids=lambda after: repr(after[:10]),
)
async def test_invalid_cursor_is_refused(scenario: ForumScenario, after: str) -> None:
    assert await scenario.commenter.codes(MEETINGS, year=scenario.year, after=after) == [
        "BAD_CURSOR"
    ]


async def test_invalid_page_leaves_other_fields_of_the_result_valid(
    scenario: ForumScenario,
) -> None:
    answer = await scenario.commenter.answer(
        """query ($year: Int!) { cycle(year: $year) {
             year meetings(first: 0) { totalCount } proposals { totalCount } } }""",
        year=scenario.year,
    )

    assert answer["data"]["cycle"] == {
        "year": scenario.year,
        "meetings": None,
        "proposals": {"totalCount": 0},
    }
    (error,) = answer["errors"]
    assert error["path"] == ["cycle", "meetings"]
    assert error["extensions"]["code"] == "BAD_PAGE"
