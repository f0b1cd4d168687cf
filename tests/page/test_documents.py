"""The page asks the API as any client could: its documents are valid, trusted and bounded."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from intersessional.plugins.composition import installed_plugins
from tests.composed import installed_node
from tests.graphql.server import Server, serving
from tests.page.browser import browser
from tests.recorded import Recorded

PUBLISHED = Path(__file__).parents[2] / "schema.graphql"
DOCUMENTS = installed_node().page.documents


@pytest.fixture(scope="module")
def published() -> GraphQLSchema:
    """The schema as it is published."""
    return build_schema(PUBLISHED.read_text())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_validates_against_the_published_schema(
    published: GraphQLSchema, name: str
) -> None:
    assert validate(published, parse(DOCUMENTS[name].text)) == []


async def by_hash(server: Server, name: str) -> object:
    """The answer to the hash of a document of the page."""
    persisted = {"version": 1, "sha256Hash": DOCUMENTS[name].sha256}
    async with browser(server) as client:
        request = {"extensions": {"persistedQuery": persisted}}
        return (await client.post("/graphql", json=request)).json()


async def test_page_is_shown_and_its_documents_are_served_where_only_trusted_ones_are(
    recorded: Recorded,
) -> None:
    async with (
        serving(
            recorded.url, composition=installed_plugins(), INTERSESSIONAL_DOCUMENTS_MODE="only"
        ) as server,
        browser(server) as reader,
    ):
        await server.caught_up()
        home = await reader.get("/")
        answer = await by_hash(server, "core/home.graphql")
        other = await reader.post("/graphql", json={"query": "{ headPosition }"})

    assert home.status_code == 200
    assert isinstance(answer, dict)
    assert "errors" not in answer
    assert other.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_IN_LIST"
