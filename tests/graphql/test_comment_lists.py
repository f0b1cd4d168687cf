"""Comments are listed by paragraph and state, and counted; groups are listed by facilitator."""

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Json
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

LISTS = """
    fragment Bodies on CommentConnection { totalCount nodes { revision blocks } }
    query Lists($draft: ID!, $asOf: AsOfInput) { draft(id: $draft, asOf: $asOf) {
        all: comments { ...Bodies }
        one: comments(block: "b1") { ...Bodies }
        two: comments(block: "b2") { ...Bodies }
        none: comments(block: "b9") { ...Bodies }
        posted: comments(state: POSTED) { ...Bodies }
        withdrawn: comments(state: WITHDRAWN) { ...Bodies }
        onePosted: comments(block: "b1", state: POSTED) { ...Bodies }
    } }
"""
COUNTS = """
    fragment Values on CommentCount { value count }
    query Counts($draft: ID!, $asOf: AsOfInput) { draft(id: $draft, asOf: $asOf) {
        groups: commentCounts(dimension: STAKEHOLDER_GROUP) { ...Values }
        regions: commentCounts(dimension: REGION) { ...Values }
        channels: commentCounts(dimension: CHANNEL) { ...Values }
        days: commentCounts(dimension: DAY) { ...Values }
        group { channels: commentCounts(dimension: CHANNEL) { ...Values } }
    } }
"""
SAID = {"speaker": "Ada", "source": "The transcript."}


async def totals(scenario: ForumScenario, draft: str, as_of: Json = None) -> dict[str, int]:
    """The number of comments in each list."""
    data = await scenario.commenter.ask(LISTS, draft=draft, asOf=as_of)
    for page in data["draft"].values():
        assert len(page["nodes"]) == page["totalCount"]
    return {name: page["totalCount"] for name, page in data["draft"].items()}


async def test_comments_are_listed_by_paragraph_and_by_state(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft, blocks=["b1"])
    await scenario.comment(draft, blocks=["b1", "b2"])
    await scenario.comment(draft)
    await scenario.comment(draft, inReplyTo=first["comment"]["id"])
    before = await scenario.commenter.ask("{ headPosition }")
    posted = await totals(scenario, draft)
    await scenario.commenter.do("withdrawComment", comment=first["comment"]["id"])

    assert posted == {
        "all": 3,
        "one": 2,
        "two": 1,
        "none": 0,
        "posted": 3,
        "withdrawn": 0,
        "onePosted": 2,
    }
    assert await totals(scenario, draft) == posted | {
        "posted": 2,
        "withdrawn": 1,
        "onePosted": 1,
    }
    assert await totals(scenario, draft, {"position": before["headPosition"]}) == posted


async def test_comments_are_counted_and_a_withdrawn_one_no_more(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft)
    await scenario.comment(draft, inReplyTo=first["comment"]["id"])
    await scenario.secretariat.do(
        "postComment",
        draft=draft,
        body="Said in the session.",
        channel="IN_SESSION",
        attribution=SAID | {"region": "AFRICAN", "stakeholderGroup": "CIVIL_SOCIETY"},
    )
    head = await scenario.commenter.ask("{ headPosition }")
    before = (await scenario.commenter.ask(COUNTS, draft=draft))["draft"]
    await scenario.commenter.do("withdrawComment", comment=first["comment"]["id"])
    after = (await scenario.commenter.ask(COUNTS, draft=draft))["draft"]
    as_of = {"position": head["headPosition"]}
    then = (await scenario.commenter.ask(COUNTS, draft=draft, asOf=as_of))["draft"]

    assert {"value": "AFRICAN", "count": 1} in before["regions"]
    assert sum(one["count"] for one in before["groups"]) == 3
    assert sum(one["count"] for one in before["days"]) == 3
    assert before["channels"] == [
        {"value": "IN_SESSION", "count": 1},
        {"value": "ONLINE", "count": 2},
    ]
    assert before["group"] == {"channels": before["channels"]}
    assert after["channels"] == [
        {"value": "IN_SESSION", "count": 1},
        {"value": "ONLINE", "count": 1},
    ]
    assert then == before


