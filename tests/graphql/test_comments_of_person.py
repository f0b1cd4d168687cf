"""The comments of a person are found by what can be erased, and by nothing else."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client, Json
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = """query ($id: ID!, $state: CommentState, $order: ListOrder! = OLDEST_FIRST,
        $first: Int! = 20, $after: String, $last: Int, $before: String, $asOf: AsOfInput) {
    participant(id: $id, asOf: $asOf) {
        comments(state: $state, order: $order, first: $first, after: $after, last: $last,
                 before: $before) {
            totalCount nodes { body } pageInfo { startCursor endCursor hasNextPage } } } }"""
BY = """query ($draft: ID!, $by: ID, $block: ID, $state: CommentState,
        $order: ListOrder! = OLDEST_FIRST, $asOf: AsOfInput) {
    draft(id: $draft, asOf: $asOf) {
        comments(by: $by, block: $block, state: $state, order: $order) {
            totalCount nodes { body } } } }"""
POSTED = "position ... on CommentPosted { comment { id } }"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Two people who comment on two drafts, in this order."""

    forum: ForumScenario
    server: Server
    ada: Client
    bo: Client
    first: str
    second: str

    async def post(self, person: Client, draft: str, body: str, **fields: Json) -> Json:
        return await person.do("postComment", POSTED, draft=draft, body=body, **fields)

    async def own(self, person: Client, **arguments: Json) -> str:
        """The texts of a person's comments, as anybody reads them."""
        data = await self.forum.commenter.ask(OWN, id=str(person.person), **arguments)
        return _texts(data["participant"]["comments"])

    async def by(self, person: Client, **arguments: Json) -> str:
        """The texts of a person's comments on the first draft, without replies."""
        data = await self.forum.commenter.ask(
            BY, draft=self.first, by=str(person.person), **arguments
        )
        return _texts(data["draft"]["comments"])


def _texts(page: Json) -> str:
    assert len(page["nodes"]) <= page["totalCount"]
    return "".join(one["body"] or "-" for one in page["nodes"])


@pytest_asyncio.fixture(loop_scope="session")
async def conversation(server: Server, scenario: ForumScenario) -> AsyncGenerator[Conversation]:
    forum = scenario
    async with (
        await server.client(Role.COMMENTER, f"Ada {scenario.year}") as ada,
        await server.client(Role.COMMENTER, f"Bo {scenario.year}") as bo,
    ):
        first = await forum.publish(await forum.establish())
        second = await forum.publish(await forum.establish())
        talk = Conversation(forum=forum, server=server, ada=ada, bo=bo, first=first, second=second)
        one = await talk.post(ada, first, "1", blocks=["b1"])
        await talk.post(bo, first, "2", inReplyTo=one["comment"]["id"])
        await talk.post(ada, second, "3")
        await talk.post(bo, first, "4", blocks=["b1"])
        await talk.post(ada, first, "5", inReplyTo=one["comment"]["id"])
        await talk.post(ada, first, "6", blocks=["b2"])
        yield talk


async def test_comments_of_a_person_are_theirs_on_all_drafts_and_in_any_order(
    conversation: Conversation,
) -> None:
    talk = conversation

    assert await talk.own(talk.ada) == "1356"
    assert await talk.own(talk.ada, order="NEWEST_FIRST") == "6531"
    assert await talk.own(talk.ada, order="NEWEST_FIRST", first=2) == "65"
    assert await talk.own(talk.ada, last=1) == "6"
    assert await talk.own(talk.bo) == "24"
    assert await talk.own(talk.forum.secretariat) == ""
    assert await talk.by(talk.ada) == "16"
    assert await talk.by(talk.ada, order="NEWEST_FIRST") == "61"
    assert await talk.by(talk.ada, block="b2") == "6"
    assert await talk.by(talk.ada, block="\x00") == ""
    assert await talk.by(talk.bo) == "4"
    assert await talk.by(talk.forum.secretariat) == ""


