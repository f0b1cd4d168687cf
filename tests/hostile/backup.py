"""A backup of a record, which is restored under running nodes."""

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.plugins.composition import installed_plugins
from tests.databases import dsn_of, fresh_database
from tests.graphql.client import Client
from tests.graphql.scenario import new_year
from tests.graphql.server import WAIT_MAX_S, serving
from tests.upgrade.dump import PG_DUMP

Json = Any

EVERYTHING = installed_plugins()

STATE = "{ headPosition epoch auditTrail(first: 1) { totalCount } }"
YEAR = "query ($year: Int!, $asOf: AsOfInput) { cycle(year: $year, asOf: $asOf) { year } }"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A database, and a copy of it from an earlier time."""

    server: str
    dsn: str
    copy: str
    token: str
    head: int

    async def replace_database(self) -> None:
        """Replace the database by the copy, as who restores a backup does."""
        name, copy = (urlsplit(dsn).path.removeprefix("/") for dsn in (self.dsn, self.copy))
        connection = await asyncpg.connect(dsn_of(self.server, "postgres"))
        try:
            await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy}"')
        finally:
            await connection.close()

    async def replace_tables(self) -> None:
        """Replace the tables by those of the copy, while every connection stays open."""
        command = [str(PG_DUMP), "--schema", SCHEMA, "--inserts", self.copy]
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        sql = (await process.communicate())[0].decode()
        lines = [line for line in sql.splitlines() if not line.startswith("\\")]
        connection = await asyncpg.connect(self.dsn)
        try:
            # Sessions that hold a statement open would wait for this, and it for them.
            await connection.execute("SET lock_timeout = '20s'")
            async with connection.transaction():
                await connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
                await connection.execute("\n".join(lines))
        finally:
            await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def backup(postgres: str, template: str) -> AsyncGenerator[Backup]:
    """A backup of a record with a cycle and its Secretariat."""
    async with fresh_database(postgres, template) as dsn:
        async with (
            serving(dsn, composition=EVERYTHING) as node,
            await node.client(Role.SECRETARIAT) as secretariat,
        ):
            await secretariat.do("openCycle", year=new_year())
            head, token = await node.caught_up(), secretariat.token or ""
        name = urlsplit(dsn).path.removeprefix("/")
        async with fresh_database(postgres, name) as copy:
            yield Backup(server=postgres, dsn=dsn, copy=copy, token=token, head=head)


async def open_cycles(client: Client, count: int) -> list[int]:
    """Open so many cycles; answers their years."""
    years = [new_year() for _ in range(count)]
    for year in years:
        await client.do("openCycle", year=year)
    return years


async def state(client: Client, expected: Callable[[Json], bool]) -> Json:
    """What a node answers, once it is as expected."""
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            answer = await client.answer(STATE)
            if "errors" not in answer and expected(answer["data"]):
                return answer["data"]
            await asyncio.sleep(0.02)
