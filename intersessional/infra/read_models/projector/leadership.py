"""Leader election for view versions: one session in the whole system moves each."""

from collections.abc import Iterable, Sequence

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.view_checkpoint import CHECKPOINTS, ViewCheckpoint
from intersessional.projections.kernel.view import AnyView

# The advisory lock belongs to the session, so it ends with the leader's connection. Waiting for
# it in the database would hold a snapshot and block vacuum, so it is only tried.
_LOCK = "hashtextextended(format('%s: view %s %s', current_schema(), view, version), 0)"
_WANTED = "unnest($1::text[], $2::integer[]) AS wanted (view, version)"
_LEAD = f"SELECT view, version, pg_try_advisory_lock({_LOCK}) AS led FROM {_WANTED}"
_RESIGN = f"SELECT pg_advisory_unlock({_LOCK}) FROM {_WANTED}"
_REGISTER = """
INSERT INTO view_heads (view, version)
SELECT * FROM unnest($1::text[], $2::integer[]) ON CONFLICT DO NOTHING
"""

Version = tuple[str, int]
"""The name of a view and its version."""


class Leadership:
    """The view versions that one session leads."""

    def __init__(self, connection: Connection, views: Sequence[AnyView]) -> None:
        self._connection = connection
        self._views = views
        self._led: set[Version] = set()

    def led(self, checkpoints: Iterable[ViewCheckpoint]) -> list[ViewCheckpoint]:
        """The checkpoints of the versions that this session moves."""
        return [one for one in checkpoints if (one.view, one.version) in self._led]

    async def refresh(self) -> list[ViewCheckpoint]:
        """Take the lead of the views without a leader, then read the checkpoints of all versions.

        In this order: a checkpoint that was read before its lock was taken may be out of date.
        """
        wanted = [(view.name, view.version) for view in self._views]
        await self.take(wanted)
        checkpoints = await self._checkpoints()
        missing = {*wanted} - {(one.view, one.version) for one in checkpoints}
        if missing:
            await self._connection.execute(_REGISTER, *_columns(sorted(missing)))
            checkpoints = await self._checkpoints()
        return checkpoints

    async def take(self, versions: Sequence[Version]) -> None:
        """Take the lead of those versions that have no leader."""
        free = [version for version in versions if version not in self._led]
        if free:
            rows = await self._connection.fetch(_LEAD, *_columns(free))
            self._led |= {(row["view"], row["version"]) for row in rows if row["led"]}

    async def resign(self, version: Version) -> None:
        """Give up the lead of a version."""
        self._led.discard(version)
        await self._connection.execute(_RESIGN, *_columns([version]))

    async def _checkpoints(self) -> list[ViewCheckpoint]:
        names = [view.name for view in self._views]
        return [ViewCheckpoint(**row) for row in await self._connection.fetch(CHECKPOINTS, names)]


def _columns(versions: Sequence[Version]) -> tuple[list[str], list[int]]:
    return [name for name, _ in versions], [version for _, version in versions]
