"""Responses name an error by a code and a sentence, without internals."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from intersessional.domain.command_handling.event_store import (
    Closed,
    StaleAnswer,
    TooBusy,
    Unanswerable,
    Unavailable,
    Unreachable,
    UnreadableEvent,
)
from intersessional.domain.kernel.act import Role
from intersessional.graphql.execution import operation_executor, public_errors
from intersessional.graphql.execution.public_errors import public_error
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt, ViewsStopped
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import WAIT_MAX_S, serving

Json = Any

FAULTS: list[tuple[Exception, str]] = [
    (TooBusy(9_000), "TOO_BUSY"),
    (StaleAnswer(("chairs.v1", UUID(int=7)), 3, 4), "TOO_BUSY"),
    (Unanswerable("chairs.v1", "hunter2"), "UNANSWERABLE"),
    (Unavailable(), "UNAVAILABLE"),
    (Closed(), "UNAVAILABLE"),
    (Unreachable("connection was closed"), "UNAVAILABLE"),
    (UnreadableEvent("drafts.later.v9", 7), "UNAVAILABLE"),
    (ConnectionRefusedError("10.0.0.7:5432"), "UNAVAILABLE"),
    (TimeoutError(), "UNAVAILABLE"),
    (ViewNotBuilt("drafts"), "VIEW_NOT_BUILT"),
    (ViewBehind("drafts", 9, 7, None), "VIEWS_BEHIND"),
    (ViewBehind("drafts", 9, 7, "ValueError: hunter2"), "VIEW_STOPPED"),
    (ViewsStopped("hunter2"), "VIEW_STOPPED"),
    (asyncpg.UndefinedTableError('relation "openings" does not exist'), "INTERNAL"),
    (asyncpg.DataError("invalid input for query argument"), "INTERNAL"),
    (ValueError("hunter2"), "INTERNAL"),
    (KeyError("hunter2"), "INTERNAL"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS, ids=lambda value: type(value).__name__)
def test_each_error_has_its_code_and_a_sentence(fault: Exception, code: str) -> None:
    public = public_error(fault)

    assert public.code == code
    assert public.message.endswith(".")
    assert public.is_bug is (code == "INTERNAL")
    for inside in ("hunter2", "10.0.0.7", "openings", "drafts", "chairs", "connection was"):
        assert inside not in public.message


@pytest.mark.asyncio(loop_scope="session")
async def test_nothing_is_lost_while_the_database_closes_connections(database: str) -> None:
    year, id = new_year(), new_id()
    query = """mutation ($input: OpenCycleInput!) { openCycle(input: $input) {
        ... on CycleOpened { position repeated cycle { year } } } }"""
    codes: set[str] = set()
    async with (
        serving(database) as server,
        await server.client(Role.SECRETARIAT) as secretariat,
        asyncio.timeout(WAIT_MAX_S),
    ):
        thrower = asyncio.create_task(end_sessions(database, times=30))
        done: Json = None
        while done is None or not thrower.done():
            response = await secretariat.post(query, input={"commandId": id, "year": year})
            answer = response.json()
            codes |= {error["extensions"]["code"] for error in answer.get("errors", ())}
            done = opened(answer) or done
            await asyncio.sleep(0)
        await thrower
        again: Json = None
        while not again:
            answer = await secretariat.answer(query, input={"commandId": id, "year": year})
            again = opened(answer)

    assert codes <= {"UNAVAILABLE", "VIEWS_BEHIND"}
    assert again["position"] == done["position"]
    assert again["repeated"] is True
    assert again["cycle"] == {"year": year}


@pytest.mark.asyncio(loop_scope="session")
async def test_database_that_does_not_answer_times_out(
    database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(public_errors, "LINE_S", 0.0)
    async with serving(database) as server, await server.client() as anonymous:
        async with locked_documents(database):
            with monkeypatch.context() as patch:
                patch.setattr(operation_executor, "OPERATION_S", 0.5)
                response = await anonymous.post("{ cycle(year: 2018) { year } }")

        assert response.status_code == 503
        (error,) = response.json()["errors"]
        assert error["extensions"]["code"] == "UNAVAILABLE"
        # It is no bug: one line without a traceback is enough.
        (line,) = [one for one in caplog.records if "a request failed" in one.getMessage()]
        assert (line.levelname, line.exc_info) == ("WARNING", None)
        assert "UNAVAILABLE" in line.getMessage()
        assert await anonymous.ask("{ cycle(year: 2018) { year } }") == {"cycle": None}


@asynccontextmanager
async def locked_documents(dsn: str) -> AsyncGenerator[None]:
    """Lock the documents against reading."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE intersessional.documents")
            yield
    finally:
        await connection.close()


def opened(answer: Json) -> Json:
    """The payload ``CycleOpened``; None for any other answer."""
    data: dict[str, Json] = answer.get("data") or {}
    return data.get("openCycle")


async def end_sessions(dsn: str, times: int) -> None:
    """End every session of the database but one's own, again and again."""
    connection = await asyncpg.connect(dsn)
    try:
        for _ in range(times):
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await asyncio.sleep(0.02)
    finally:
        await connection.close()
