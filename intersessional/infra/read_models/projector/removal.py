"""Removes versions of a view that a newer one has replaced."""

from collections.abc import Sequence

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint

CHUNK = 2_000
"""Rows removed at a time, so that nobody waits long."""

_DOCUMENTS = """
DELETE FROM documents WHERE head = $1 AND position <= (
    SELECT max(position) FROM (
        SELECT position FROM documents WHERE head = $1 ORDER BY position LIMIT $2) AS first)
"""
_SHELVES = """
DELETE FROM shelves WHERE head = $1
   AND ctid = ANY (ARRAY(SELECT ctid FROM shelves WHERE head = $1 LIMIT $2))
"""


def replaced(heads: Sequence[ViewCheckpoint]) -> list[ViewCheckpoint]:
    """The versions that are older than one that is served."""
    newest: dict[str, int] = {}
    for head in heads:
        if head.served:
            newest[head.view] = max(head.version, newest.get(head.view, head.version))
    return [head for head in heads if head.version < newest.get(head.view, head.version)]


async def remove_some(connection: Connection, head: ViewCheckpoint) -> bool:
    """Remove a chunk of a version that nobody reads; False when nothing is left of it."""
    if head.served:
        await connection.execute("UPDATE view_heads SET served = false WHERE id = $1", head.id)
    for statement in (_DOCUMENTS, _SHELVES):
        if await connection.execute(statement, head.id, CHUNK) != "DELETE 0":
            return True
    await connection.execute("DELETE FROM view_heads WHERE id = $1", head.id)
    return False
