"""List entries that a batch begins and ends."""

from collections.abc import Iterable
from uuid import UUID

from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.placement import NO_PARENT

ListEntry = tuple[int, UUID, str, int, UUID]
"""A document in a list: checkpoint id, parent, kind, created position and key of the document."""


class ListChanges:
    """The changes of list entries by the documents of a batch, in order of position."""

    def __init__(self) -> None:
        self.endings: list[tuple[int, UUID, str, int, UUID, int]] = []
        """The entries of earlier batches that end, each with the position."""
        self._entries: list[tuple[ListEntry, int, int | None]] = []
        self._living: dict[ListEntry, int] = {}

    def add(self, checkpoint_id: int, version: AnyDocumentVersion) -> None:
        """Add the changes by one version of a document."""
        change, position = version.change, version.position
        born = version.created_at_position
        if born is None:
            return
        for one in change.left:
            entry = (checkpoint_id, one.parent or NO_PARENT, one.kind, born, version.key)
            since = self._living.pop(entry, None)
            if since is None:
                self.endings.append((*entry, position))
            else:
                self._entries.append((entry, since, position))
        for one in change.passed:
            entry = (checkpoint_id, one.parent or NO_PARENT, one.kind, born, version.key)
            self._entries.append((entry, position, position))
        for one in change.entered:
            entry = (checkpoint_id, one.parent or NO_PARENT, one.kind, born, version.key)
            self._living[entry] = position

    def entries(self) -> Iterable[tuple[object, ...]]:
        """The new entries, with the positions from which on and until which they hold."""
        yield from ((*entry, since, until) for entry, since, until in self._entries)
        yield from ((*entry, since, None) for entry, since in self._living.items())
