"""Whoever has the login of a node can append to the record, and do nothing else to it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.clock import now
from intersessional.infra.event_store.append.append_queue import QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.batch_arguments import APPEND_BATCH, arguments
from intersessional.infra.event_store.append.batch_plan import BatchFacts, BatchPlan
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.postgres.connection import ROLE, SCHEMA, connect
from intersessional.infra.verification.verification import verify_log
from tests.databases import node_url
from tests.infra.event_store.append_requests import a_new_stream, an_append, events_of

EVENT = "gen_random_uuid(), 1, 'participant.role_granted.v1', '{}'"
WRITES = [
    f"INSERT INTO stored_events VALUES ({EVENT}, 0, now(), '')",
    f"INSERT INTO stored_events VALUES ({EVENT}, 999999, now(), '')",
    "INSERT INTO commands VALUES (gen_random_uuid(), gen_random_uuid(), 1, 1, now(), '', '')",
    "INSERT INTO openings VALUES ('', 1, '', '')",
    "DELETE FROM openings",
    "INSERT INTO text_access VALUES ('', 1, 'WITHDRAWN')",
    "INSERT INTO question_positions VALUES ('caps', gen_random_uuid(), 999999)",
    "UPDATE head SET position = position + 1",
    "INSERT INTO applied_scripts VALUES ('record', 99, '')",
    "DO $$ BEGIN LOCK TABLE head IN ACCESS EXCLUSIVE MODE; END $$",
]
BECOMING = [
    "SET SESSION AUTHORIZATION postgres",
    "SET ROLE postgres",
    "GRANT postgres TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE another SUPERUSER",
    "COPY stored_events TO PROGRAM 'cat'",
    "COPY stored_events TO '/tmp/events'",
    "SELECT pg_read_file('PG_VERSION')",
    "ALTER FUNCTION lock_log() SECURITY INVOKER",
    "CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER TABLE head DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
]


@pytest_asyncio.fixture
async def url(database_url: str) -> str:
    return await node_url(database_url)


@pytest_asyncio.fixture
async def sequencer(url: str) -> AsyncGenerator[Sequencer]:
    async with Sequencer(url) as sequencer:
        await sequencer.append(a_new_stream())
        yield sequencer


@pytest_asyncio.fixture
async def attacker(url: str, sequencer: Sequencer) -> AsyncGenerator[asyncpg.Connection]:
    """A connection with a node's login, to a record of one event."""
    connection = await connect(url)
    yield connection
    await connection.close()


async def test_node_writes_into_no_table_of_the_log(
    attacker: asyncpg.Connection, sequencer: Sequencer
) -> None:
    for write in WRITES:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await attacker.execute(write)

    assert (await sequencer.append(a_new_stream()))[0].first == 2


async def test_node_can_become_nobody_else(attacker: asyncpg.Connection) -> None:
    for statement in BECOMING:
        with pytest.raises(
            (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidParameterValueError)
        ):
            await attacker.execute(statement)


async def test_session_that_gives_up_its_role_has_no_more_rights(
    attacker: asyncpg.Connection,
) -> None:
    for statement in (
        "SET ROLE NONE",
        "RESET ROLE",
        "RESET SESSION AUTHORIZATION",
        f"SET ROLE {ROLE}",
    ):
        await attacker.execute(statement)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await attacker.execute(WRITES[0])


async def arguments_of(attacker: asyncpg.Connection, *appends: AppendRequest) -> list[Any]:
    """The arguments with which a node writes these appends now."""
    [head] = await attacker.fetch("SELECT position, frontier FROM head")
    position, frontier = head["position"], tuple(head["frontier"])
    loop = asyncio.get_running_loop()
    queued = [QueuedAppend(append, loop, 30) for append in appends]
    plan = BatchPlan.build(queued, after=position, at=now(), facts=BatchFacts())
    return list(arguments(plan, Frontier(position, frontier)))


AFTER, PEAKS, AT, FRONTIER, EVENTS, COMMANDS, OPENINGS, ACCESS, QUESTIONS = (
    0,
    1,
    2,
    3,
    *range(8, 13),
)
"""The places of arguments of APPEND_BATCH."""

Change = Callable[[Any], Any]


def with_version(version: int) -> Change:
    return lambda events: [(events[0][0], version, *events[0][2:])]


def with_range(first: int, last: int) -> Change:
    return lambda commands: [(*commands[0][:2], first, last, *commands[0][4:])]


ELSEWHERE: dict[str, tuple[int, Change]] = {
    "a position that is taken": (AFTER, lambda _: 0),
    "a position far away": (AFTER, lambda _: 999_999),
    "another frontier before": (PEAKS, lambda _: [bytes(32)]),
}
REFUSED: dict[str, tuple[int, Change]] = {
    "no events": (EVENTS, lambda _: []),
    "a version after a gap": (EVENTS, with_version(7)),
    "a version before the first": (EVENTS, with_version(-1)),
    "no hash": (EVENTS, lambda events: [(*events[0][:4], b"")]),
    "no topic": (EVENTS, lambda events: [(*events[0][:2], None, *events[0][3:])]),
    "two peaks for two events": (FRONTIER, lambda _: [bytes(32), bytes(32)]),
    "a peak that is no hash": (FRONTIER, lambda _: [b""]),
    "a time before the last": (AT, lambda at: at.replace(year=1999)),
    "a time that is to come": (AT, lambda at: at.replace(year=3500)),
    "a time before all": (AT, lambda at: at.replace(year=1, month=1, day=1)),
    "a frontier that is no list": (FRONTIER, lambda frontier: [list(frontier)]),
    "no command": (COMMANDS, lambda _: []),
    "a command that claims another's event": (COMMANDS, with_range(1, 2)),
    "a command that claims what is to come": (COMMANDS, with_range(2, 999_999)),
    "an opening of another": (OPENINGS, lambda _: [(bytes(32), 1, b"", b"")]),
    "an access of the past": (ACCESS, lambda _: [(bytes(32), 1, "WITHDRAWN")]),
    "a question of the future": (QUESTIONS, lambda _: [("caps", uuid4(), 999_999)]),
}


