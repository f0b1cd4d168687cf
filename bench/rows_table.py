"""An ordinary table that holds what the dashboard shows, a column for each value."""

from datetime import datetime
from uuid import UUID

import asyncpg
import orjson

SCHEMA = "bench_dashboard"
TABLE = f"{SCHEMA}.comments"
_COLUMNS = """
    draft uuid, position bigint, id uuid, posted_at timestamptz, revision integer, channel text,
    stakeholder_group text, author text, body text, PRIMARY KEY (draft, position)
"""


async def tabulate(dsn: str, draft: UUID, answer: bytes) -> None:
    """Begin the table anew with what the dashboard was answered."""
    nodes = orjson.loads(answer)["data"]["draft"]["comments"]["nodes"]
    rows = [
        (
            draft,
            node["position"],
            UUID(node["id"]),
            datetime.fromisoformat(node["postedAt"]),
            node["revision"],
            node["channel"],
            node["stakeholderGroup"],
            node["author"]["displayName"],
            node["body"],
        )
        for node in nodes
    ]
    connection = await asyncpg.connect(dsn)
    await connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    await connection.execute(f"CREATE TABLE {TABLE} ({_COLUMNS})")
    await connection.copy_records_to_table("comments", schema_name=SCHEMA, records=rows)
    await connection.execute(f"ANALYZE {TABLE}")
    await connection.close()