async def test_groups_are_listed_for_as_long_as_a_person_facilitates_them(
    server: Server, scenario: ForumScenario
) -> None:
    query = """query ($id: ID!, $asOf: AsOfInput) { participant(id: $id, asOf: $asOf) {
        facilitates { totalCount nodes { id } } } }"""
    token = await server.token(Role.MAG_MEMBER, "Who facilitates one group")
    group, person = await scenario.establish(), str(token.person)
    fields = {"group": group, "participant": person, "decision": await scenario.mandate()}
    await scenario.secretariat.do("appointFacilitator", **fields)
    head = await scenario.commenter.ask("{ headPosition }")
    appointed = await scenario.commenter.ask(query, id=person)
    await scenario.secretariat.do("releaseFacilitator", **fields)
    released = await scenario.commenter.ask(query, id=person)
    then = await scenario.commenter.ask(query, id=person, asOf={"position": head["headPosition"]})

    assert appointed["participant"]["facilitates"] == {"totalCount": 1, "nodes": [{"id": group}]}
    assert released["participant"]["facilitates"] == {"totalCount": 0, "nodes": []}
    assert then == appointed


PAGE = """
    query Page($draft: ID!, $order: ListOrder! = OLDEST_FIRST, $first: Int! = 20, $after: String,
               $last: Int, $before: String) { draft(id: $draft) {
        comments(order: $order, first: $first, after: $after, last: $last, before: $before) {
            totalCount nodes { body }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }
"""


async def page_of(scenario: ForumScenario, draft: str, **arguments: Json) -> tuple[str, Json]:
    """The texts of a page of comments, in its order, and its page info."""
    data = await scenario.commenter.ask(PAGE, draft=draft, **arguments)
    page = data["draft"]["comments"]
    assert page["totalCount"] == 5
    return "".join(one["body"] for one in page["nodes"]), page["pageInfo"]


@pytest.mark.parametrize(("order", "all_"), [("OLDEST_FIRST", "12345"), ("NEWEST_FIRST", "54321")])
async def test_comments_are_paged_in_both_orders_and_both_directions(
    scenario: ForumScenario, order: str, all_: str
) -> None:
    draft = await scenario.publish(await scenario.establish())
    for text in "12345":
        await scenario.comment(draft, text)
    forward: list[str] = []
    backward: list[str] = []

    after: Json = None
    more = True
    while more:
        texts, info = await page_of(scenario, draft, order=order, first=2, after=after)
        assert info["hasPreviousPage"] is (after is not None)
        forward.append(texts)
        after, more = info["endCursor"], info["hasNextPage"]
    before: Json = None
    more = True
    while more:
        texts, info = await page_of(scenario, draft, order=order, last=2, before=before)
        assert info["hasNextPage"] is (before is not None)
        backward.insert(0, texts)
        before, more = info["startCursor"], info["hasPreviousPage"]

    assert forward == [all_[:2], all_[2:4], all_[4:]]
    assert backward == [all_[:1], all_[1:3], all_[3:]]


async def test_page_lies_between_two_cursors(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    for text in "12345":
        await scenario.comment(draft, text)
    _, ends = await page_of(scenario, draft)
    bounds = {"after": ends["startCursor"], "before": ends["endCursor"]}

    between = [
        (await page_of(scenario, draft, **bounds, **size))[0]
        for size in ({"first": 2}, {"last": 2}, {"first": 20}, {"first": 1, "last": 3})
    ]

    assert between == ["23", "34", "234", "234"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"last": 0}, "BAD_PAGE"),
        ({"last": -1}, "BAD_PAGE"),
        ({"last": 101}, "BAD_PAGE"),
        ({"before": "x"}, "BAD_CURSOR"),
        ({"last": 1, "before": ""}, "BAD_CURSOR"),
    ],
)
async def test_invalid_page_from_the_end_is_refused(
    scenario: ForumScenario, arguments: Json, code: str
) -> None:
    draft = await scenario.publish(await scenario.establish())

    assert await scenario.commenter.codes(PAGE, draft=draft, **arguments) == [code]