async def test_pages_of_a_persons_comments_go_on_after_a_cursor(conversation: Conversation) -> None:
    talk, id = conversation, str(conversation.ada.person)
    first = (await talk.ada.ask(OWN, id=id, first=3))["participant"]["comments"]
    after = first["pageInfo"]["endCursor"]
    rest = (await talk.ada.ask(OWN, id=id, first=3, after=after))["participant"]["comments"]

    assert [_texts(first), _texts(rest)] == ["135", "6"]
    assert [one["pageInfo"]["hasNextPage"] for one in (first, rest)] == [True, False]
    assert [one["totalCount"] for one in (first, rest)] == [4, 4]
    assert await talk.own(talk.ada, last=2, before=after) == "13"


async def test_comments_of_a_person_are_read_in_a_state_and_as_of_any_time(
    conversation: Conversation,
) -> None:
    talk = conversation
    data = await talk.ada.ask(
        """query ($draft: ID!) { headPosition
            draft(id: $draft) { comments(last: 1) { nodes { id postedAt } } } }""",
        draft=talk.first,
    )
    (six,) = data["draft"]["comments"]["nodes"]
    position, instant = {"position": data["headPosition"]}, {"occurred": six["postedAt"]}
    await talk.ada.do("withdrawComment", comment=six["id"])
    await talk.post(talk.ada, talk.first, "7")

    assert await talk.own(talk.ada) == "135-7"
    assert await talk.own(talk.ada, state="POSTED") == "1357"
    assert await talk.own(talk.ada, state="WITHDRAWN") == "-"
    assert await talk.own(talk.ada, state="POSTED", asOf=position) == "135-"
    assert await talk.own(talk.ada, state="WITHDRAWN", asOf=position) == ""
    assert await talk.own(talk.ada, state="POSTED", asOf=instant) == "135-"
    assert await talk.own(talk.ada, state="WITHDRAWN", asOf=instant) == ""
    assert await talk.by(talk.ada, state="POSTED") == "17"
    assert await talk.by(talk.ada, state="WITHDRAWN") == "-"
    assert await talk.by(talk.ada, state="POSTED", asOf=position) == "1-"
    assert await talk.by(talk.ada, state="POSTED", asOf=instant) == "1-"


async def test_text_that_is_someones_id_does_not_make_a_comment_theirs(
    conversation: Conversation,
) -> None:
    talk, victim = conversation, str(conversation.ada.person)
    for text in (victim, victim.upper(), f'"{victim}"'):
        await talk.post(talk.bo, talk.first, text)
    spoken = {"channel": "IN_SESSION", "attribution": {"speaker": victim, "source": victim}}
    await talk.forum.secretariat.do("postComment", draft=talk.first, body=victim, **spoken)

    assert await talk.own(talk.ada) == "1356"
    assert await talk.by(talk.ada) == "16"
    assert await talk.own(talk.forum.secretariat) == ""


async def test_after_an_erasure_a_comment_is_nobodys_in_past_states_too(
    conversation: Conversation,
) -> None:
    talk, id = conversation, str(conversation.ada.person)
    position = (await talk.ada.ask("{ headPosition }"))["headPosition"]
    owner = await asyncpg.connect(talk.server.dsn)
    await owner.execute(
        "DELETE FROM intersessional.openings WHERE value = convert_to($1, 'UTF8')", f'"{id}"'
    )
    await owner.close()
    # What was answered before is kept until something that it read changes.
    await talk.post(talk.bo, talk.first, "7")

    for as_of in (None, {"position": position}):
        data = await talk.bo.ask(BY, draft=talk.first, asOf=as_of)
        assert "1" in _texts(data["draft"]["comments"])
        assert await talk.own(talk.ada, asOf=as_of) == ""
        assert await talk.by(talk.ada, asOf=as_of) == ""
    assert await talk.own(talk.bo) == "247"


async def test_comments_of_many_people_cost_as_many_statements_as_those_of_one(
    conversation: Conversation,
) -> None:
    query = """query ($draft: ID!, $first: Int!) { draft(id: $draft) { comments(first: $first) {
        nodes { author { comments(first: 5) { totalCount nodes { body } } } } } } }"""
    talk = conversation
    costs: list[int] = []
    for first in (1, 3):
        async with counted_statements(talk.server.backend) as statements:
            await talk.ada.ask(query, draft=talk.first, first=first)
        costs.append(len([one for one in statements if "unions" in one or "_of_persons" in one]))

    assert costs == [2, 2]
