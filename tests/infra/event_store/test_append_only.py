"""The database itself refuses to change what is recorded: to the application and to the owner."""

from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.opening import Opening
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.pool import Pool
from intersessional.projections.kernel.text_absence import TextAbsence
from tests.infra.event_store.append_requests import an_append, an_event
from tests.infra.event_store.store_location import StoreLocation

CHANGES = [
    "UPDATE stored_events SET state = '{}'",
    "UPDATE stored_events SET leaf_hash = '' WHERE false",
    "DELETE FROM stored_events",
    "TRUNCATE stored_events",
    "UPDATE commands SET subject = gen_random_uuid()",
    "DELETE FROM commands",
    "TRUNCATE commands",
    "UPDATE text_access SET access = 'OPEN' WHERE false",
    "DELETE FROM text_access",
    "TRUNCATE text_access",
    "UPDATE question_positions SET position = 1 WHERE false",
    "DELETE FROM question_positions",
    "TRUNCATE question_positions",
    "UPDATE openings SET value = '\"else\"'",
    "TRUNCATE openings",
    "DELETE FROM head",
    "TRUNCATE head",
]
LEAPS = [
    "UPDATE head SET position = 3, frontier = ARRAY[''::bytea, ''::bytea]",
    "UPDATE head SET position = 1, frontier = ARRAY[''::bytea]",
    "UPDATE head SET position = 0, recorded_at = NULL, frontier = '{}'",
    "UPDATE head SET frontier = ARRAY[''::bytea]",
    "UPDATE head SET recorded_at = now() + interval '1 day'",
]


@pytest_asyncio.fixture(autouse=True)
async def two_events(sequencer: Sequencer) -> None:
    """A record of two events, the first with a text."""
    opening = Opening(commitment=bytes(32), salt=bytes(32), value=b'"text"')
    stream = uuid4()
    await sequencer.append(an_append(an_event(stream, openings=(opening,)), an_event(stream, 2)))


async def contents(owner: asyncpg.Connection) -> list[list[object]]:
    tables = ("stored_events", "commands", "openings", "head")
    return [list(await owner.fetch(f"SELECT * FROM {table}")) for table in tables]


async def must_be_refused(connection: Connection, changes: list[str], by: type[Exception]) -> None:
    for change in changes:
        with pytest.raises(by):
            await connection.execute(change)


async def test_application_has_no_right_to_change_or_unlock_anything(
    pool: Pool, owner: asyncpg.Connection
) -> None:
    before = await contents(owner)

    async with pool.acquire() as connection:
        await must_be_refused(
            connection,
            [
                *CHANGES,
                *LEAPS,
                "DELETE FROM openings",
                "SELECT value FROM openings",
                "INSERT INTO head VALUES (true)",
                "ALTER TABLE stored_events DISABLE TRIGGER ALL",
                "DROP TABLE stored_events",
            ],
            by=asyncpg.InsufficientPrivilegeError,
        )

    assert await contents(owner) == before


@pytest.mark.parametrize("role", ["origin", "replica"])
async def test_owner_cannot_change_anything_as_a_replica_either(
    owner: asyncpg.Connection, role: str
) -> None:
    before = await contents(owner)
    if role == "replica":
        if not await owner.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
            pytest.skip("only a superuser can play the replica")
        await owner.execute("SET session_replication_role = replica")

    await must_be_refused(owner, [*CHANGES, *LEAPS], by=asyncpg.RestrictViolationError)

    assert await contents(owner) == before


@pytest.mark.parametrize(
    ("position", "recorded", "to"),
    [
        (4, "infinity", 4),
        (3, "infinity", 4),
        (3, "-infinity", 3),
    ],
)
async def test_event_out_of_order_does_not_move_the_log_head(
    owner: asyncpg.Connection, position: int, recorded: str, to: int
) -> None:
    before = await contents(owner)
    slipped_in = (
        "INSERT INTO stored_events VALUES"
        f" (gen_random_uuid(), 1, 'note.made.v1', '{{}}', {position}, '{recorded}', '');"
        f"UPDATE head SET position = {to}, recorded_at = '{recorded}',"
        f" frontier = array_fill(''::bytea, ARRAY[bit_count({to}::bit(64))::int])"
    )

    with pytest.raises(asyncpg.RestrictViolationError):
        await owner.execute(slipped_in)

    assert await contents(owner) == before


async def test_log_head_has_a_frontier_of_its_size(owner: asyncpg.Connection) -> None:
    await owner.execute("ALTER TABLE head DISABLE TRIGGER ALL")

    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute("UPDATE head SET frontier = ARRAY[''::bytea, ''::bytea]")


async def test_log_head_is_one_row(owner: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await owner.execute("INSERT INTO head VALUES (true, 0, NULL, '{}')")


async def test_openings_alone_can_be_erased_and_the_proof_stays_valid(
    owner: asyncpg.Connection, log: EventLog, location: StoreLocation
) -> None:
    before = await location.verified_head()
    text = Sealed(sealed=bytes(32).hex())
    assert await log.reveal([text]) == {text: "text"}

    await owner.execute("DELETE FROM openings WHERE commitment = $1", bytes(32))

    assert await log.reveal([text]) == {text: TextAbsence.ERASED}
    assert await location.verified_head() == before
