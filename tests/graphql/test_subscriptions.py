"""Whoever watches sees each event once and in order, however often the line drops."""

import asyncio
import random
from typing import Any

import pytest

from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import open_socket
from tests.graphql.story import Story, a_story, new_id

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = """
    subscription Comments($draft: ID!, $after: Position) {
        commentEvents(draft: $draft, after: $after) {
            position event { name position } node { body withdrawn draft { title } } } }
"""
TRAIL = """
    subscription Trail($after: Position) { auditTrail(after: $after) { position name } }
"""


async def test_what_happens_is_seen_as_it_stood_right_after(story: Story, server: Server) -> None:
    draft = await story.publish(await story.establish())
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=0)

        done = await story.comment(draft, "Well said.")
        posted = (await socket.next("c"))["commentEvents"]
        await story.commenter.do("withdrawComment", comment=done["comment"]["id"])
        withdrawn = (await socket.next("c"))["commentEvents"]

    assert posted == {
        "position": done["position"],
        "event": {"name": "Comment.Posted", "position": done["position"]},
        "node": {"body": "Well said.", "withdrawn": False, "draft": {"title": "A draft"}},
    }
    assert withdrawn["event"]["name"] == "Comment.Withdrawn"
    assert withdrawn["node"]["withdrawn"] is True


async def test_what_was_missed_comes_first_and_then_what_is_new(
    story: Story, server: Server
) -> None:
    draft = await story.publish(await story.establish())
    first = await story.comment(draft, "1")
    await story.comment(draft, "2")
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=first["position"])
        await story.comment(draft, "3")

        bodies = [(await socket.next("c"))["commentEvents"]["node"]["body"] for _ in range(2)]

    assert bodies == ["2", "3"]


async def test_without_a_position_only_what_is_to_come_is_seen(
    story: Story, server: Server
) -> None:
    draft = await story.publish(await story.establish())
    await story.comment(draft, "before")
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft)
        # Answered after it was begun: the socket's messages are taken in order.
        await socket.subscribe("q", "{ __typename }")
        assert await socket.next("q") == {"__typename": "Query"}
        assert (await socket.receive())["type"] == "complete"
        await story.comment(draft, "after")

        seen = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert seen == "after"


async def test_between_a_query_and_what_goes_on_from_it_is_no_gap(
    story: Story, server: Server
) -> None:
    draft = await story.publish(await story.establish())
    query = """query ($id: ID!) { headPosition
        draft(id: $id) { comments(first: 100) { nodes { body } } } }"""
    bodies = [str(number) for number in range(60)]

    async def post() -> None:
        for body in bodies:
            await story.comment(draft, body)

    async def watch() -> list[str]:
        await asyncio.sleep(random.random() / 10)
        async with await server.client() as nobody, server.socket() as socket:
            data = await nobody.ask(query, id=draft)
            seen = [comment["body"] for comment in data["draft"]["comments"]["nodes"]]
            await socket.subscribe("c", COMMENTS, draft=draft, after=data["headPosition"])
            while len(seen) < len(bodies):
                seen.append((await socket.next("c"))["commentEvents"]["node"]["body"])
            return seen

    *watched, _ = await asyncio.gather(*(watch() for _ in range(5)), post())

    for seen in watched:
        assert seen == bodies


async def test_nothing_is_skipped_or_doubled_however_often_the_line_is_cut(
    story: Story, server: Server
) -> None:
    draft = await story.publish(await story.establish())
    bodies = [str(number) for number in range(120)]
    cuts = 0

    async def watch(seed: int) -> list[str]:
        nonlocal cuts
        chance = random.Random(seed)
        seen: list[str] = []
        after = 0
        while len(seen) < len(bodies):
            async with open_socket(server.url) as socket:
                await socket.introduce()
                await socket.subscribe("c", COMMENTS, draft=draft, after=after)
                for _ in range(chance.randint(0, 12)):
                    if len(seen) == len(bodies):
                        break
                    change = (await socket.next("c"))["commentEvents"]
                    after = change["position"]
                    seen.append(change["node"]["body"])
                socket.cut()
                cuts += 1
        return seen

    async def post() -> None:
        for body in bodies:
            await story.comment(draft, body)

    async with asyncio.timeout(2 * WAIT_MAX_S):
        *watched, _ = await asyncio.gather(*(watch(seed) for seed in range(6)), post())

    for seen in watched:
        assert seen == bodies
    assert cuts > len(watched) * 5


async def test_the_audit_trail_is_watched_without_a_hole(story: Story, server: Server) -> None:
    async with server.socket() as socket:
        await socket.subscribe("t", TRAIL, after=0)
        await story.establish()
        head = await server.caught_up()

        positions = [(await socket.next("t"))["auditTrail"]["position"] for _ in range(head)]

    assert positions == list(range(1, head + 1))


async def test_the_greeting_tells_where_the_record_stands(story: Story, server: Server) -> None:
    draft = await story.publish(await story.establish())
    before = await story.comment(draft, "before")
    async with open_socket(server.url) as socket:
        head = (await socket.introduce())["headPosition"]
        await socket.subscribe("c", COMMENTS, draft=draft, after=head)
        await story.comment(draft, "after")

        seen = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert head >= before["position"]
    assert seen == "after"


