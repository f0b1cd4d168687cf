"""The library's stock recorder reads what we recorded, and we read what it recorded."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest
from eventsourcing.application import Repository
from eventsourcing.persistence import EventStore, IntegrityError, Notification, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.event_store.tail import Tail
from tests.infra.event_store.append_requests import a_new_stream, an_append, events_of
from tests.infra.event_store.store_location import StoreLocation


class Letter(Aggregate):
    """Something that is written and sent."""

    TOPIC = "letter"

    class Written(CreatedEvent):
        """A letter was written."""

        TOPIC = "letter.written.v1"
        pages: int
        text: Sealed

    class Sent(Aggregate.Event):
        """The letter was sent."""

        TOPIC = "letter.sent.v1"
        to: UUID


CODEC = Codec([Letter])
ACT = Act(
    actor=Actor(Role.SECRETARIAT),
    command=UUID(int=1),
    occurred=Occurred.parse("2018-04-04"),
    provenance=LIVE,
)


def a_letter() -> Letter:
    """One that was written and sent."""
    letter = Letter.create(Letter.Written, id=uuid4(), act=ACT, pages=2, text=Sealed("Dear all"))
    letter.record(Letter.Sent, act=ACT, to=uuid4())
    return letter


@contextmanager
def stock_recorder(location: StoreLocation) -> Generator[PostgresApplicationRecorder]:
    """The library's recorder over the table ``stored_events`` of a location."""
    server = conninfo_to_dict(location.owner_url)
    with PostgresDatastore(
        dbname=str(server["dbname"]),
        host=str(server.get("host", "")),
        port=str(server.get("port", 5432)),
        user=str(server["user"]),
        password=str(server.get("password", "")),
        schema=location.schema,
        pool_size=2,
    ) as datastore:
        yield PostgresApplicationRecorder(datastore)


def notification(row: LogRow) -> Notification:
    """A row as the library shows it."""
    return Notification(row.stream, row.version, row.topic, row.state, row.position)


