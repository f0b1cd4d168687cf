"""How many comments a draft and its paragraphs have is told without reading them."""

from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.caller import Caller
from tests.graphql.client import Json
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOTALS = """query ($draft: ID!, $asOf: AsOfInput) { draft(id: $draft, asOf: $asOf) {
    commentTotals { total posted withdrawn replies }
    blocks { all: commentCount posted: commentCount(state: POSTED) } } }"""
CHANGED = """query ($id: ID!) { comment(id: $id) {
    state commentedBlocks { blockId commentCount posted: commentCount(state: POSTED) } } }"""

COUNTS_LIVE = """subscription ($draft: ID!, $after: Position) {
    commentEvents(draft: $draft, after: $after) { position node {
        commentedBlocks { commentCount(state: POSTED) }
        draft { commentTotals { posted replies } } } } }"""


async def totals(scenario: ForumScenario, draft: str, as_of: Json = None) -> Json:
    return (await scenario.commenter.ask(TOTALS, draft=draft, asOf=as_of))["draft"]


async def test_comments_replies_and_those_that_were_withdrawn_are_counted(
    scenario: ForumScenario,
) -> None:
    draft = await scenario.publish(await scenario.establish())
    none = await totals(scenario, draft)
    first = (await scenario.comment(draft, blocks=["b1"]))["comment"]["id"]
    await scenario.comment(draft, blocks=["b1", "b2"])
    await scenario.comment(draft)
    await scenario.comment(draft, inReplyTo=first)
    before = await totals(scenario, draft)
    head = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
    await scenario.commenter.do("withdrawComment", comment=first)

    assert none == {
        "commentTotals": {"total": 0, "posted": 0, "withdrawn": 0, "replies": 0},
        "blocks": [{"all": 0, "posted": 0}] * 2,
    }
    assert before == {
        "commentTotals": {"total": 4, "posted": 4, "withdrawn": 0, "replies": 1},
        "blocks": [{"all": 2, "posted": 2}, {"all": 1, "posted": 1}],
    }
    assert await totals(scenario, draft) == {
        "commentTotals": {"total": 4, "posted": 3, "withdrawn": 1, "replies": 1},
        "blocks": [{"all": 2, "posted": 1}, {"all": 1, "posted": 1}],
    }
    assert await totals(scenario, draft, {"position": head}) == before


async def test_as_of_an_instant_comments_made_by_then_are_counted(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    await scenario.secretariat.do(
        "postComment",
        draft=draft,
        body="Said in the session.",
        channel="IN_SESSION",
        attribution={"speaker": "Ada", "source": "The transcript."},
        blocks=["b1"],
    )
    data = await scenario.commenter.ask(
        "query ($draft: ID!) { draft(id: $draft) { comments { nodes { postedAt } } } }", draft=draft
    )
    by_then = {"occurred": data["draft"]["comments"]["nodes"][0]["postedAt"]}
    await scenario.comment(draft, blocks=["b1", "b2"])

    assert await totals(scenario, draft, by_then) == {
        "commentTotals": {"total": 1, "posted": 1, "withdrawn": 0, "replies": 0},
        "blocks": [{"all": 1, "posted": 1}, {"all": 0, "posted": 0}],
    }


async def test_change_of_a_comment_tells_the_counts_of_its_blocks(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = (await scenario.comment(draft, blocks=["b1"]))["comment"]["id"]
    await scenario.comment(draft, blocks=["b1", "b2"])
    await scenario.commenter.do("withdrawComment", comment=first)

    assert (await scenario.commenter.ask(CHANGED, id=first))["comment"] == {
        "state": "WITHDRAWN",
        "commentedBlocks": [{"blockId": "b1", "commentCount": 2, "posted": 1}],
    }


async def test_each_change_brings_the_counts_right_after_it(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    async with server.socket() as socket:
        await socket.subscribe("c", COUNTS_LIVE, draft=draft, after=0)
        one = (await scenario.comment(draft, blocks=["b1"]))["comment"]["id"]
        await scenario.comment(draft, inReplyTo=one)
        await scenario.comment(draft, blocks=["b2", "b1"])
        await scenario.commenter.do("withdrawComment", comment=one)
        nodes = [(await socket.next("c"))["commentEvents"]["node"] for _ in range(4)]

    assert [[block["commentCount"] for block in node["commentedBlocks"]] for node in nodes] == [
        [1],
        [],
        [1, 2],
        [1],
    ]
    assert [[*node["draft"]["commentTotals"].values()] for node in nodes] == [
        [1, 0],
        [2, 1],
        [3, 1],
        [2, 1],
    ]


async def test_a_thousand_comments_are_counted_with_as_many_statements_as_ten(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish(), blocks=40)
    author = Caller(person=scenario.commenter.person)
    costs: list[list[str]] = []
    counted: Json = None
    for comments in (10, 990):
        commands = [
            PostComment(
                command_id=uuid4(), draft=UUID(draft), body="Well said.", blocks=(f"b{n % 40 + 1}",)
            )
            for n in range(comments)
        ]
        await server.backend.command_bus.submit_all(
            [CommandEnvelope(command, author) for command in commands]
        )
        await server.caught_up()
        async with counted_statements(server.backend) as statements:
            counted = await totals(scenario, draft)
        costs.append([one for one in statements if "pages_" in one or "counts_" in one])

    assert counted["commentTotals"]["total"] == sum(one["all"] for one in counted["blocks"]) == 1000
    assert [len(one) for one in costs] == [2, 2]
