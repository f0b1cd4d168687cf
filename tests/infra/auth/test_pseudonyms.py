"""Each subject of an issuer has one pseudonym, and events contain nothing else of it."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.participant.commands import AcceptCodeOfConduct, RegisterParticipant
from intersessional.infra.auth.pseudonyms import Pseudonyms
from intersessional.infra.clock import now
from intersessional.infra.postgres.connection import SCHEMA
from tests.infra.auth.auth_node import AuthNode, open_node, settings
from tests.infra.auth.fake_issuer import FakeIssuer, run_issuer

SUBJECT = "auth0|chair@example.org"


async def person(node: AuthNode, issuer: FakeIssuer, subject: str = SUBJECT) -> UUID:
    token = issuer.token(now(), sub=subject)
    principal = await node.authenticator.authenticate(f"Bearer {token}")
    assert principal.caller.person is not None
    return principal.caller.person


async def test_pseudonym_stays_the_same_after_a_restart(
    database_url: str, issuer: FakeIssuer
) -> None:
    async with open_node(database_url, settings(issuer=issuer)) as node:
        first = await person(node, issuer)
        assert await person(node, issuer) == first

    async with open_node(database_url, settings(issuer=issuer)) as node:
        assert await person(node, issuer) == first


async def test_twenty_concurrent_first_sign_ins_give_one_pseudonym(
    database_url: str, issuer: FakeIssuer
) -> None:
    node_settings = settings(issuer=issuer)
    async with (
        open_node(database_url, node_settings) as one,
        open_node(database_url, node_settings) as another,
    ):
        seen = await asyncio.gather(*(person(node, issuer) for node in [one, another] * 10))

        assert len(set(seen)) == 1
        assert await one.pool.fetchval("SELECT count(*) FROM persons") == 1


async def test_pseudonyms_differ_by_subject_and_by_issuer(
    database_url: str, issuer: FakeIssuer
) -> None:
    with run_issuer() as another:
        async with (
            open_node(database_url, settings(issuer=issuer)) as node,
            open_node(database_url, settings(issuer=another)) as elsewhere,
        ):
            seen = [
                await person(node, issuer, "ana"),
                await person(node, issuer, "Ana"),
                await person(elsewhere, another, "ana"),
            ]

    assert len(set(seen)) == 3


async def test_pseudonyms_in_memory_are_limited(database_url: str, issuer: FakeIssuer) -> None:
    async with open_node(database_url, settings(issuer=issuer)) as node:
        pseudonyms = Pseudonyms(node.pool, clock=now, cache_max=2)
        before = {name: (await pseudonyms.get_or_create("i", name)).id for name in ("a", "b")}
        assert (await pseudonyms.get_or_create("i", "a")).id == before["a"]
        before["c"] = (await pseudonyms.get_or_create("i", "c")).id

        await replace_pseudonyms(database_url)
        after = {name: (await pseudonyms.get_or_create("i", name)).id for name in ("a", "c", "b")}

    assert after["a"] == before["a"]
    assert after["c"] == before["c"]
    assert after["b"] != before["b"]


async def replace_pseudonyms(dsn: str) -> None:
    """Delete every pseudonym in the database, so that a cached one is recognized."""
    owner = await asyncpg.connect(dsn, server_settings={"search_path": SCHEMA})
    try:
        await owner.execute("DELETE FROM persons")
    finally:
        await owner.close()


@pytest.mark.parametrize("statement", ["UPDATE persons SET subject = 'x'", "DELETE FROM persons"])
async def test_application_role_cannot_change_a_pseudonym(
    database_url: str, issuer: FakeIssuer, statement: str
) -> None:
    async with open_node(database_url, settings(issuer=issuer)) as node:
        with pytest.raises(Unreachable, match="permission denied for table persons"):
            await node.pool.execute(statement)


async def test_event_tables_never_contain_the_subject(
    database_url: str, issuer: FakeIssuer
) -> None:
    async with open_node(database_url, settings(issuer=issuer)) as node:
        caller = Caller(person=await person(node, issuer))
        register = RegisterParticipant(command_id=uuid4(), display_name="A name of my choice")
        await node.command_bus.submit(register, caller)
        await node.command_bus.submit(AcceptCodeOfConduct(command_id=uuid4(), version=1), caller)

    assert await tables_with(database_url, SUBJECT) == {"persons"}
    assert await tables_with(database_url, issuer.url) == {"persons"}
    assert await tables_with(database_url, "A name of my choice") == {"openings"}
    assert "stored_events" in await tables_with(database_url, "participant.registered")


async def tables_with(dsn: str, text: str) -> set[str]:
    """The tables of the schema that contain this text, as text or as bytes."""
    connection = await asyncpg.connect(dsn, server_settings={"search_path": SCHEMA})
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
