"""Subjects, rehydrated from the record and kept warm."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import reduce
from uuid import UUID

import orjson

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec

_KEPT_MAX = 20_000


class CachedAggregateRepository:
    """Rehydrates subjects and keeps the most recently used ones.

    A kept subject may have fallen behind another node. That is safe: an append relies on the
    versions that were read, and a refusal is only answered after ``forget`` and a fresh look.
    """

    def __init__(self, log: EventLog, codec: Codec) -> None:
        """Begin with nothing kept."""
        self._log = log
        self._codec = codec
        self._kept: OrderedDict[UUID, Aggregate] = OrderedDict()

    async def find(self, id: UUID) -> Aggregate | None:
        """The subject, as a copy to work on; None when the record has none."""
        subject = self._kept.get(id)
        if subject is None:
            subject = await self._rehydrate(id)
            if subject is None:
                return None
            self._keep(subject)
        else:
            self._kept.move_to_end(id)
        return subject.copy()

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment; None when it has been erased."""
        commitment = bytes.fromhex(sealed.sealed or "")
        opening = (await self._log.openings([commitment])).get(commitment)
        return None if opening is None else str(orjson.loads(opening.value))

    def keep(self, subjects: Iterable[Aggregate]) -> None:
        """Keep subjects as they stand after their events were recorded."""
        for subject in subjects:
            kept = self._kept.get(subject.id)
            if kept is None or kept.version < subject.version:
                self._keep(subject)

    def forget(self, ids: Iterable[UUID]) -> None:
        """Look these up afresh next time."""
        for id in ids:
            self._kept.pop(id, None)

    def _keep(self, subject: Aggregate) -> None:
        self._kept[subject.id] = subject
        self._kept.move_to_end(subject.id)
        while len(self._kept) > _KEPT_MAX:
            self._kept.popitem(last=False)

    async def _rehydrate(self, id: UUID) -> Aggregate | None:
        return reduce(_after, self._codec.events(await self._log.stream(id)), None)


def _after(subject: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    """The subject as the event leaves it."""
    return event.mutate(subject)