async def test_a_position_ahead_of_the_record_is_told_with_where_it_stands(
    server: Server,
) -> None:
    async with server.socket() as socket:
        await socket.subscribe("t", TRAIL, after=2**53 - 1)
        (error,) = await socket.error("t")
        assert error["extensions"]["code"] == "POSITION_AHEAD"

        # The socket goes on, and so does the id.
        await socket.subscribe("t", TRAIL, after=error["extensions"]["headPosition"] - 1)
        assert (await socket.next("t"))["auditTrail"]["position"] > 0


async def test_what_has_nothing_to_say_stays_open_and_lets_others_speak(
    story: Story, server: Server
) -> None:
    group = await story.establish()
    quiet, busy = await story.publish(group), await story.publish(group)
    async with server.socket() as socket:
        await socket.subscribe("quiet", COMMENTS, draft=quiet, after=0)
        await socket.subscribe("busy", COMMENTS, draft=busy, after=0)
        for number in range(5):
            await story.comment(busy, str(number))
            assert (await socket.next("busy"))["commentEvents"]["node"]["body"] == str(number)
        await story.comment(quiet, "At last.")

        assert (await socket.next("quiet"))["commentEvents"]["node"]["body"] == "At last."


async def test_who_stops_watching_gets_nothing_more_and_may_use_the_id_again(
    story: Story, server: Server
) -> None:
    draft = await story.publish(await story.establish())
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft=draft, after=0)
        await story.comment(draft, "1")
        first = (await socket.next("c"))["commentEvents"]
        await socket.send(id="c", type="complete")
        await socket.subscribe("q", "{ __typename }")
        await socket.next("q")
        await socket.receive()
        await story.comment(draft, "2")
        await socket.subscribe("c", COMMENTS, draft=draft, after=first["position"])

        again = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert again == "2"


KINDS: dict[str, tuple[str, str]] = {
    "cycleEvents": ("$year: Int!", "year: $year"),
    "proposalEvents": ("$year: Int!", "year: $year"),
    "decisionEvents": ("$year: Int!", "year: $year"),
    "groupEvents": ("$year: Int!", "year: $year"),
}


async def test_every_noun_can_be_watched(story: Story, server: Server) -> None:
    async with a_story(server) as other, server.socket() as socket:
        for name, (variable, argument) in KINDS.items():
            query = f"""subscription ({variable}, $after: Position) {{
                {name}({argument}, after: $after) {{
                    event {{ name }} node {{ __typename id version }} }} }}"""
            await socket.subscribe(name, query, year=story.year, after=0)
        # What happens to another year is not seen.
        await other.establish()
        await story.propose()
        await story.establish()
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


async def test_drafts_are_watched_by_their_group(story: Story, server: Server) -> None:
    group = await story.establish()
    async with server.socket() as socket:
        await socket.subscribe(
            "d",
            """subscription ($group: ID!, $after: Position) {
                 draftEvents(group: $group, after: $after) { node { title revision } } }""",
            group=group,
            after=0,
        )
        draft = await story.publish(group)
        await story.secretariat.do("reviseDraft", draft=draft, blocks=[{"text": "Better."}])

        revisions = [(await socket.next("d"))["draftEvents"]["node"]["revision"] for _ in range(2)]

    assert revisions == [1, 2]


async def test_queries_and_commands_go_over_the_socket_too(story: Story, server: Server) -> None:
    draft = await story.publish(await story.establish())
    token = story.commenter.token
    async with server.socket(token) as socket:
        await socket.subscribe(
            "m",
            """mutation ($input: PostCommentInput!) { postComment(input: $input) {
                 __typename ... on CommentPosted { comment { body } } } }""",
            input={"commandId": new_id(), "draft": draft, "body": "!"},
        )
        answer = (await socket.next("m"))["postComment"]
        assert (await socket.receive())["type"] == "complete"
        await socket.subscribe("q", "{ viewer { id } }")
        viewer = (await socket.next("q"))["viewer"]

    assert answer == {"__typename": "CommentPosted", "comment": {"body": "!"}}
    assert viewer == {"id": str(story.commenter.person)}


async def test_bad_ids_and_nameless_drafts_are_told_not_watched(server: Server) -> None:
    async with server.socket() as socket:
        await socket.subscribe("c", COMMENTS, draft="no id", after=0)
        (error,) = await socket.error("c")

    assert error["extensions"]["code"] == "BAD_ID"


async def test_over_a_restart_and_on_another_node_it_goes_on_where_it_was(
    postgres: str, template: str
) -> None:
    async with fresh_database(postgres, template) as dsn:
        async with serving(dsn) as server, a_story(server) as story:
            draft = await story.publish(await story.establish())
            await story.comment(draft, "1")
            async with server.socket() as socket:
                await socket.subscribe("c", COMMENTS, draft=draft, after=0)
                change: Any = (await socket.next("c"))["commentEvents"]
            await story.comment(draft, "2")
        async with (
            serving(dsn) as server,
            serving(dsn) as other,
            other.socket() as socket,
            Client(server.url, token=story.commenter.token) as commenter,
        ):
            await socket.subscribe("c", COMMENTS, draft=draft, after=change["position"])
            assert (await socket.next("c"))["commentEvents"]["node"]["body"] == "2"
            await commenter.do("postComment", draft=draft, body="3")
            assert (await socket.next("c"))["commentEvents"]["node"]["body"] == "3"
