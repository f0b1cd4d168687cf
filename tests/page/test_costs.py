"""What a screen asks the API costs little, however much has been said."""

import re
from pathlib import Path
from uuid import UUID, uuid5

import httpx
import pytest
from graphql import OperationDefinitionNode, parse

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.comment.passage import QuotedPassage
from intersessional.domain.kernel.caller import Caller
from intersessional.graphql.execution.sizes import SizeMeasure
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements
from tests.page.browser import browser
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
[YEAR] = re.findall(
    r"```graphql\n(query Year.*?)```", (ROOT / "docs" / "watching.md").read_text(), re.DOTALL
)
WINDOWS_OF_GROUPS = "commentWindow { state opensAt closesAt daysBefore }"
SPREAD_OF_WINDOWS = "windowSpread { min max days tolerance beyondTolerance }"
COST_MAX = 5_000
"""A quarter of what a request may cost."""
HEADROOM = 500
"""Points that the documents of the largest screens have left, for a field of a long list."""
WITH_HEADROOM = ("cycle", "draft", "group", "paragraph")
STATEMENTS_MAX = 15
READS = (
    "view_heads",
    "documents_at",
    "pages_",
    "counts_at",
    "events_at",
    "revealed_texts",
    "ANY ($1::bigint",
)
"""What the statements that read have in them, and not those of following the log."""


async def test_no_document_costs_more_than_a_quarter_of_what_is_allowed(node: Server) -> None:
    schema = node.composed.schema.core
    costs: dict[str, float] = {}
    for name, document in node.composed.page.documents.items():
        parsed = parse(document.text)
        costs[name] = SizeMeasure(schema, parsed, {}).measure(document.operation).cost
    year = parse(YEAR)
    [operation] = year.definitions
    assert isinstance(operation, OperationDefinitionNode)
    costs["the year"] = SizeMeasure(schema, year, {}).measure(operation).cost

    assert node.backend.settings.query_cost_max >= 4 * COST_MAX
    assert {name: cost for name, cost in costs.items() if cost > COST_MAX} == {}
    for name in WITH_HEADROOM:
        assert costs[f"core/{name}.graphql"] <= COST_MAX - HEADROOM, name


async def test_screens_cost_as_many_statements_with_a_thousand_comments_as_with_ten(
    forum: Server,
) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        group = await scenario.establish()
        draft = await scenario.publish(group)
        blocks = [
            {"id": "b1", "text": "Paragraph 1, changed."},
            {"id": "b2", "text": "Paragraph 2."},
        ]
        commands = [command_of_kind(UUID(draft), number) for number in range(1_000)]
        authors = [scenario.commenter, scenario.member, scenario.chair]
        said = [
            CommandEnvelope(command, Caller(person=authors[number % 3].person))
            for number, command in enumerate(commands)
        ]
        await forum.backend.command_bus.submit_all(said[:5])
        await scenario.secretariat.do("reviseDraft", draft=draft, blocks=blocks)
        await forum.backend.command_bus.submit_all(said[5:10])
        few = await statements_of_screens(forum, reader, scenario, group, commands[1])
        await forum.backend.command_bus.submit_all(said[10:])
        many = await statements_of_screens(forum, reader, scenario, group, commands[1])

    assert few == many
    assert max(many.values()) <= STATEMENTS_MAX, many


async def test_draft_with_what_all_plugins_show_costs_no_more_statements(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    head = await node.caught_up()

    sent = await statements_of(node, reader, f"/drafts/{record.draft}?asOf={head}")

    assert 0 < sent <= STATEMENTS_MAX


def command_of_kind(draft: UUID, number: int) -> PostComment:
    """The comment of this number: of ten, one is on the draft, two are replies, one has a quote."""
    what = number % 10
    quote = QuotedPassage(block="b1", start=0, end=9, quote="Paragraph")
    reply_to = {6: 0, 7: 1}.get(what)
    return PostComment(
        command_id=_command_id(draft, number),
        draft=draft,
        body=f"Number {number}.",
        blocks=("b1",) if what in (1, 2, 3, 7, 9) else (),
        passages=(quote,) if what in (4, 5) else (),
        revision=1 if what == 8 else None,
        in_reply_to=None if reply_to is None else command_of_kind(draft, reply_to).created_id,
    )


def _command_id(draft: UUID, number: int) -> UUID:
    return uuid5(draft, str(number))


async def statements_of_screens(
    forum: Server, reader: httpx.AsyncClient, scenario: ForumScenario, group: str, one: PostComment
) -> dict[str, int]:
    """How many statements read for each screen, by its address."""
    await forum.caught_up()
    found: dict[str, int] = {}
    for path in (
        f"/drafts/{one.draft}",
        f"/drafts/{one.draft}/b1",
        f"/comments/{one.created_id}",
        f"/groups/{group}",
        f"/cycles/{scenario.year}",
    ):
        found[path] = await statements_of(forum, reader, path)
    found["the year"] = await statements_of_year(forum, scenario.year)
    return found


async def statements_of_year(server: Server, year: int) -> int:
    """How many statements read for the query of a year that docs/watching.md shows.

    The core has no windows.
    """
    query = YEAR.replace(WINDOWS_OF_GROUPS, "").replace(SPREAD_OF_WINDOWS, "")
    async with await server.client() as client, counted_statements(server.backend) as statements:
        answer = await client.ask(query, year=year)
    assert answer["cycle"]["groups"]["nodes"][0]["drafts"]["nodes"]
    return sum(any(read in sent for read in READS) for sent in statements)


async def statements_of(server: Server, reader: httpx.AsyncClient, path: str) -> int:
    """How many statements read for a screen."""
    async with counted_statements(server.backend) as statements:
        answer = await reader.get(path)
    assert answer.status_code == 200
    return sum(any(read in sent for read in READS) for sent in statements)
