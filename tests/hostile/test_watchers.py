"""What watchers cost a node while events come, however many they are."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from intersessional.graphql.subscriptions.catch_up_page import CatchUpPage
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer
from intersessional.graphql.subscriptions.shared_subscription import SharedSubscription
from intersessional.graphql.subscriptions.shared_subscriptions import EXECUTIONS_MAX
from intersessional.graphql.subscriptions.subscriber import Subscriber
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import Socket
from tests.graphql.statements import counted_statements
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario
from tests.objects_in_memory import objects_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = "subscription ($draft: ID!) { commentEvents(draft: $draft) { position node { body } } }"


async def until_started(socket: Socket) -> None:
    """Wait until everything that was subscribed has started: messages are handled in order."""
    await socket.subscribe("last", "subscription { nothing }")
    while (await socket.receive())["id"] != "last":
        pass


async def test_watchers_of_other_drafts_read_nothing_for_a_comment(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    draft, other = await scenario.publish(group), await scenario.publish(group)
    async with counted_statements(server.backend) as alone:
        await scenario.comment(other, "Nobody watches.")
        await server.caught_up()
    async with server.socket() as socket:
        await socket.subscribe("it", COMMENTS, draft=draft)
        for number in range(30):
            await socket.subscribe(str(number), COMMENTS, draft=str(uuid4()))
        await until_started(socket)
        async with counted_statements(server.backend) as watched:
            await scenario.comment(other, "Not theirs.")
            posted = await scenario.comment(draft, "Theirs.")
            change = (await socket.next("it"))["commentEvents"]
            await server.caught_up()

    assert change == {"position": posted["position"], "node": {"body": "Theirs."}}
    # The one watcher of the draft reads the comment and its text; the other thirty read nothing.
    assert len(watched) <= 2 * len(alone) + 2


async def test_event_without_the_id_is_read_once_for_all_watchers(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    comment = (await scenario.comment(draft, "Taken back soon."))["comment"]["id"]
    async with server.socket() as socket:
        await socket.subscribe("it", COMMENTS, draft=draft)
        for number in range(30):
            await socket.subscribe(str(number), COMMENTS, draft=str(uuid4()))
        await until_started(socket)
        async with counted_statements(server.backend) as statements:
            await scenario.commenter.do("withdrawComment", comment=comment)
            await scenario.comment(draft, "Another.")
            bodies = [(await socket.next("it"))["commentEvents"]["node"]["body"] for _ in range(2)]

    assert bodies == [None, "Another."]
    # Two changes of the watcher, the two answers, and one that all watchers share.
    assert len([one for one in statements if "documents_at" in one]) <= 8


@pytest_asyncio.fixture(loop_scope="session")
async def small(database: str) -> AsyncGenerator[Server]:
    """A node that runs few subscriptions, of small cost and with small payloads."""
    async with serving(
        database,
        INTERSESSIONAL_OPERATIONS_MAX=16,
        INTERSESSIONAL_SUBSCRIPTION_COST_MAX=40,
        INTERSESSIONAL_ANSWER_BYTES_MAX=2_000,
    ) as server:
        yield server


RENAMED = [
    "subscription { auditTrail { position topic } }",
    "subscription A { auditTrail { position topic } }",
    "subscription B($n: Position) { auditTrail(after: $n) { ...F } }"
    " fragment F on AuditEntry { position topic topic }",
    "subscription C($no: Boolean = false) {"
    " auditTrail { position version @include(if: $no) ... { topic: topic } } } # no other",
]


async def test_renamed_operations_are_one(small: Server) -> None:
    subscriptions = small.app.state.subscriptions
    async with small.socket() as one, small.socket() as other:
        for socket in (one, other):
            for name, text in enumerate(RENAMED):
                await socket.subscribe(str(name), text)
            await until_started(socket)

        assert len(subscriptions) == 1

        # What the answer shows is another subscription, and one connection runs one of sixteen.
        await one.subscribe("alias", "subscription { auditTrail { at: position topic } }")
        assert (await one.error("alias"))[0]["extensions"] == {
            "code": "TOO_MANY_SUBSCRIPTIONS",
            "max": 1,
        }


async def test_places_are_kept_for_others_and_for_those_signed_in(small: Server) -> None:
    refused: list[str] = []
    async with small.socket() as first, small.socket() as second, small.socket() as third:
        for number, socket in enumerate((first, second, third)):
            await socket.subscribe("it", f"subscription {{ auditTrail {{ a{number}: topic }} }}")
            await socket.subscribe("last", "subscription { nothing }")
            while (message := await socket.receive())["id"] != "last":
                refused.append(message["payload"][0]["extensions"]["code"])

        # An address runs two of sixteen, and may join what runs.
        assert refused == ["TOO_MANY_SUBSCRIPTIONS"]
        await third.subscribe("joins", "subscription { auditTrail { a0: topic } }")
        token = await small.token(Role.COMMENTER)
        async with small.socket(token.text) as signed_in:
            await signed_in.subscribe("it", "subscription { auditTrail { mine: topic } }")
            await until_started(signed_in)
            assert len(small.app.state.subscriptions) == 3


async def test_costly_subscription_is_refused(small: Server) -> None:
    async with small.socket() as socket:
        fields = " ".join(f"a{n}: topic" for n in range(45))
        await socket.subscribe("it", f"subscription {{ auditTrail {{ {fields} }} }}")
        [error] = await socket.error("it")

    assert (error["extensions"]["code"], error["extensions"]["max"]) == ("QUERY_TOO_COSTLY", 40)


async def test_payload_that_is_too_large_ends_only_its_own_subscription(small: Server) -> None:
    async with forum_scenario(small) as scenario, small.socket() as one, small.socket() as other:
        draft = await scenario.publish(await scenario.establish())
        await one.subscribe("it", COMMENTS, draft=draft)
        await other.subscribe("it", COMMENTS.replace("body", "id"), draft=draft)
        await until_started(one)
        await until_started(other)
        posted = await scenario.comment(draft, "Too long. " * 300)
        [error] = await one.error("it")
        extensions = error["extensions"]

        assert extensions["code"] == "ANSWER_TOO_LARGE"
        assert extensions["position"] == posted["position"]
        change = (await other.next("it"))["commentEvents"]
        assert change["node"] == {"id": posted["comment"]["id"]}


async def test_executions_for_one_event_take_turns() -> None:
    execution = FakeExecution(pauses=3)
    async with shared_scenario(execution, subscriptions_max=512) as scenario:
        flood = [RecordingSink() for _ in range(200)]
        for number, sink in enumerate(flood):
            await scenario.join(
                sink, 0, str(number), Subscriber(connection=number, address=number % 4)
            )
        other = RecordingSink()
        await scenario.join(other, 0, "other", Subscriber(connection="other", address="other"))
        execution.record(1)
        turns, turns_of_other = 0, list[int]()
        while not all(sink.seen for sink in flood):
            turns += 1
            await asyncio.sleep(0)
            if other.seen and not turns_of_other:
                turns_of_other.append(sum(1 for sink in flood if sink.seen))

    assert execution.executing_most == EXECUTIONS_MAX
    assert turns > len(flood) / EXECUTIONS_MAX
    # The one of another owner waited for one turn of each, and not for all of them.
    assert turns_of_other[0] <= 4 * EXECUTIONS_MAX


def held_by_watching() -> dict[int, object]:
    """Each object, by its id, that running subscriptions and their past are made of.

    A timer that has yet to end a subscription holds it.
    """
    gc.collect()
    kinds = (SharedSubscription, SubscriptionExecution, ReplayBuffer, Payload, CatchUpPage)
    return {id(one): one for one in objects_of(*kinds)}


async def test_after_an_attack_everything_is_given_back(
    small: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small.app.state.subscriptions, "_linger_s", 0)
    # What other tests left behind may end meanwhile; held here, its ids are not used again.
    before = held_by_watching()
    token = await small.token(Role.COMMENTER)
    async with small.socket() as one, small.socket(token.text) as other:
        for number, socket in enumerate((one, other)):
            query = f"subscription {{ auditTrail(after: 0) {{ a{number}: topic }} }}"
            await socket.subscribe("past", query)
            await until_started(socket)
            await socket.subscribe("wrong", query.replace("topic", "nothing"))
            await socket.subscribe("more", query.replace(f"a{number}", f"b{number}"))
        # Something to see.
        await small.token(Role.COMMENTER)
        assert held_by_watching().keys() - before.keys()
    await until_closed(small)

    await run_ready_tasks()
    assert not held_by_watching().keys() - before.keys()
    assert len(small.app.state.subscriptions) == 0
    assert small.app.state.subscriptions.held_bytes == 0


async def until_closed(server: Server) -> None:
    """Wait until the server has closed every connection and ended every subscription."""
    async with asyncio.timeout(WAIT_MAX_S):
        while len(server.app.state.sessions) or len(server.app.state.subscriptions):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
