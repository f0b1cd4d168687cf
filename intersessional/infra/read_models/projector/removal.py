"""Removes versions of a view that a newer one has replaced."""

from collections.abc import Sequence

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint

CHUNK_ROWS = 2_000
"""Rows removed by one statement, so that no other statement waits long."""

_REMOVALS = [
    f"DELETE FROM {table} WHERE head = $1"
    f" AND ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE head = $1 LIMIT $2))"
    for table in ("documents", "list_entries", "counts")
]


def replaced(checkpoints: Sequence[ViewCheckpoint]) -> list[ViewCheckpoint]:
    """The versions that are older than a served one of the same view."""
    newest: dict[str, int] = {}
    for one in checkpoints:
        if one.served:
            newest[one.view] = max(one.version, newest.get(one.view, one.version))
    return [one for one in checkpoints if one.version < newest.get(one.view, one.version)]


async def remove_chunk(connection: Connection, checkpoint: ViewCheckpoint) -> bool:
    """Remove a chunk of a version that no node reads; False when nothing is left of it."""
    if checkpoint.served:
        await connection.execute(
            "UPDATE view_heads SET served = false WHERE id = $1", checkpoint.id
        )
    for statement in _REMOVALS:
        if await connection.execute(statement, checkpoint.id, CHUNK_ROWS) != "DELETE 0":
            return True
    await connection.execute("DELETE FROM view_heads WHERE id = $1", checkpoint.id)
    return False
