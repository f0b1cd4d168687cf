"""Fixtures of the attack list."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.fixtures import database, scenario, server, template
from tests.hostile.backup import backup

__all__ = ["backup", "database", "file_database", "scenario", "server", "template"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def file_database(postgres: str, template: str) -> AsyncGenerator[str]:
    """The DSN of a database that the tests of one file share."""
    async with fresh_database(postgres, template) as dsn:
        yield dsn
