"""The address of the API, opened in a browser, says how to ask it: in development."""

import httpx
import pytest

from tests.composed import installed_node
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_browser_that_asks_nothing_is_told_how_to_ask(
    reader: httpx.AsyncClient, node: Server
) -> None:
    page = await reader.get("/graphql")

    assert page.status_code == 200
    documents = installed_node().page.documents
    assert {one.sha256 for one in documents.values() if one.sha256 not in page.text} == set()
    assert f"curl {node.url}" in page.text


async def test_query_of_a_browser_is_answered(reader: httpx.AsyncClient) -> None:
    answer = await reader.get("/graphql", params={"query": "{ __typename }"})

    assert answer.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
async def test_other_client_gets_an_error_in_json(
    reader: httpx.AsyncClient, record: Recorded, accept: str
) -> None:
    answer = await reader.get("/graphql", headers={"Accept": accept})

    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
