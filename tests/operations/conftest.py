"""Fixtures of the tests with servers of their own."""

from collections.abc import Generator

import pytest

from tests.infra.event_store.conftest import log, pool, sequencer
from tests.operations.installations import Installation, installations
from tests.operations.postgres_server import PostgresServers, postgres_servers

__all__ = ["installation", "log", "pool", "sequencer", "servers"]


@pytest.fixture(scope="module")
def servers() -> Generator[PostgresServers]:
    """The servers of a file."""
    with postgres_servers() as servers:
        yield servers


@pytest.fixture(scope="session")
def installation() -> Installation:
    """The newest version here that has all programs of an administrator."""
    found = [one for one in installations() if one.has("pg_dump", "pg_basebackup", "pg_ctl")]
    if not found:
        pytest.skip("no PostgreSQL here can be run by an ordinary user")
    return found[0]
