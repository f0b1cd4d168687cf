"""No connection, person or address runs more than its share of the subscriptions of a node."""

from uuid import uuid4

import pytest

from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.graphql.subscriptions.subscriber import Subscriber
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario

pytestmark = pytest.mark.asyncio(loop_scope="session")


def subscribers(count: int, **whose: object) -> list[Subscriber]:
    """Subscribers on connections of their own."""
    return [Subscriber(connection=uuid4(), **whose) for _ in range(count)]  # type: ignore[arg-type]


async def test_subscription_is_counted_for_one_of_its_members_as_long_as_it_has_any() -> None:
    async with shared_scenario(FakeExecution(), subscriptions_max=16) as scenario:

        async def join(key: str, subscriber: Subscriber) -> SinkMembership:
            return await scenario.join(RecordingSink(), 0, key, subscriber)

        a, b, c, d = subscribers(4, address="here")
        first, _ = await join("1", a), await join("2", b)
        second = await join("1", c)
        # Who began it has left: it is counted for who stays.
        first.leave()
        with pytest.raises(BadRequest, match="An address"):
            await join("3", d)
        second.leave()
        await join("3", d)

        # A subscription without members is counted for nobody, and is the first to go.
        for number, other in enumerate(subscribers(13), 4):
            await scenario.join(
                RecordingSink(),
                0,
                str(number),
                Subscriber(connection=other.connection, person=uuid4()),
            )
        assert len(scenario.subscriptions) == 16
        await scenario.join(RecordingSink(), 0, "17")
        assert len(scenario.subscriptions) == 16


async def test_those_who_take_over_what_others_began_run_no_more_than_their_share() -> None:
    async with shared_scenario(FakeExecution(), subscriptions_max=64) as scenario:
        watching = [RecordingSink() for _ in range(56)]
        for begun in range(0, 56, 4):
            beginner, heir = subscribers(1, address="first") + subscribers(1, address="second")
            begins = [
                await scenario.join(RecordingSink(), 0, str(number), beginner)
                for number in range(begun, begun + 4)
            ]
            for number in range(begun, begun + 4):
                await scenario.join(watching[number], 0, str(number), heir)
            for one in begins:
                one.leave()

        # An address runs an 8th, and an 8th more is counted for nobody.
        assert len(scenario.subscriptions) == 8 + 8
        ended = [sink for sink in watching if sink.failures]
        assert len(ended) == 40
        assert all(b"TOO_MANY_SUBSCRIPTIONS" in sink.failures[0] for sink in ended)
        # The others find their places.
        for number, person in enumerate(subscribers(48)):
            owner = Subscriber(connection=person.connection, person=uuid4())
            await scenario.join(RecordingSink(), 0, f"person {number}", owner)
        assert len(scenario.subscriptions) == 64


async def test_rejoining_what_one_has_left_counts_as_beginning_it() -> None:
    async with shared_scenario(FakeExecution(), subscriptions_max=64) as scenario:
        left = subscribers(2, address="here")
        for number in range(8):
            (await scenario.join(RecordingSink(), 0, f"left {number}", left[0])).leave()
        held = subscribers(2, address="here")
        for number in range(8):
            await scenario.join(RecordingSink(), 0, f"held {number}", held[number // 4])
        rejoined = [RecordingSink() for _ in range(8)]
        for number, sink in enumerate(rejoined):
            await scenario.join(sink, 0, f"left {number}", left[number // 4])

        # They go on while there is room, and are the first to go.
        for number in range(8):
            owner = Subscriber(connection=uuid4(), person=uuid4())
            (await scenario.join(RecordingSink(), 0, f"other {number}", owner)).leave()
        assert all(sink.failures for sink in rejoined)


async def test_what_is_handed_over_goes_to_a_member_with_room() -> None:
    async with shared_scenario(FakeExecution(), subscriptions_max=64) as scenario:
        full, [free] = subscribers(2, address="full"), subscribers(1, address="free")
        for number in range(8):
            await scenario.join(RecordingSink(), 0, f"held {number}", full[number // 4])
        begun = await scenario.join(RecordingSink(), 0, "begun")
        with_room = RecordingSink()
        await scenario.join(RecordingSink(), 0, "begun", full[0])
        await scenario.join(with_room, 0, "begun", free)
        begun.leave()
        for number in range(20):
            (await scenario.join(RecordingSink(), 0, f"left {number}")).leave()

        assert not with_room.failures


async def test_subscriptions_without_members_are_few() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution, subscriptions_max=16) as scenario:
        for number in range(100):
            (await scenario.join(RecordingSink(), 0, str(number))).leave()
        await run_ready_tasks()
        execution.record(1)
        await run_ready_tasks()

        assert len(scenario.subscriptions) == 2
        assert execution.executed == 2
