"""Who signs in becomes a person: always the same one, and known to the record by nothing else."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from intersessional.domain.kernel.caller import Caller
from intersessional.domain.participant.commands import AcceptCodeOfConduct, RegisterParticipant
from intersessional.infra.auth.persons import Persons
from intersessional.infra.event_store.append.sequencer import now
from intersessional.infra.postgres.connection import SCHEMA, server_settings
from tests.infra.auth.issuer import Issuer, an_issuer
from tests.infra.auth.node import Node, a_node, settings

SUBJECT = "auth0|chair@example.org"


async def person(node: Node, issuer: Issuer, subject: str = SUBJECT) -> UUID:
    token = issuer.token(now(), sub=subject)
    signed_in = await node.identity.caller(f"Bearer {token}")
    assert signed_in.caller.person is not None
    return signed_in.caller.person


async def test_a_person_stays_the_same_after_a_restart(database_url: str, issuer: Issuer) -> None:
    async with a_node(database_url, settings(issuer=issuer)) as node:
        first = await person(node, issuer)
        assert await person(node, issuer) == first

    async with a_node(database_url, settings(issuer=issuer)) as node:
        assert await person(node, issuer) == first


async def test_twenty_first_sights_at_once_see_one_person(
    database_url: str, issuer: Issuer
) -> None:
    chosen = settings(issuer=issuer)
    async with a_node(database_url, chosen) as one, a_node(database_url, chosen) as another:
        seen = await asyncio.gather(*(person(node, issuer) for node in [one, another] * 10))

        assert len(set(seen)) == 1
        assert await one.pool.fetchval("SELECT count(*) FROM persons") == 1


async def test_other_subjects_and_other_issuers_are_other_persons(
    database_url: str, issuer: Issuer
) -> None:
    with an_issuer() as another:
        async with (
            a_node(database_url, settings(issuer=issuer)) as node,
            a_node(database_url, settings(issuer=another)) as elsewhere,
        ):
            seen = [
                await person(node, issuer, "ana"),
                await person(node, issuer, "Ana"),
                await person(elsewhere, another, "ana"),
            ]

    assert len(set(seen)) == 3


async def test_only_so_many_persons_are_kept_in_memory(database_url: str, issuer: Issuer) -> None:
    async with a_node(database_url, settings(issuer=issuer)) as node:
        persons = Persons(node.pool, clock=now, kept_max=2)
        before = {name: (await persons.known_as("i", name)).id for name in ("a", "b")}
        assert (await persons.known_as("i", "a")).id == before["a"]
        before["c"] = (await persons.known_as("i", "c")).id

        await pseudonymize_anew(database_url)
        after = {name: (await persons.known_as("i", name)).id for name in ("a", "c", "b")}

    assert after["a"] == before["a"]
    assert after["c"] == before["c"]
    assert after["b"] != before["b"]


async def pseudonymize_anew(dsn: str) -> None:
    """Change what the database says: whoever still says the same did not ask it."""
    owner = await asyncpg.connect(dsn, server_settings={"search_path": SCHEMA})
    try:
        await owner.execute("UPDATE persons SET person = gen_random_uuid()")
    finally:
        await owner.close()


@pytest.mark.parametrize("statement", ["UPDATE persons SET subject = 'x'", "DELETE FROM persons"])
async def test_the_application_cannot_take_a_pseudonym_away(
    database_url: str, issuer: Issuer, statement: str
) -> None:
    async with a_node(database_url, settings(issuer=issuer)) as node:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await node.pool.execute(statement)


async def test_the_record_never_learns_who_signed_in(database_url: str, issuer: Issuer) -> None:
    async with a_node(database_url, settings(issuer=issuer)) as node:
        caller = Caller(person=await person(node, issuer))
        register = RegisterParticipant(command_id=uuid4(), display_name="A name of my choice")
        await node.command_bus.submit(register, caller)
        await node.command_bus.submit(AcceptCodeOfConduct(command_id=uuid4(), version=1), caller)

    assert await tables_with(database_url, SUBJECT) == {"persons"}
    assert await tables_with(database_url, issuer.url) == {"persons"}
    assert await tables_with(database_url, "A name of my choice") == {"openings"}
    assert "stored_events" in await tables_with(database_url, "participant.registered")


async def tables_with(dsn: str, text: str) -> set[str]:
    """The tables of the whole schema in which this text stands, in a text or in bytes."""
    connection = await asyncpg.connect(dsn, server_settings=server_settings() | {"role": "none"})
    try:
        columns = await connection.fetch(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = $1",
            SCHEMA,
        )
        found: set[str] = set()
        for table, column, kind in columns:
            has = (
                f"position(convert_to($1, 'UTF8') IN {column}) > 0"
                if kind == "bytea"
                else f"position($1 IN {column}::text) > 0"
            )
            if await connection.fetchval(f"SELECT count(*) FROM {table} WHERE {has}", text):
                found.add(table)
        return found
    finally:
        await connection.close()
