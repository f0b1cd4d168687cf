"""What a screen asks the API costs little, however much has been said."""

import httpx
import pytest
from graphql import parse

from intersessional.graphql.execution.sizes import SizeMeasure
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = """query ($id: ID!) { draft(id: $id) { comments(first: 100) {
    nodes { position blocks } } } }"""


async def test_no_document_costs_more_than_half_of_what_is_allowed(node: Server) -> None:
    schema = node.composed.schema.core
    costs: dict[str, float] = {}
    for name, document in node.composed.page.documents.items():
        parsed = parse(document.text)
        costs[name] = SizeMeasure(schema, parsed, {}).measure(document.operation).cost

    allowed = node.backend.settings.query_cost_max / 2
    assert {name: cost for name, cost in costs.items() if cost > allowed} == {}


async def test_screens_cost_as_many_statements_with_all_comments_as_with_a_few(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    async with await node.client() as anonymous:
        draft = (await anonymous.ask(COMMENTS, id=str(record.draft)))["draft"]
    said = draft["comments"]["nodes"]
    blocks = [block for one in said for block in one["blocks"]]
    block = max(blocks, key=blocks.count)
    few, many = said[3]["position"], said[-1]["position"]
    assert len(said) > 20

    # Statements that read the log itself are the node's own, which follows it.
    for path in (f"/drafts/{record.draft}", f"/drafts/{record.draft}/{block}"):
        counts: list[int] = []
        for position in (few, many):
            async with counted_statements(node.backend) as statements:
                answer = await reader.get(f"{path}?asOf={position}")
            assert answer.status_code == 200
            counts.append(sum("notification_id" not in one for one in statements))
        # An earlier revision, a quote and a reply each add a batch, whatever their number.
        assert max(counts) < 40, path
