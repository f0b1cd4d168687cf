"""A command is recorded once, however often and wherever it is sent."""

import asyncio
from hashlib import sha256
from uuid import uuid4

import pytest
from msgspec.structs import replace

from intersessional.domain.kernel.refusals import CommandReused
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.postgres.pool import Pool
from tests.infra.event_store.append_requests import a_command, a_new_stream, an_append, an_event
from tests.infra.event_store.store_location import StoreLocation


async def test_repeat_answers_the_first_outcome(sequencer: Sequencer, log: EventLog) -> None:
    append = an_append(an_event(stream := uuid4()), an_event(stream, 2))
    [first] = await sequencer.append(append)

    [again] = await sequencer.append(append)

    assert not first.repeated
    assert again == replace(first, repeated=True)
    assert (await log.head()).position == 2


async def test_repeat_is_recognised_after_its_stream_has_changed(
    sequencer: Sequencer, log: EventLog
) -> None:
    stream = uuid4()
    await sequencer.append(an_append(an_event(stream, 1)))
    append = an_append(an_event(stream, 2))
    [first] = await sequencer.append(append)
    await sequencer.append(an_append(an_event(stream, 3)))

    [again] = await sequencer.append(append)

    assert again == replace(first, repeated=True)
    assert (await log.head()).position == 3


async def test_repeat_in_the_same_batch_is_recognised(sequencer: Sequencer, log: EventLog) -> None:
    append = a_new_stream()

    [[first], [again]] = await asyncio.gather(sequencer.append(append), sequencer.append(append))

    assert again == replace(first, repeated=True)
    assert (await log.head()).position == 1


async def test_repeat_in_a_batch_does_not_hold_back_new_commands(
    sequencer: Sequencer, log: EventLog
) -> None:
    stream = uuid4()
    await sequencer.append(an_append(an_event(stream, 1)))
    repeat = an_append(an_event(stream, 2))
    await sequencer.append(repeat)

    answers = await asyncio.gather(
        *map(sequencer.append, [a_new_stream(), repeat, a_new_stream(), repeat])
    )

    assert [(one.first, one.repeated) for [one] in answers] == [
        (3, False),
        (2, True),
        (4, False),
        (2, True),
    ]
    assert (await log.head()).position == 4


async def test_repeat_is_recognised_by_another_node(
    sequencer: Sequencer, location: StoreLocation
) -> None:
    append = a_new_stream()
    [first] = await sequencer.append(append)

    async with Sequencer(location.url, schema=location.schema) as other:
        [again] = await other.append(append)

    assert again == replace(first, repeated=True)


async def test_command_sent_to_two_nodes_is_recorded_by_one(
    sequencer: Sequencer, location: StoreLocation, log: EventLog
) -> None:
    stream = uuid4()
    appends = [an_append(an_event(stream, version)) for version in range(1, 21)]

    async with Sequencer(location.url, schema=location.schema) as other:
        for append in appends:
            [[one], [two]] = await asyncio.gather(sequencer.append(append), other.append(append))

            assert one.repeated != two.repeated
            assert replace(one, repeated=False) == replace(two, repeated=False)

    assert [row.version for row in await log.read(0, 100)] == list(range(1, 21))


async def test_command_id_with_another_body_is_refused(sequencer: Sequencer, log: EventLog) -> None:
    command_id = uuid4()
    await sequencer.append(an_append(an_event(uuid4()), command_id=command_id, body=b"one"))

    with pytest.raises(CommandReused) as refused:
        await sequencer.append(an_append(an_event(uuid4()), command_id=command_id, body=b"two"))

    assert refused.value.command_id == command_id
    assert (await log.head()).position == 1


async def test_second_body_under_one_id_in_a_batch_is_refused(
    sequencer: Sequencer, log: EventLog
) -> None:
    command_id = uuid4()
    one, two = (
        an_append(an_event(uuid4()), command_id=command_id, body=body) for body in (b"one", b"two")
    )

    [first, second] = await asyncio.gather(
        sequencer.append(one), sequencer.append(two), return_exceptions=True
    )

    assert not isinstance(first, BaseException)
    assert isinstance(second, CommandReused)
    assert (await log.head()).position == 1


async def test_command_of_another_append_is_refused_in_a_new_one(
    sequencer: Sequencer, log: EventLog
) -> None:
    repeated = a_command(an_event(uuid4()))
    await sequencer.append(AppendRequest(commands=(repeated,), expects={repeated.subject: 0}))
    fresh = a_command(an_event(uuid4()))

    with pytest.raises(CommandReused):
        await sequencer.append(
            AppendRequest(
                commands=(repeated, fresh),
                expects=dict.fromkeys((repeated.subject, fresh.subject), 0),
            )
        )

    assert (await log.head()).position == 1


async def test_append_of_several_commands_answers_each_again(
    sequencer: Sequencer, log: EventLog
) -> None:
    one, two = a_command(an_event(uuid4())), a_command(an_event(uuid4()))
    append = AppendRequest(commands=(one, two), expects={one.subject: 0, two.subject: 0})
    first = await sequencer.append(append)

    again = await sequencer.append(append)

    assert [receipt.command_id for receipt in first] == [one.command_id, two.command_id]
    assert [receipt.subject for receipt in first] == [one.subject, two.subject]
    assert again == tuple(replace(receipt, repeated=True) for receipt in first)
    assert (await log.head()).position == 2


async def test_recorded_command_is_read_from_the_log(sequencer: Sequencer, log: EventLog) -> None:
    command_id = uuid4()
    append = an_append(an_event(uuid4()), command_id=command_id, body=b"this")
    assert (await log.recorded_commands([command_id])).get(command_id) is None
    [first] = await sequencer.append(append)

    recorded = (await log.recorded_commands([command_id])).get(command_id)

    assert recorded is not None
    assert recorded == first
    assert recorded.has_body(b"this")
    assert not recorded.has_body(b"that")


async def test_body_digest_is_salted(sequencer: Sequencer, pool: Pool) -> None:
    for _ in range(2):
        await sequencer.append(an_append(an_event(uuid4()), body=b"I agree."))

    rows = await pool.fetch("SELECT salt, digest FROM commands")

    assert len({row["salt"] for row in rows}) == 2
    assert len({row["digest"] for row in rows} | {sha256(b"I agree.").digest()}) == 3
