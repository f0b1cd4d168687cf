"""The 2018 cycle, recorded from the packaged files as the demo records it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from intersessional.infra.backend import Backend
from intersessional.infra.history import HISTORY
from intersessional.infra.importer import read_history
from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.graphql.server import Server, serving
from tests.infra.importer.core_backend import import_and_wait, query_data

END_OF_THE_FOURTH = "2018-04-05T00:00:00Z"


@asynccontextmanager
async def serve_2018_cycle(postgres: str) -> AsyncGenerator[Server]:
    """A node as it is installed, with the history of 2018, on a database of its own."""
    async with (
        fresh_database(postgres) as dsn,
        serving(dsn, composition=installed_plugins()) as server,
    ):
        await import_and_wait(
            server.backend, *map(read_history, [*HISTORY, *server.backend.composition.histories])
        )
        yield server


async def cycle(backend: Backend, fields: str, occurred: str | None = None) -> Mapping[str, Any]:
    """Fields of the 2018 cycle, as of an instant or as they are now."""
    query = f"query ($at: AsOfInput) {{ cycle(year: 2018, asOf: $at) {{ {fields} }} }}"
    as_of = None if occurred is None else {"occurred": occurred}
    answer: Mapping[str, Any] = (await query_data(backend, query, at=as_of))["cycle"]
    return answer
