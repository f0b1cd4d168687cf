"""What watchers of the past cost a node: memory and reads, however many they are."""

import asyncio
import gc

import pytest

from intersessional.graphql.request.charge import STARTING_POINTS
from intersessional.graphql.subscriptions.catch_up_page import PAYLOADS_MAX
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.shared_subscription import CHUNK_BYTES
from intersessional.graphql.subscriptions.subscriber import Subscriber
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.statements import counted_statements
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario
from tests.objects_in_memory import objects_of

COMMENTS = """subscription ($draft: ID!, $after: Position) {
    commentEvents(draft: $draft, after: $after) { position node { body } } }"""
PAGES_BYTES = 200_000
REPLAY_BYTES = 100_000


class WaitingPayer:
    """Pays for one page, and for the next ones when the test lets it."""

    def __init__(self) -> None:
        self.paid = 0
        self.has_points = asyncio.Event()

    def charge(self, points: int) -> None:
        self.paid += points

    def charge_done(self, points: int) -> None:
        self.paid += points

    async def until_paid(self) -> None:
        if self.paid > STARTING_POINTS:
            await self.has_points.wait()


class StalledSink(RecordingSink):
    """Takes one chunk of the past, and is not read any more."""

    def __init__(self) -> None:
        super().__init__()
        self.read = asyncio.Event()

    async def drain(self) -> None:
        await self.read.wait()


def payloads() -> list[Payload]:
    """All payloads that exist in this process, also those of other tests."""
    gc.collect()
    return objects_of(Payload)


def held_payload_bytes(before: list[Payload]) -> int:
    """What the payloads take that were made since; those before are held, so that ids differ."""
    known = set(map(id, before))
    return sum(one.held_bytes for one in payloads() if id(one) not in known)


async def test_watchers_that_do_not_read_hold_no_page_of_the_past() -> None:
    execution = FakeExecution(head=40_000, size=CHUNK_BYTES // 4)
    async with shared_scenario(execution, pages_bytes_max=PAGES_BYTES) as scenario:
        before = payloads()
        stalled = [StalledSink() for _ in range(50)]
        joining = [
            asyncio.create_task(scenario.join(sink, 700 * number, key=f"group {number % 5}"))
            for number, sink in enumerate(stalled)
        ]
        for sink in stalled:
            await sink.until(lambda sink: bool(sink.seen))
        await run_ready_tasks()

        # The bound holds for what is held, and not for the length of what is sent.
        assert held_payload_bytes(before) <= PAGES_BYTES
        assert scenario.subscriptions.held_bytes <= PAGES_BYTES

        # Whoever reads goes on where it stopped.
        stalled[49].read.set()
        await joining[49]
        assert stalled[49].seen == list(range(700 * 49 + 1, 40_001))
        for task in joining:
            task.cancel()


async def test_past_is_made_no_faster_than_its_reader_pays_for_each_payload() -> None:
    execution = FakeExecution(head=4 * PAYLOADS_MAX)
    execution.cost = 7
    async with shared_scenario(execution) as scenario:
        payer, sink, other = WaitingPayer(), RecordingSink(), RecordingSink()
        reader = Subscriber(connection="reader", payer=payer)
        joining = asyncio.create_task(scenario.join(sink, 0, subscriber=reader))
        await sink.until(lambda sink: len(sink.seen) == PAYLOADS_MAX)
        await run_ready_tasks()
        assert execution.executed == PAYLOADS_MAX
        assert payer.paid == STARTING_POINTS + 7 * PAYLOADS_MAX

        # Others read at their own pace; what they have made is not paid again.
        await scenario.join(other, 0)
        assert execution.executed == 4 * PAYLOADS_MAX
        payer.has_points.set()
        await joining
        assert sink.seen == other.seen
        assert payer.paid == STARTING_POINTS + 7 * PAYLOADS_MAX


async def test_who_starts_and_leaves_subscriptions_pays_for_each_and_who_joins_does_not() -> None:
    async with shared_scenario(FakeExecution()) as scenario:
        starter, joiner = WaitingPayer(), WaitingPayer()
        for number in range(5):
            for payer in (starter, joiner):
                reader = Subscriber(connection=payer, payer=payer)
                await scenario.join(RecordingSink(), 0, str(number), reader)

    assert starter.paid == 5 * STARTING_POINTS
    assert joiner.paid == 0


async def test_all_groups_together_hold_one_amount_of_the_latest_payloads() -> None:
    execution = FakeExecution(size=2_000)
    async with shared_scenario(execution, linger_s=0, replay_bytes_max=REPLAY_BYTES) as scenario:
        before = payloads()
        sinks = [RecordingSink() for _ in range(40)]
        memberships = [
            await scenario.join(sink, 0, key=str(number)) for number, sink in enumerate(sinks)
        ]
        execution.record(30)
        for sink in sinks:
            await scenario.received_all(sink, 0)
        await run_ready_tasks()

        assert len(sinks) * 30 * 2_000 > 20 * REPLAY_BYTES
        assert held_payload_bytes(before) <= REPLAY_BYTES

        for membership in memberships:
            membership.leave()
        await run_ready_tasks()
        assert len(scenario.subscriptions) == 0
        assert scenario.subscriptions.held_bytes == 0
        assert held_payload_bytes(before) == 0


@pytest.mark.asyncio(loop_scope="session")
async def test_watcher_of_a_small_draft_reads_what_it_is_sent_and_not_the_record(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    draft, other = await scenario.publish(group), await scenario.publish(group)
    first = await scenario.comment(draft, "1")
    for number in range(12):
        await scenario.comment(other, str(number))
    last = await scenario.comment(draft, "2")
    async with server.socket() as socket:
        # What others subscribed to before goes on from here.
        await server.caught_up()
        async with counted_statements(server.backend) as statements:
            await socket.subscribe("it", COMMENTS, draft=draft, after=0)
            received = [(await socket.next("it"))["commentEvents"] for _ in range(2)]

    assert received == [
        {"position": one["position"], "node": {"body": body}}
        for one, body in ((first, "1"), (last, "2"))
    ]
    # Where the events are, the events, and of each the comment and its text.
    assert len(statements) == 2 + 2 * 2
    assert not any("notification_id >" in one for one in statements)
