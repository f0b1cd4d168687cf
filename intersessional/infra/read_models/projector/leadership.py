"""Who moves which version of which view: at most one session in the whole system each."""

from collections.abc import Sequence

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.view_checkpoint import CHECKPOINTS, ViewCheckpoint
from intersessional.projections.kernel.view import AnyView

# The lock belongs to the session: it ends with the leader, however that ends. Waiting for it in
# the database would hold a snapshot and keep everything from being vacuumed, so it is only tried.
_LOCK = "hashtextextended(format('%s: view %s %s', current_schema(), view, version), 0)"
_WANTED = "unnest($1::text[], $2::integer[]) AS wanted (view, version)"
_LEAD = f"SELECT view, version, pg_try_advisory_lock({_LOCK}) AS led FROM {_WANTED}"
_LEAVE = f"SELECT pg_advisory_unlock({_LOCK}) FROM {_WANTED}"
_REGISTER = """
INSERT INTO view_heads (view, version)
SELECT * FROM unnest($1::text[], $2::integer[]) ON CONFLICT DO NOTHING
"""

Version = tuple[str, int]
"""A view's name and its version."""


class Leadership:
    """What one session leads."""

    def __init__(self, connection: Connection, views: Sequence[AnyView]) -> None:
        self._connection = connection
        self._views = views
        self._led: set[Version] = set()

    def leads(self, head: ViewCheckpoint) -> bool:
        """Whether this session moves it."""
        return (head.view, head.version) in self._led

    async def look(self) -> list[ViewCheckpoint]:
        """Take the lead where nobody has it, then tell where all versions of the views stand.

        In this order: where a head stood before its lock was taken may be long past.
        """
        wanted = [(view.name, view.version) for view in self._views]
        await self.take(wanted)
        heads = await self._heads()
        missing = {*wanted} - {(head.view, head.version) for head in heads}
        if missing:
            await self._connection.execute(_REGISTER, *_columns(sorted(missing)))
            heads = await self._heads()
        return heads

    async def take(self, versions: Sequence[Version]) -> None:
        """Take the lead of those versions that nobody leads."""
        free = [version for version in versions if version not in self._led]
        if free:
            rows = await self._connection.fetch(_LEAD, *_columns(free))
            self._led |= {(row["view"], row["version"]) for row in rows if row["led"]}

    async def leave(self, version: Version) -> None:
        """Give the lead of a version up."""
        self._led.discard(version)
        await self._connection.execute(_LEAVE, *_columns([version]))

    async def _heads(self) -> list[ViewCheckpoint]:
        names = [view.name for view in self._views]
        return [ViewCheckpoint(**row) for row in await self._connection.fetch(CHECKPOINTS, names)]


def _columns(versions: Sequence[Version]) -> tuple[list[str], list[int]]:
    return [name for name, _ in versions], [version for _, version in versions]