async def test_batch_anywhere_but_at_the_end_is_not_written(attacker: asyncpg.Connection) -> None:
    for attack, (argument, change) in ELSEWHERE.items():
        given = await arguments_of(attacker, a_new_stream())
        given[argument] = change(given[argument])

        [answer] = await attacker.fetch(APPEND_BATCH, *given)

        assert (answer["written"], answer["elsewhere"]) == (False, True), attack


async def test_batch_that_would_leave_a_gap_or_a_stray_row_is_refused(
    attacker: asyncpg.Connection, sequencer: Sequencer, database_url: str
) -> None:
    owner = await connect(database_url)
    await owner.execute("UPDATE clock_bound SET ahead = DEFAULT")
    for attack, (argument, change) in REFUSED.items():
        given = await arguments_of(attacker, a_new_stream())
        given[argument] = change(given[argument])

        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            pytest.fail(f"{attack}: {await attacker.fetch(APPEND_BATCH, *given)}")
    # The driver sends no other bounds of arrays, and no later years.
    for attack, place, value in (
        ("a frontier that begins at 0", "$4", "array_fill(($4::bytea[])[1], ARRAY[1], ARRAY[0])"),
        ("a time that nobody can read", "$3", "greatest($3::timestamptz, '294000-01-01')"),
    ):
        given = await arguments_of(attacker, a_new_stream())
        statement = APPEND_BATCH.replace(place, value)
        with pytest.raises(asyncpg.CheckViolationError):
            pytest.fail(f"{attack}: {await attacker.fetch(statement, *given)}")

    assert (await sequencer.append(a_new_stream()))[0].first == 2
    assert (await verify_log(owner)).discrepancies == ()
    await owner.close()


async def test_appends_go_on_after_an_event_of_the_time_to_come_where_there_is_one(
    attacker: asyncpg.Connection, database_url: str
) -> None:
    later = now() + timedelta(days=2)
    for _ in range(2):
        given = await arguments_of(attacker, a_new_stream())
        given[AT] = later
        [answer] = await attacker.fetch(APPEND_BATCH, *given)
        assert answer["written"]
        # The first one was recorded by a version before this bound.
        owner = await connect(database_url)
        await owner.execute("UPDATE clock_bound SET ahead = DEFAULT")
        await owner.close()


async def test_version_after_one_that_is_not_there_is_refused(attacker: asyncpg.Connection) -> None:
    stream = uuid4()
    given = await arguments_of(attacker, an_append(*events_of(stream, 1, 3)))
    given[EVENTS] = [event for event in given[EVENTS] if event[1] != 2]

    with pytest.raises(asyncpg.CheckViolationError, match="does not follow"):
        await attacker.fetch(APPEND_BATCH, *given)


async def test_temporary_tables_mislead_no_function(
    attacker: asyncpg.Connection, database_url: str
) -> None:
    commitment = bytes(32)
    given = await arguments_of(attacker, a_new_stream())
    given[OPENINGS] = [(commitment, 2, bytes(32), b'"a text"')]
    given[ACCESS] = [(commitment, 2, "WITHDRAWN")]
    await attacker.fetch(APPEND_BATCH, *given)

    for table in ("text_access", "head", "stored_events"):
        await attacker.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {SCHEMA}.{table})")
        await attacker.execute(f"GRANT ALL ON pg_temp.{table} TO PUBLIC")

    [text] = await attacker.fetch("SELECT * FROM revealed_texts($1)", [commitment])
    assert (text["value"], text["access"]) == (None, "WITHDRAWN")
    [stands] = await attacker.fetch("SELECT stands FROM hold_log()")
    assert stands["stands"] == 2


async def test_functions_with_the_owners_rights_are_for_the_application_alone(
    attacker: asyncpg.Connection,
) -> None:
    functions = await attacker.fetch(
        "SELECT proname, has_function_privilege('public', oid, 'EXECUTE') AS by_all"
        "  FROM pg_proc WHERE pronamespace = $1::regnamespace AND prosecdef",
        SCHEMA,
    )

    assert len(functions) > 1
    assert [one["proname"] for one in functions if one["by_all"]] == []


async def test_revocations_and_pseudonyms_are_only_added(
    attacker: asyncpg.Connection, database_url: str
) -> None:
    far = "INSERT INTO revocations VALUES (999999, sha256('a'), NULL, NULL)"
    with pytest.raises(asyncpg.RestrictViolationError, match="it is not the next"):
        await attacker.execute(far)
    await attacker.execute("INSERT INTO revocations VALUES (1, sha256('a'), NULL, NULL)")
    await attacker.execute(
        "INSERT INTO persons VALUES ('issuer', 'subject', gen_random_uuid(), now())"
    )

    owner = await connect(database_url)
    for statement in (
        far,
        "DELETE FROM revocations",
        "UPDATE revocations SET position = 7",
        "UPDATE persons SET person = gen_random_uuid()",
        "TRUNCATE persons",
    ):
        with pytest.raises(asyncpg.RestrictViolationError):
            await owner.execute(statement)
    await owner.close()
