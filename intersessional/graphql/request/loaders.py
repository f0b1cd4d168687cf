"""Loaders of everything that a request reads of one state of the record."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from intersessional.concurrency.memo import Memo
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.dependencies import CORRECTIONS, Dependencies
from intersessional.graphql.request.document_loaders import DocumentLoaders
from intersessional.graphql.request.text_loader import TextLoader
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentReader, EventReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence

P = ParamSpec("P")
R = TypeVar("R")


class Loaders(DocumentLoaders):
    """Loads documents, events and texts as of one state, in batches."""

    def __init__(
        self,
        reader: DocumentReader,
        record: EventReader,
        as_of: AsOf,
        dependencies: Dependencies,
        texts: TextLoader,
    ) -> None:
        """Loaders with nothing loaded; what is read is noted in ``dependencies``.

        Texts are the same in every state: those of other states come from the same loader.
        """
        super().__init__(reader, as_of, dependencies, texts)
        self.record = record
        self._memo = Memo()
        self._cached: dict[Hashable, Any] = {}
        self._at: dict[AsOf, Loaders] = {}

    @cached_property
    def regardless_of_time(self) -> "Loaders":
        """Loaders for the same position without the limit ``occurred``: to look up sources."""
        return self.at(self.as_of.position)

    def at(self, position: int, occurred: datetime | None = None) -> "Loaders":
        """Loaders for another state, the same each time for one state."""
        as_of = AsOf(position, occurred)
        if as_of not in self._at:
            self._at[as_of] = Loaders(
                self._reader, self.record, as_of, self._dependencies, self._texts
            )
        return self._at[as_of]

    async def commitments_of(self, person: UUID) -> Sequence[Sealed]:
        """The commitments to a person's id; none once it is erased."""
        record, position = self.record, self.as_of.position

        async def load(persons: Sequence[UUID]) -> Sequence[Sequence[Sealed]]:
            found = await record.commitments_of(persons, position)
            return [found[one] for one in persons]

        return await self._batched("commitments", load, person)

    async def events(self, positions: Sequence[int]) -> Sequence[RecordedEvent]:
        """The events at these positions, in their order."""

        record = self.record

        async def load(keys: Sequence[int]) -> Sequence[RecordedEvent]:
            found = await record.by_position(keys)
            return [found[key] for key in keys]

        return await asyncio.gather(*(self._batched("events", load, one) for one in positions))

    async def event_data(self, recorded: RecordedEvent) -> Any:
        """The data of an event as JSON, with its texts; it is shared, and not to be changed."""
        texts = self._texts
        return await self.once(("data", recorded.position), lambda: texts.load_data(recorded.state))

    async def once(self, name: Hashable, make: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """What is made once for a name, however many ask for it."""
        return await self._memo.get(name, make)

    def cached(self, name: Hashable, make: Callable[[], R]) -> R:
        """What is made once for a name, and needs nothing that is loaded."""
        if name not in self._cached:
            self._cached[name] = make()
        value: R = self._cached[name]
        return value

    async def event(self, stream: UUID, version: int) -> RecordedEvent | None:
        """The event of this version of a stream; None when it was recorded later."""

        record, position, dependencies = self.record, self.as_of.position, self._dependencies

        async def load(keys: Sequence[tuple[UUID, int]]) -> Sequence[RecordedEvent | None]:
            found = await record.by_version(keys, position)
            if len(found) < len(keys):
                # A later event may be the one that is missing.
                dependencies.any_event = True
            return [found.get(one) for one in keys]

        return await self._batched("event", load, (stream, version))

    async def version(self, stream: UUID) -> int:
        """The version of a stream at the position; 0 before its first event."""
        until = self.as_of.position
        latest = await self.record.read(
            after=0, first=1, until=until, streams=[stream], backward=True
        )
        return latest[-1].version if latest else 0

    async def corrections(self, stream: UUID) -> Sequence[RecordedEvent]:
        """The corrections in a stream, in order of position."""
        record, position = self.record, self.as_of.position
        self._dependencies.views.add(CORRECTIONS)

        async def load(streams: Sequence[UUID]) -> Sequence[Sequence[RecordedEvent]]:
            found: dict[UUID, list[RecordedEvent]] = {stream: [] for stream in streams}
            for one in await record.corrections(streams, position):
                found[one.stream].append(one)
            return [found[stream] for stream in streams]

        return await self._batched("corrections", load, stream)

    async def text(self, sealed: Sealed | None) -> str | None:
        """The text behind a commitment; None when there is none, or none that can be read."""
        text = None if sealed is None else await self._texts.load(sealed)
        return text if isinstance(text, str) else None

    async def plain_text(self, sealed: Sealed) -> str | None:
        """The plain text of a block's text, made once; None when there is none that can be read."""
        return await self._texts.load_plain(sealed)

    async def compute(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """What a function returns that takes long: computed in turn with others, and charged."""
        return await self._texts.answer.compute(function, *arguments, **named)

    @property
    def walking(self) -> asyncio.Semaphore:
        """To be entered while a page of a walked list is read: few are held for an answer."""
        return self._texts.answer.walking

    def spend_rows(self, rows: int) -> None:
        """Pay for rows that were gone through. Raises TooLongComputed."""
        self._texts.answer.spend_rows(rows)

    async def text_absence(self, sealed: Sealed) -> TextAbsence | None:
        """Why the text behind a commitment cannot be read; None when it can."""
        text = await self._texts.load(sealed)
        return text if isinstance(text, TextAbsence) else None
