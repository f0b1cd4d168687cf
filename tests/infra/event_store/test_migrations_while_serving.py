"""The tables are migrated while other nodes go on recording and reading."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count

import pytest

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres import migrations
from intersessional.infra.postgres.migration_scripts import MigrationScript
from intersessional.infra.postgres.migrations import SchemaError, migrate
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation

ADD_COLUMNS = """
ALTER TABLE stored_events ADD COLUMN further text;
ALTER TABLE commands ADD COLUMN further text;
ALTER TABLE openings ADD COLUMN further text;
ALTER TABLE head ADD COLUMN further text;
"""


class Recording:
    """What a node has recorded since it was started."""

    def __init__(self) -> None:
        self.last = 0
        self._moved = asyncio.Condition()

    async def run(self, sequencer: Sequencer, log: EventLog) -> None:
        """Record and read one event after the other."""
        for position in count(1):
            [outcome] = await sequencer.append(a_new_stream())
            assert outcome.last == position
            [row] = await log.read(after=position - 1, limit=10)
            assert row.position == position
            async with self._moved:
                self.last = position
                self._moved.notify_all()

    async def go_on(self, events: int = 3) -> None:
        """Wait until so many further events are recorded."""
        async with self._moved:
            goal = self.last + events
            await self._moved.wait_for(lambda: self.last >= goal)


@asynccontextmanager
async def recording(sequencer: Sequencer, log: EventLog) -> AsyncGenerator[Recording]:
    """A node that records without a pause; raises the error that has stopped it."""
    node = Recording()
    task = asyncio.create_task(node.run(sequencer, log))
    try:
        await node.go_on()
        yield node
        await node.go_on()
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


async def further(location: StoreLocation, sql: str = ADD_COLUMNS) -> None:
    """Apply a script after those of the event store."""
    script = MigrationScript("9999_further.sql", sql)
    grown = replace(EVENT_STORE_SCRIPTS, scripts=(*EVENT_STORE_SCRIPTS.scripts, script))
    await migrate(location.owner_url, schema=location.schema, parts=(grown,))


async def test_columns_are_added_while_a_node_records(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    async with recording(sequencer, log):
        await further(location)


async def test_nodes_of_a_new_version_start_at_once_while_an_old_one_records(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    async with recording(sequencer, log):
        await asyncio.gather(further(location), further(location))


async def test_script_that_waits_for_a_table_lets_others_pass(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    async with recording(sequencer, log) as node, location.as_owner() as reader:
        transaction = reader.transaction()
        await transaction.start()
        await reader.fetch("SELECT FROM stored_events LIMIT 1")
        migration = asyncio.create_task(further(location))

        await node.go_on(50)
        assert not migration.done()
        await transaction.rollback()

        await migration


async def test_script_whose_table_stays_locked_is_refused_and_changes_nothing(
    location: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "TRIES_MAX", 2)
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT_MS", 10)
    async with location.as_owner() as reader, reader.transaction():
        await reader.fetch("SELECT FROM head")

        with pytest.raises(SchemaError, match=r"9999_further\.sql .* was not applied"):
            await further(location)

        assert await reader.fetchval("SELECT count(*) FROM applied_scripts") == len(
            EVENT_STORE_SCRIPTS.scripts
        )
