"""The subjects that one unit of work has loaded, and what has happened to them since."""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, PendingEvents
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound
from intersessional.domain.kernel.sealed import Sealed

S = TypeVar("S", bound=Aggregate)


class AggregateRepository(Protocol):
    """Where subjects are rehydrated from the record."""

    async def find(self, id: UUID) -> Aggregate | None:
        """The subject as the record has it, a copy to work on; None when it has none."""
        ...

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment; None when it has been erased."""
        ...


class UnitOfWork:
    """Everything loaded stays as loaded; its versions are what the append relies on."""

    def __init__(self, repository: AggregateRepository) -> None:
        """Begin with nothing loaded."""
        self._repository = repository
        self._subjects: dict[UUID, Aggregate | None] = {}
        self._happened: PendingEvents = []
        self.expects: dict[UUID, int] = {}

    async def find(self, kind: type[S], id: UUID) -> S | None:
        """The subject with this id, or None; either way the append will rely on the answer."""
        if id not in self._subjects:
            found = await self._repository.find(id)
            self._subjects[id] = found
            self.expects[id] = found.version if found else 0
            if found is not None:
                found.tell(self._happened)
        subject = self._subjects[id]
        return subject if isinstance(subject, kind) else None

    async def load(self, kind: type[S], id: UUID) -> S:
        """The subject with this id. Raises NotFound."""
        subject = await self.find(kind, id)
        if subject is None:
            raise NotFound(kind=kind.noun(), id=str(id))
        return subject

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment; None when it has been erased."""
        return sealed.value if sealed.sealed is None else await self._repository.reveal(sealed)

    def add(self, subject: Aggregate) -> None:
        """Put a subject that has just begun among the others. Raises AlreadyRecorded."""
        if self._subjects.get(subject.id) is not None:
            raise AlreadyRecorded(kind=subject.noun(), id=subject.id)
        self._subjects[subject.id] = subject
        self.expects.setdefault(subject.id, 0)
        subject.tell(self._happened)

    @property
    def subjects(self) -> Sequence[Aggregate]:
        """Every subject that was loaded or begun."""
        return [subject for subject in self._subjects.values() if subject is not None]

    def collect(self) -> Sequence[DomainEvent]:
        """What has happened since the last call, in the order in which it happened."""
        happened = [event for event in self._happened if isinstance(event, DomainEvent)]
        self._happened.clear()
        return happened
