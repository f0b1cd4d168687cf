"""The location of a test's event store."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Self
from uuid import uuid4

import asyncpg

from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.migrations import migrate
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.verification.verification import verify_log
from tests.databases import node_url


@dataclass(frozen=True, kw_only=True)
class StoreLocation:
    """A schema in a database, with the tables of a record."""

    url: str
    """The DSN with which a node logs in."""
    owner_url: str
    schema: str

    @classmethod
    async def make(cls, owner_url: str) -> Self:
        """Make a new one."""
        schema = f"record_{uuid4().hex}"
        await migrate(owner_url, schema=schema, parts=(EVENT_STORE_SCRIPTS,))
        return cls(url=await node_url(owner_url, schema), owner_url=owner_url, schema=schema)

    def pool(self) -> AbstractAsyncContextManager[Pool]:
        """Connections as the application has them."""
        return open_pool(self.url, schema=self.schema)

    async def verified_head(self) -> LogHead:
        """The head of a log that is what its hashes say."""
        async with self.as_owner() as owner:
            verification = await verify_log(owner)
        assert verification.discrepancies == ()
        return verification.head

    @asynccontextmanager
    async def as_owner(self) -> AsyncGenerator[asyncpg.Connection]:
        """A connection of the tables' owner, who can do what the application cannot."""
        settings = {"search_path": self.schema}
        connection = await asyncpg.connect(self.owner_url, server_settings=settings)
        try:
            yield connection
        finally:
            await connection.close()
