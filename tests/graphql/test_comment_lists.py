"""Comments are listed by paragraph and state, and counted; groups are listed by facilitator."""

import pytest

from tests.graphql.client import Json
from tests.graphql.scenario import ForumScenario

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
    scenario: ForumScenario,
) -> None:
    query = """query ($id: ID!, $asOf: AsOfInput) { participant(id: $id, asOf: $asOf) {
        facilitates { totalCount nodes { id } } } }"""
    group, person = await scenario.establish(), str(scenario.member.person)
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
