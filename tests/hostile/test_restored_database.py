"""A database that is being restored, or has other secrets: every node goes on without a restart."""

import asyncio

import asyncpg
import pytest

from intersessional.domain.kernel.act import Role
from intersessional.infra.auth import Authenticator, InvalidToken
from intersessional.infra.postgres.connection import SCHEMA
from tests.graphql.client import Client
from tests.graphql.scenario import new_year
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.hostile.backup import EVERYTHING, STATE, YEAR, Backup, state
from tests.infra.event_store.append_requests import a_new_stream

pytestmark = pytest.mark.asyncio(loop_scope="session")

MISSING = (
    (
        f"ALTER SCHEMA {SCHEMA} RENAME TO elsewhere",
        f"ALTER SCHEMA elsewhere RENAME TO {SCHEMA}",
    ),
    (
        f"REVOKE USAGE ON SCHEMA {SCHEMA} FROM intersessional_app",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO intersessional_app",
    ),
)
"""What a restored database has not yet, and how it gets it."""


async def test_sessions_and_tokens_hold_on_every_node_when_their_secrets_are_others(
    backup: Backup,
) -> None:
    copy = await asyncpg.connect(backup.copy, server_settings={"search_path": SCHEMA})
    for table in ("session_secret", "development_secret"):
        await copy.execute(f"DELETE FROM {table}")
    await copy.close()
    async with (
        serving(backup.dsn, composition=EVERYTHING) as earlier,
        Client(earlier.url, token=backup.token) as client,
    ):
        person = (await earlier.token(Role.COMMENTER)).person
        assert person is not None
        signed = earlier.backend.authenticator.sessions.sign(person)
        before = (await client.ask(STATE))["epoch"]

        await backup.replace_database()

        async with Client(earlier.url) as anyone:
            await state(anyone, lambda data: data["epoch"] != before)
        async with serving(backup.dsn, composition=EVERYTHING) as later:
            nodes = [one.backend.authenticator for one in (earlier, later)]
            await refused(nodes[0], signed.text)
            with pytest.raises(InvalidToken):
                nodes[1].authenticate_session(signed.text)
            for one, other in (nodes, reversed(nodes)):
                session = one.sessions.sign(person)
                assert other.authenticate_session(session.text).caller.person == person


async def refused(authenticator: Authenticator, session: str) -> None:
    """Wait until a node refuses a session: it reads its secret after the epochs."""
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            try:
                authenticator.authenticate_session(session)
            except InvalidToken:
                return
            await asyncio.sleep(0.02)


async def outage(node: Server) -> None:
    """Wait until an append has failed."""
    async with asyncio.timeout(WAIT_MAX_S):
        while not node.backend.outages["sequencer"].failures:  # noqa: ASYNC110  It has no event.
            await asyncio.sleep(0.01)


async def test_what_is_asked_amid_a_restore_is_unavailable_and_no_fault(
    backup: Backup, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        serving(backup.dsn, composition=EVERYTHING) as node,
        Client(node.url, token=backup.token) as client,
    ):
        owner = await asyncpg.connect(backup.dsn)
        # pg_restore makes a schema, its tables, and the rights in it one after the other.
        codes: list[str] = []
        for done, undone in MISSING:
            await owner.execute(done)
            codes += await client.codes(YEAR, year=new_year())
            append = asyncio.create_task(node.backend.sequencer.append(a_new_stream()))
            await outage(node)
            await owner.execute(undone)
            await append
        await owner.close()

    assert set(codes) == {"UNAVAILABLE"}
    assert [one.getMessage() for one in caplog.records if one.exc_info] == []
