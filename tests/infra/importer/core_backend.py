"""A running system, to import into and to ask."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from intersessional.infra.backend import Backend
from intersessional.infra.importer import ImportSummary, import_history
from intersessional.infra.importer.history import History
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from tests.composed import composed_schema
from tests.databases import url_for_node

CORE_ONLY = Composition((CORE,))


@asynccontextmanager
async def open_core_backend(
    dsn: str, composition: Composition = CORE_ONLY
) -> AsyncGenerator[Backend]:
    """A backend on a database, with the core only unless a composition is given."""
    settings = Settings(DATABASE_URL=url_for_node(dsn))
    async with Backend.open(settings, composition=composition) as backend:
        yield backend


async def import_and_wait(backend: Backend, *histories: History) -> ImportSummary:
    """Import histories, and wait until the views have folded them."""
    outcome = await import_history(
        backend.command_bus, histories, backend.composition.command_handlers
    )
    await backend.reader.wait_until_reached(outcome.position)
    return outcome


async def query_data(backend: Backend, query: str, **variables: Any) -> Mapping[str, Any]:
    """The data of a query that must have no errors."""
    answer = await composed_schema(backend.composition).execute(
        query, variable_values=variables, context_value=backend.context()
    )
    assert answer.errors is None, answer.errors
    assert answer.data is not None
    return answer.data
