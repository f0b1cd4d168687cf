"""The lists that each event concerns, found once for all subscriptions of a node."""

import asyncio
from collections.abc import Collection

from cachetools import LRUCache

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.carried_lists import carried_lists
from intersessional.projections.kernel.reader import DocumentReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey

EVENTS_MAX = 256

_Lists = Collection[ListKey]
_Key = tuple[str, str, int]
"""The name of a view, the epoch of the record, and the position of an event."""


class EventLists:
    """Finds the lists that hold an event's documents right after it.

    Most events carry the ids by which they are found; of the others the documents are read, once
    for all who ask. The latest answers are cached (least recently used).
    """

    def __init__(self, *, events_max: int = EVENTS_MAX) -> None:
        self._found: LRUCache[_Key, _Lists] = LRUCache(events_max)
        self._reading: dict[_Key, asyncio.Task[_Lists]] = {}

    def __len__(self) -> int:
        """The number of cached answers."""
        return len(self._found)

    async def of(
        self, view: AnyView, recorded: RecordedEvent, reader: DocumentReader, epoch: str
    ) -> Collection[ListKey]:
        """The lists of a view that an event of an epoch concerns.

        Raises what reading the view raises.
        """
        if not view.keys(recorded.fact):
            return ()
        key = view.name, epoch, recorded.position
        found = self._found.get(key)
        if found is None:
            found = carried_lists(view, recorded)
            if found is None:
                found = await self._read_once(key, view, recorded, reader)
            self._found[key] = found
        return found

    async def _read_once(
        self,
        key: _Key,
        view: AnyView,
        recorded: RecordedEvent,
        reader: DocumentReader,
    ) -> _Lists:
        reading = self._reading.get(key)
        if reading is None:
            reading = self._reading[key] = asyncio.create_task(_read(view, recorded, reader))
            reading.add_done_callback(lambda _: self._reading.pop(key))
        # A caller that is cancelled does not cancel what the others wait for.
        return await asyncio.shield(reading)


async def _read(view: AnyView, recorded: RecordedEvent, reader: DocumentReader) -> _Lists:
    read = await reader.get(view, view.keys(recorded.fact), AsOf(recorded.position))
    return {one for snapshot in read.values() for one in view.lists(snapshot.document)}
