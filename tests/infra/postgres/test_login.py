"""The login of nodes: bounded, or refused with the statement that an administrator runs."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.backend import SCRIPTS, Backend
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.postgres.connection import ROLE, connect
from intersessional.infra.postgres.database import DatabaseError, DatabaseUrls
from intersessional.infra.postgres.login import migrated_login
from intersessional.infra.postgres.login_rights import LoginRights
from intersessional.infra.postgres.migrations import SchemaError
from intersessional.infra.postgres.node_login import (
    NODE_ROLE,
    login_url,
    with_login,
    with_role,
)
from intersessional.infra.postgres.scram_verifier import scram_verifier
from intersessional.infra.settings import Mode, Settings
from tests.infra.event_store.append_requests import a_new_stream


@pytest_asyncio.fixture
async def administrator(empty_database_url: str) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(empty_database_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def role(empty_database_url: str, administrator: asyncpg.Connection) -> AsyncGenerator[str]:
    """A role that can log in with the password ``secret``, and that may do nothing."""
    name = f"test_{uuid4().hex}"
    await administrator.execute(
        f"CREATE ROLE {name} LOGIN PASSWORD '{scram_verifier('secret')}';"
        f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    yield name
    await administrator.execute(
        f"REASSIGN OWNED BY {name} TO CURRENT_USER; DROP OWNED BY {name}; DROP ROLE {name}"
    )


@pytest.fixture
def url(empty_database_url: str, role: str) -> str:
    """The address with this role."""
    return with_login(empty_database_url, role, "secret")


async def started(node: str, owner: str | None = None, mode: Mode = Mode.PRODUCTION) -> str:
    return await migrated_login(DatabaseUrls(node=node, owner=owner), mode, parts=SCRIPTS)


async def test_node_with_the_owners_address_logs_in_as_somebody_else(
    empty_database_url: str,
) -> None:
    node = await started(empty_database_url)

    connection = await connect(node)
    rights = await LoginRights.of(connection)
    await connection.close()
    assert rights == LoginRights(login=NODE_ROLE, is_member=True, powers=())


@pytest.mark.parametrize(
    "attack",
    [
        "ALTER ROLE CURRENT_USER IN DATABASE {database} SET default_transaction_read_only = on",
        "ALTER ROLE CURRENT_USER IN DATABASE {database} SET local_preload_libraries = 'nothing'",
        "ALTER ROLE CURRENT_USER IN DATABASE {database} SET statement_timeout = '1ms'",
        f"DROP OWNED BY {ROLE}",
    ],
    ids=["reads alone", "no session", "no statement", "no rights"],
)
async def test_whoever_had_the_login_keeps_no_node_out_that_starts_with_the_owners_address(
    empty_database_url: str, attack: str
) -> None:
    attacker = await connect(await started(empty_database_url))
    await attacker.execute(attack.format(database=urlsplit(empty_database_url).path[1:]))
    await attacker.close()

    async with Sequencer(await started(empty_database_url)) as sequencer:
        assert (await sequencer.append(a_new_stream()))[0].first == 1


async def test_every_session_of_a_node_is_of_that_login(
    empty_database_url: str, administrator: asyncpg.Connection
) -> None:
    async with Backend.open(Settings(DATABASE_URL=empty_database_url)):
        logins = await administrator.fetch(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'intersessional'"
        )

    assert [row["usename"] for row in logins] == [NODE_ROLE]


async def test_owner_and_node_have_an_address_each(
    empty_database_url: str, administrator: asyncpg.Connection, role: str, url: str
) -> None:
    await administrator.execute(f"GRANT {ROLE} TO {role}")

    assert await started(url, empty_database_url) == url
    assert await started(url) == url


async def test_node_without_the_owners_address_waits_for_migrated_tables(
    administrator: asyncpg.Connection, role: str, url: str
) -> None:
    await administrator.execute(f"GRANT {ROLE} TO {role}")

    with pytest.raises(SchemaError, match=r"0001_tables\.sql of the record tables is not applied"):
        await started(url)


async def test_login_without_the_rights_reads_the_statement_to_run(
    empty_database_url: str, role: str, url: str
) -> None:
    with pytest.raises(DatabaseError, match=f'GRANT {ROLE} TO "{role}"'):
        await started(url, empty_database_url)


async def test_owner_in_place_of_the_node_is_refused_in_production(
    empty_database_url: str,
) -> None:
    with pytest.raises(DatabaseError, match=f"IN ROLE {ROLE}") as refused:
        await started(empty_database_url, empty_database_url)

    assert "CREATE ROLE igf_node LOGIN" in str(refused.value)


async def test_owner_who_may_not_make_the_login_is_refused_in_production_alone(
    administrator: asyncpg.Connection, role: str, url: str
) -> None:
    name = urlsplit(url).path[1:]
    await administrator.execute(
        f'ALTER DATABASE "{name}" OWNER TO {role};'
        f' GRANT {ROLE} TO {role}; REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC'
    )

    with pytest.raises(DatabaseError, match="CREATE ROLE igf_node LOGIN"):
        await started(url)
    assert await started(url, mode=Mode.DEVELOPMENT) == with_role(url)


@pytest.mark.parametrize(
    ("owner", "node"),
    [
        ("postgresql://me@db/record", f"postgresql://{NODE_ROLE}@db/record"),
        ("postgresql:///record?host=/run&user=me", f"postgresql://{NODE_ROLE}@/record?host=%2Frun"),
        (
            "postgres://a:5,b:6/r?sslmode=require",
            f"postgres://{NODE_ROLE}@a:5,b:6/r?sslmode=require",
        ),
    ],
)
def test_login_has_the_owners_servers_and_options(owner: str, node: str) -> None:
    assert login_url(owner) == node


def test_password_of_the_login_follows_from_the_owners_and_does_not_show_it() -> None:
    urls = [
        login_url(f"postgresql://{login}")
        for login in ("me:a%40b@db/r", "me@db/r?password=a%40b", "me:other@db/r")
    ]

    passwords = [urlsplit(url).password for url in urls]
    assert passwords[0] == passwords[1] != passwords[2]
    assert len(passwords[0] or "") == 64
