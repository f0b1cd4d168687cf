"""A dump of a record, with what the record answered when the dump was made."""

import json
import lzma
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from intersessional.domain.kernel.caller import ANONYMOUS
from intersessional.infra.backend import Backend
from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.postgres.connection import ROLE, SCHEMA
from intersessional.infra.verification.verification import verify_log
from tests.composed import composed_schema

FOLDER = Path(__file__).parent
QUERIES = FOLDER / "golden_queries.graphql"
PG_DUMP = binary("postgres").with_name("pg_dump")

_CREATE_ROLE = f"""
DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$
"""

Answers = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Dump:
    """A folder: ``record.sql.xz``, ``answers.json``, and the histories that were imported."""

    folder: Path

    @property
    def histories(self) -> list[Path]:
        """The data files that were imported, in order."""
        return sorted(self.folder.glob("histories/*.yaml"))

    @property
    def at(self) -> datetime:
        """When the questions were asked."""
        return datetime.fromisoformat(self._stored()["at"])

    @property
    def answers(self) -> Answers:
        """What the record answered."""
        answers: Answers = self._stored()["answers"]
        return answers

    async def asked_again(self, backend: Backend) -> Answers:
        """What a backend answers to the same questions now."""
        return await _ask(backend, self._stored()["queries"])

    async def restore(self, dsn: str) -> None:
        """Restore the record into an empty database, as the version that made it left it."""
        sql = lzma.decompress(self.folder.joinpath("record.sql.xz").read_bytes()).decode()
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(_CREATE_ROLE)
            # As in every dump: a function may name what is made after it.
            await connection.execute("SET check_function_bodies = off")
            await connection.execute(sql)
        finally:
            await connection.close()

    async def write(self, dsn: str, backend: Backend, at: datetime) -> None:
        """Write the dump of a record that is served by a backend, with what it answers."""
        self.folder.mkdir()
        queries = golden_queries()
        stored = {"at": at.isoformat(), "queries": queries, "answers": await _ask(backend, queries)}
        text = json.dumps(stored, indent=1, ensure_ascii=False, sort_keys=True)
        self.folder.joinpath("answers.json").write_text(text + "\n", encoding="utf-8")
        packed = lzma.compress(_sql(dsn).encode(), preset=9 | lzma.PRESET_EXTREME)
        self.folder.joinpath("record.sql.xz").write_bytes(packed)

    def _stored(self) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(self.folder.joinpath("answers.json").read_text("utf-8"))
        return stored


def golden_queries() -> dict[str, str]:
    """The queries that a record is asked now, by their names."""
    operations = separate_operations(parse(QUERIES.read_text()))
    return {name: print_ast(document) for name, document in operations.items()}


async def _ask(backend: Backend, queries: Mapping[str, str]) -> Answers:
    """The answers to queries, and the root of the log's Merkle tree."""
    async with backend.pool.acquire() as connection:
        verification = await verify_log(connection)
    assert verification.discrepancies == ()
    head = verification.head
    # Views of another version are served until these are built.
    for view in backend.composition.views:
        await backend.reader.wait_until_view_reached(view, head.position)
    answers: Answers = {"root": Frontier(head.position, head.frontier).root().hex()}
    schema = composed_schema(backend.composition)
    for name, query in queries.items():
        result = await schema.execute(
            query, context_value=backend.context().for_operation(ANONYMOUS)
        )
        assert result.errors is None, result.errors
        answers[name] = result.data
    return answers


def _sql(dsn: str) -> str:
    """The SQL that makes a database again, in statements that any server of ours understands."""
    command = [
        *(str(PG_DUMP), "--no-owner", "--rows-per-insert=200", "--schema", SCHEMA),
        # It signs tokens; it is made anew.
        *("--exclude-table-data", f"{SCHEMA}.development_secret", dsn),
    ]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    # What stands before the first object are settings, which depend on the server's version.
    first = next(n for n, line in enumerate(lines) if line.startswith("CREATE "))
    return "\n".join(line for line in lines[first:] if not line.startswith(("\\", "SET ")))