async def test_library_reads_our_streams_and_our_order(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    stream = uuid4()
    for append in (a_new_stream(), an_append(*events_of(stream, 1, 3)), a_new_stream()):
        await sequencer.append(append)
    ours = [notification(row) for row in await log.read(0, 100)]

    with stock_recorder(location) as stock:
        assert stock.max_notification_id() == 5
        assert stock.select_notifications(None, 100) == ours
        assert stock.select_notifications(2, 2, inclusive_of_start=False) == ours[2:4]
        assert stock.select_events(stream, gt=1) == [
            StoredEvent(one.originator_id, one.originator_version, one.topic, one.state)
            for one in ours[2:4]
        ]


async def test_library_repository_finds_our_aggregates(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    letter = a_letter()
    await sequencer.append(an_append(*map(CODEC.new_event, letter.take_pending_events())))

    with stock_recorder(location) as stock:
        found: object = Repository(EventStore(CODEC, stock)).get(letter.id)

    assert isinstance(found, Letter)
    assert (found.id, found.version) == (letter.id, 2)


async def test_library_subscription_follows_our_log(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    enough, seen = 10, list[Notification]()

    def follow(stock: PostgresApplicationRecorder) -> None:
        with stock.subscribe(gt=0) as subscription:
            for one in subscription:
                seen.append(one)
                if len(seen) == enough:
                    return

    with stock_recorder(location) as stock:
        async with asyncio.timeout(30):
            following = asyncio.create_task(asyncio.to_thread(follow, stock))
            # It looks before it listens, so what is recorded in between waits for what comes next.
            while not following.done():
                await sequencer.append(a_new_stream())
                await asyncio.wait([following], timeout=0.05)

    assert seen == [notification(row) for row in await log.read(0, enough)]


async def test_library_cannot_write_into_our_table(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    await sequencer.append(a_new_stream())
    event = StoredEvent(uuid4(), 1, "note.made.v1", b"{}")

    with stock_recorder(location) as stock:
        stock.create_table()
        with pytest.raises(IntegrityError):
            stock.insert_events([event])

    await sequencer.append(a_new_stream())
    assert (await location.verified_head()).position == 2


LOOKED_AT = """
CREATE SCHEMA {ours};
GRANT USAGE ON SCHEMA {ours} TO intersessional_app;
CREATE VIEW {ours}.stored_events AS
    SELECT *, timestamptz '2026-01-01 00:00+00' AS recorded_at FROM {stock}.stored_events;
CREATE VIEW {ours}.head AS
    SELECT coalesce(max(notification_id), 0) AS position,
           timestamptz '2026-01-01 00:00+00' AS recorded_at,
           '{{}}'::bytea[] AS frontier FROM {stock}.stored_events;
CREATE VIEW {ours}.epochs AS SELECT 1 AS number, 'a' AS id, 0::bigint AS begins_after;
CREATE FUNCTION {ours}.log_state(bigint) RETURNS TABLE (
    epoch text, stands bigint, leaf bytea, read_leaf bytea
) LANGUAGE sql AS $$ SELECT 'a', position, NULL::bytea, NULL::bytea FROM {ours}.head $$;
GRANT SELECT ON {ours}.stored_events, {ours}.head, {ours}.epochs TO intersessional_app;
"""
"""What our readers need of a table that the stock recorder made: when an event was recorded, which
it did not keep, the last position, and an epoch.
"""


@asynccontextmanager
async def a_stock_record(
    location: StoreLocation,
) -> AsyncGenerator[tuple[PostgresApplicationRecorder, StoreLocation]]:
    """A table of the stock recorder's own, and the location where our readers see it."""
    stock, ours = (replace(location, schema=f"{who}_{uuid4().hex}") for who in ("stock", "seen"))
    with stock_recorder(stock) as recorder:
        async with asyncpg.create_pool(location.owner_url, min_size=0, max_size=1) as owner:
            await owner.execute(f"CREATE SCHEMA {stock.schema}")
            recorder.create_table()
            await owner.execute(LOOKED_AT.format(stock=stock.schema, ours=ours.schema))
        yield recorder, ours


def record(stock: PostgresApplicationRecorder, letter: Letter) -> list[Notification]:
    """Let the stock recorder record a letter."""
    return [one.notification for one in EventStore(CODEC, stock).put(letter.take_pending_events())]


async def test_log_reads_the_streams_and_the_order_of_the_library(location: StoreLocation) -> None:
    letters = [a_letter() for _ in range(3)]

    async with a_stock_record(location) as (stock, ours), ours.pool() as pool:
        recorded = [one for letter in letters for one in record(stock, letter)]
        log = EventLog(pool)
        rows = await log.read(0, 100)
        stream = await log.stream(letters[1].id)

    assert [notification(row) for row in rows] == recorded
    assert stream == rows[2:4]
    written, sent = CODEC.events(stream)
    assert isinstance(written, Letter.Written)
    assert isinstance(sent, Letter.Sent)
    assert (written.originator_id, written.pages, written.act) == (letters[1].id, 2, ACT)


async def test_feed_follows_the_library_live(location: StoreLocation) -> None:
    async with (
        a_stock_record(location) as (stock, ours),
        ours.pool() as pool,
        Tail(ours.url, schema=ours.schema) as tail,
        asyncio.timeout(30),
    ):
        for last in (2, 4, 6):
            recorded = await asyncio.to_thread(record, stock, a_letter())

            assert await tail.wait(last - 2) == last
            assert [
                notification(row) for row in await EventLog(pool).read(last - 2, 10)
            ] == recorded


async def test_events_of_the_library_can_be_appended_again_with_proof(
    location: StoreLocation, sequencer: Sequencer, log: EventLog
) -> None:
    letters = [a_letter() for _ in range(2)]
    async with a_stock_record(location) as (stock, theirs), theirs.pool() as pool:
        [first, *_] = record(stock, letters[0])
        with pytest.raises(IntegrityError):
            stock.insert_events([first])
        record(stock, letters[1])
        rows = await EventLog(pool).read(0, 100)

    for row in rows:
        event = NewEvent(stream=row.stream, version=row.version, topic=row.topic, state=row.state)
        await sequencer.append(an_append(event))

    assert [row.position for row in rows] == [1, 2, 4, 5]
    assert [(row.position, row.state) for row in await log.read(0, 100)] == [
        (position, row.state) for position, row in enumerate(rows, 1)
    ]
    assert (await location.verified_head()).position == 4
