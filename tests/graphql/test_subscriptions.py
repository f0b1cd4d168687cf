"""Subscriptions: each event once and in order."""

import asyncio

import pytest

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server
from tests.graphql.subscription_documents import COMMENTS, TRAIL

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_change_shows_the_node_right_after_its_event(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=0)

        done = await scenario.comment(draft, "Well said.")
        posted = (await socket.next("c"))["commentEvents"]
        await scenario.commenter.do("withdrawComment", comment=done["comment"]["id"])
        withdrawn = (await socket.next("c"))["commentEvents"]

    assert posted == {
        "position": done["position"],
        "event": {"name": "Comment.Posted", "position": done["position"]},
        "node": {"body": "Well said.", "withdrawn": False, "draft": {"title": "A draft"}},
    }
    assert withdrawn["event"]["name"] == "Comment.Withdrawn"
    assert withdrawn["node"]["withdrawn"] is True


async def test_subscription_without_a_position_has_only_new_events(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    await scenario.comment(draft, "before")
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft)
        # Answered after it was begun: the socket's messages are taken in order.
        await socket.subscribe("q", "{ __typename }")
        assert await socket.next("q") == {"__typename": "Query"}
        assert (await socket.receive())["type"] == "complete"
        await scenario.comment(draft, "after")

        seen = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert seen == "after"


async def test_audit_trail_subscription_has_no_gap(scenario: ForumScenario, server: Server) -> None:
    async with server.socket() as socket:
        await socket.subscribe("t", TRAIL, after=0)
        await scenario.establish()
        head = await server.caught_up()

        positions = [(await socket.next("t"))["auditTrail"]["position"] for _ in range(head)]

    assert positions == list(range(1, head + 1))


KINDS: dict[str, tuple[str, str]] = {
    "cycleEvents": ("$year: Int!", "year: $year"),
    "proposalEvents": ("$year: Int!", "year: $year"),
    "decisionEvents": ("$year: Int!", "year: $year"),
    "groupEvents": ("$year: Int!", "year: $year"),
}


async def test_every_noun_has_a_subscription(scenario: ForumScenario, server: Server) -> None:
    async with forum_scenario(server) as other, server.socket() as socket:
        for name, (variable, argument) in KINDS.items():
            query = f"""subscription ({variable}, $after: Position) {{
                {name}({argument}, after: $after) {{
                    event {{ name }} node {{ __typename id version }} }} }}"""
            await socket.subscribe(name, query, year=scenario.year, after=0)
        # What happens to another year is not seen.
        await other.establish()
        await scenario.propose()
        await scenario.establish()
        seen: dict[str, set[str]] = {name: set() for name in KINDS}

        async with asyncio.timeout(WAIT_MAX_S):
            while not all(seen.values()):
                message = await socket.receive()
                change = message["payload"]["data"][message["id"]]
                seen[message["id"]].add(change["node"]["__typename"])
                assert change["event"]["name"]

    assert seen == {
        "cycleEvents": {"Cycle"},
        "proposalEvents": {"Proposal"},
        "decisionEvents": {"Decision"},
        "groupEvents": {"Group"},
    }


async def test_drafts_are_watched_by_their_group(scenario: ForumScenario, server: Server) -> None:
    group = await scenario.establish()
    async with server.socket() as socket:
        await socket.subscribe(
            "d",
            """subscription ($group: ID!, $after: Position) {
                 draftEvents(group: $group, after: $after) { node { title revision } } }""",
            group=group,
            after=0,
        )
        draft = await scenario.publish(group)
        await scenario.secretariat.do("reviseDraft", draft=draft, blocks=[{"text": "Better."}])

        revisions = [(await socket.next("d"))["draftEvents"]["node"]["revision"] for _ in range(2)]

    assert revisions == [1, 2]


async def test_subscription_with_an_invalid_id_is_refused(server: Server) -> None:
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft="no id", after=0)
        (error,) = await socket.error("c")

    assert error["extensions"]["code"] == "BAD_ID"
