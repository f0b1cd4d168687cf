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

ONLY_CORE = Composition((CORE,))


@asynccontextmanager
async def a_backend(dsn: str, composition: Composition = ONLY_CORE) -> AsyncGenerator[Backend]:
    """The system on a database of its own; without any plugin unless others are given."""
    async with Backend.open(Settings(DATABASE_URL=dsn), composition=composition) as backend:
        yield backend


async def imported(backend: Backend, *histories: History) -> ImportSummary:
    """Import, and wait until it can be read."""
    outcome = await import_history(
        backend.command_bus, histories, backend.composition.command_handlers
    )
    await backend.reader.reached(outcome.position)
    return outcome


async def asked(backend: Backend, query: str, **variables: Any) -> Mapping[str, Any]:
    """What the API answers, without an error."""
    answer = await backend.schema.execute(
        query, variable_values=variables, context_value=backend.context()
    )
    assert answer.errors is None, answer.errors
    assert answer.data is not None
    return answer.data
