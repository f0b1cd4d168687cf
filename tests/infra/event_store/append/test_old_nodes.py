"""Nodes of the version before append beside new ones, on tables that are migrated."""

import asyncio
from collections.abc import AsyncGenerator
from hashlib import sha256
from uuid import UUID, uuid4

import asyncpg
import pytest_asyncio

from intersessional.infra.clock import now
from intersessional.infra.event_store.append.append_queue import QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.batch_arguments import APPEND_BATCH, arguments
from intersessional.infra.event_store.append.batch_plan import BatchFacts, BatchPlan
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.postgres.connection import ROLE
from tests.infra.event_store.append_requests import a_new_stream, an_append, an_event
from tests.infra.event_store.store_location import StoreLocation


@pytest_asyncio.fixture
async def old_node(location: StoreLocation) -> AsyncGenerator[asyncpg.Connection]:
    """A connection as the version before had it: the owner's, in the application's role."""
    settings = {"search_path": location.schema, "role": ROLE}
    connection = await asyncpg.connect(location.owner_url, server_settings=settings)
    yield connection
    await connection.close()


async def append(node: asyncpg.Connection, request: AppendRequest) -> asyncpg.Record:
    """Write a batch of one append as the version before did."""
    [head] = await node.fetch("SELECT * FROM hold_log()")
    queued = QueuedAppend(request, asyncio.get_running_loop(), 30)
    plan = BatchPlan.build([queued], after=head["stands"], at=now(), facts=BatchFacts())
    given = arguments(plan, Frontier(head["stands"], tuple(head["peaks"])))
    statement = APPEND_BATCH.replace("append_events", "append_batch")
    [answer] = await node.fetch(statement, *given)
    return answer


async def test_old_and_new_nodes_append_in_turn(
    old_node: asyncpg.Connection, sequencer: Sequencer
) -> None:
    stream = uuid4()

    assert (await append(old_node, an_append(an_event(stream))))["written"]
    await sequencer.append(an_append(an_event(stream, 2)))
    assert (await append(old_node, an_append(an_event(stream, 3))))["written"]
    lost = await append(old_node, an_append(an_event(stream, 3)))

    assert (lost["written"], lost["lost"], lost["actual"]) == (False, [stream], [3])
    assert (await sequencer.append(a_new_stream()))[0].first == 4


async def test_command_that_a_new_node_has_recorded_is_a_repeat_for_an_old_one(
    old_node: asyncpg.Connection, sequencer: Sequencer
) -> None:
    sent = uuid4()
    within = UUID(bytes=sha256(sent.bytes).digest()[:6] + uuid4().bytes[6:])
    recorded = UUID(int=within.int & ~(0xF << 76) | (8 << 76))
    [first] = await sequencer.append(an_append(an_event(uuid4()), command_id=recorded))

    again = await append(old_node, an_append(an_event(uuid4()), command_id=sent))

    assert not again["written"]
    [known] = again["known"]
    assert known["command_id"] == sent
    assert (known["first"], known["salt"]) == (first.first, first.salt)
    assert (await append(old_node, a_new_stream()))["written"]
