"""A node with the record of the demo, that the tests of the page share; they change nothing."""

from collections.abc import AsyncGenerator

import httpx
import pytest_asyncio

from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.graphql.server import Server, serving
from tests.page.browser import browser
from tests.page.issuer_node import issuer, production
from tests.page.people import People, people_of, submitted_proposal
from tests.recorded import Recorded

__all__ = ["issuer", "production"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def record(postgres: str, template: Recorded) -> AsyncGenerator[Recorded]:
    """What the demo records, in a database that the tests of the page share."""
    async with template.copied(postgres) as copy:
        yield copy


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def node(record: Recorded) -> AsyncGenerator[Server]:
    """A node that serves it with all plugins."""
    async with serving(record.url, composition=installed_plugins()) as server:
        await server.caught_up()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def head(node: Server) -> int:
    """The last position of that record now: who signs in is recorded too."""
    return await node.caught_up()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def forum(postgres: str, migrated: str) -> AsyncGenerator[Server]:
    """A node of the core in development, whose record was empty, for tests that write."""
    async with fresh_database(postgres, migrated) as url, serving(url) as server:
        await server.caught_up()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def reader(node: Server) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser in which nobody has signed in."""
    async with browser(node) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def people(forum: Server) -> AsyncGenerator[People]:
    """People who fill in forms, in a cycle of their own."""
    async with people_of(forum) as people:
        yield people


@pytest_asyncio.fixture(loop_scope="session")
async def proposal(people: People) -> str:
    """The screen of a proposal that a member has submitted by its form."""
    return await submitted_proposal(people)
