"""The replay buffer holds the latest payloads, up to its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer, ReplayBuffers

steps = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 40)), max_size=200)


@given(steps, st.integers(0, 50), st.integers(1, 20), st.integers(150, 3_000))
def test_every_payload_after_a_position_above_the_floor_is_returned(
    steps: list[tuple[int, int]], floor: int, payloads_max: int, bytes_max: int
) -> None:
    buffer, sent = (
        ReplayBuffer(floor, payloads_max=payloads_max, bytes_max=bytes_max),
        list[Payload](),
    )
    position = floor
    for gap, size in steps:
        position += gap
        sent.append(Payload(position, b"x" * size))
        buffer.append(sent[-1])

    for requested in range(buffer.floor, position + 2):
        later = [payload for payload in sent if payload.position > requested]
        assert list(buffer.payloads_after(requested, 1_000)) == later
        assert list(buffer.payloads_after(requested, 3)) == later[:3]


@given(steps, st.integers(1, 20), st.integers(150, 3_000))
def test_replay_buffer_holds_at_most_twice_its_bounds(
    steps: list[tuple[int, int]], payloads_max: int, bytes_max: int
) -> None:
    buffer = ReplayBuffer(0, payloads_max=payloads_max, bytes_max=bytes_max)

    for position, (_, size) in enumerate(steps, 1):
        buffer.append(Payload(position, b"x" * size))
        remaining = buffer.payloads_after(buffer.floor, 1_000)
        assert len(remaining) <= 2 * payloads_max
        assert sum(payload.held_bytes for payload in remaining) <= 2 * bytes_max
        assert buffer.held_bytes == sum(payload.held_bytes for payload in remaining)


def test_position_below_the_floor_raises() -> None:
    buffer = ReplayBuffer(10)

    with pytest.raises(ValueError, match="the floor is 10"):
        buffer.payloads_after(9, 1)


def test_buffers_of_a_node_hold_one_amount_together_however_many_they_are() -> None:
    buffers = ReplayBuffers(bytes_max=64_000)
    added = [buffers.add(0)]
    for position in range(1, 100):
        added[0].append(Payload(position, b"x" * 1_000))
    alone = buffers.held_bytes

    for _ in range(7):
        added.append(buffers.add(0))
    beside = added[0].held_bytes
    for buffer in added[1:]:
        for position in range(1, 100):
            buffer.append(Payload(position, b"x" * 1_000))

    assert 32_000 <= alone <= 64_000
    assert beside <= 8_000
    assert buffers.held_bytes <= 64_000

    for buffer in added:
        buffers.remove(buffer)
    assert (len(buffers), buffers.held_bytes) == (0, 0)
