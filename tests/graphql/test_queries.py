"""Queries over HTTP read one position."""

import pytest

from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


YEAR = """
    query Year($year: Int!) { headPosition cycle(year: $year) {
        year bpfCapUsed
        bpfCap { value rationale rationaleStatus decision { meeting { label } }
                 supersedes { value } }
        proposals(first: 20) { totalCount nodes { title state groupKind { key } isNew } }
        groups(kind: "BPF", first: 10) { nodes { name state } } } }
"""


async def test_a_year_is_one_query(scenario: ForumScenario) -> None:
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    await scenario.propose()

    data = await scenario.commenter.ask(YEAR, year=scenario.year)

    assert data["headPosition"] > 0
    assert data["cycle"] == {
        "year": scenario.year,
        "bpfCapUsed": 0,
        "bpfCap": {
            "value": 3,
            "rationale": "It matters, and it can be carried.",
            "rationaleStatus": "GIVEN",
            "decision": {"meeting": {"label": "Virtual meeting 1"}},
            "supersedes": None,
        },
        "proposals": {
            "totalCount": 1,
            "nodes": [
                {
                    "title": "Cybersecurity",
                    "state": "SUBMITTED",
                    "groupKind": {"key": "BPF"},
                    "isNew": True,
                }
            ],
        },
        "groups": {"nodes": []},
    }


async def test_the_latest_cycle_is_that_of_the_latest_year(scenario: ForumScenario) -> None:
    years = "{ cycles(first: 100) { nodes { year } } latestCycle { year } }"

    data = await scenario.commenter.ask(years)

    assert data["latestCycle"]["year"] == max(one["year"] for one in data["cycles"]["nodes"])


async def test_a_year_that_has_no_cycle_is_null(server: Server) -> None:
    async with await server.client() as anonymous:
        data = await anonymous.ask("{ cycle(year: 1999) { year } }")

    assert data == {"cycle": None}


async def test_viewer_is_the_sender_of_the_query(scenario: ForumScenario, server: Server) -> None:
    query = "{ viewer { participant { id displayName } } }"
    async with await server.client() as anonymous:
        assert await anonymous.ask(query) == {"viewer": None}

    assert await scenario.chair.ask(query) == {
        "viewer": {"participant": {"id": str(scenario.chair.person), "displayName": "Mag Chair"}}
    }


async def test_all_fields_of_an_answer_agree_on_one_position(scenario: ForumScenario) -> None:
    many = "{" + " ".join(f"a{number}: headPosition" for number in range(40)) + "}"

    data = await scenario.commenter.ask(many)

    assert len(set(data.values())) == 1


async def test_sources_and_themes_are_listed(scenario: ForumScenario) -> None:
    key = f"listed-{scenario.year}"
    await scenario.secretariat.do(
        "listSource", key=key, title="A letter", location="In the archive"
    )

    async def pages(client: Client) -> list[str]:
        keys: list[str] = []
        after: str | None = None
        while True:
            page = (
                await client.ask(
                    """query ($after: String) { sources(first: 2, after: $after) {
                         nodes { key } pageInfo { hasNextPage endCursor } } }""",
                    after=after,
                )
            )["sources"]
            keys += [node["key"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return keys

    keys = await pages(scenario.commenter)

    assert keys.count(key) == 1
    assert len(keys) == len(set(keys))
